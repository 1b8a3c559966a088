import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { type FakeAiServer, fakeAiServer, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { compatibleAt, makeJob, makeLimits } from '#lib/testing/make-job.ts'
import { givenIn } from '#lib/testing/simulated-model.ts'
import { planIn, SAME_PLAN } from '#lib/testing/simulated-plan.ts'
import type { TempRepository } from '#lib/testing/temp-repository.ts'
import { writerFor } from '#lib/writers/registry.ts'
import { createSampleRepository } from './sample-repository.ts'

const CONCURRENCIES = [1, 2, 4, 8]
const MOST_RATIO = 1.15
/** So many that they make 48 pages: six rounds of eight. */
const FILES = 120
/**
 * How often a page is there when all calls are under way: a page takes 4 s, as of a good model, where eight are written at once,
 * and less where fewer are, so that each figure leaves the machine the same time for a page and all of them need the same.
 */
const PAGE_EVERY_MS = 500
/** Where pages are written one by one, nothing happens beside a call. */
const LEAST_LATENCY_MS = 1000

/**
 * `npm run bench -- parallel [AT_ONCE …]`: time of the stage that writes pages, with a model on loopback that takes a known time
 * for each, a tenth more or less, against the sum of these times divided by how many pages are written at once (1, 2, 4 and 8).
 */
export async function run(given: string[]): Promise<boolean> {
  const wanted = given.length > 0 ? given.map(Number) : CONCURRENCIES
  const busy = (loadavg()[0] ?? 0) / availableParallelism()
  console.log(`${busy.toFixed(1)} programs wait for each core`)
  const server = await fakeAiServer()
  const repository = await createSampleRepository(FILES)
  let isKept = true
  try {
    for (const atOnce of wanted) {
      const { pages, sumMs, stageMs, workMs, standIns } = await writeAll({ server, repository, atOnce })
      const ideal = sumMs / atOnce
      const ratio = stageMs / ideal
      const ok = ratio <= MOST_RATIO && standIns === 0
      isKept = ok && isKept
      const figures = `${(stageMs / 1000).toFixed(2)} s, ideal ${(ideal / 1000).toFixed(2)} s, ratio ${ratio.toFixed(3)}`
      const work = `${(workMs / pages).toFixed(0)} ms of processor time for each`
      console.log(
        `${ok ? ' ' : '✗'} ${atOnce} at once: ${pages} pages, ${work}, ${figures} (at most ${MOST_RATIO}), stand-ins ${standIns}`,
      )
    }
  } finally {
    await server.close()
    await repository.remove()
  }
  return isKept
}

interface Writing {
  server: FakeAiServer
  repository: TempRepository
  atOnce: number
}

async function writeAll({ server, repository, atOnce }: Writing) {
  const work = await mkdtemp(join(tmpdir(), 'docsfy-parallel-'))
  let [sumMs, calls] = [0, 0]
  server.reply(async (response, request) => {
    const prompt = request.body.messages.at(-1).content
    const { page } = givenIn(prompt)
    if (page) {
      const ms = Math.max(LEAST_LATENCY_MS, PAGE_EVERY_MS * atOnce) * (0.95 + ((calls * 7) % 11) / 100)
      calls += 1
      sumMs += ms
      await wait(ms)
    }
    await streaming(STREAMS.openai(planIn(prompt) ? SAME_PLAN : page))(response, request)
  })
  const job = makeJob({
    path: repository.path,
    work,
    provider: 'compatible',
    model: 'simulated',
    force: true,
    limits: makeLimits({ maxConcurrentPages: atOnce }),
    ai: compatibleAt(server.url),
  })
  let [begun, workMs, stageMs] = [process.cpuUsage(), Number.NaN, Number.NaN]
  const progress = (event: RunEvent) => {
    if (!('stage' in event) || event.stage !== 'generating_pages') return
    if (event.kind === 'stage_started') begun = process.cpuUsage()
    if (event.kind !== 'stage_finished') return
    const { user, system } = process.cpuUsage(begun)
    workMs = (user + system) / 1000
    stageMs = event.duration_ms
  }
  try {
    const { signal } = new AbortController()
    const outcome = await runPipeline(job, { signal, writer: writerFor(job), progress })
    return { pages: calls, sumMs, stageMs, workMs, standIns: outcome.warnings.length }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

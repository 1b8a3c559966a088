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
const FILES = 36
/** What a page takes a good model; calls differ by a tenth, always in the same way. */
const LATENCY_MS = 4000

/**
 * `npm run bench -- parallel [MS]`: time of the stage that writes pages, with a model on loopback that takes a known time for
 * each (4 s, or MS), against the sum of these times divided by how many pages are written at once.
 */
export async function run([given]: string[]): Promise<boolean> {
  const latencyMs = Number(given ?? LATENCY_MS)
  const busy = (loadavg()[0] ?? 0) / availableParallelism()
  console.log(`${busy.toFixed(1)} programs wait for each core`)
  const server = await fakeAiServer()
  const repository = await createSampleRepository(FILES)
  let isKept = true
  try {
    for (const atOnce of CONCURRENCIES) {
      const { pages, sumMs, stageMs, standIns } = await writeAll({ server, repository, atOnce, latencyMs })
      const ideal = sumMs / atOnce
      const ratio = stageMs / ideal
      const ok = ratio <= MOST_RATIO && standIns === 0
      isKept = ok && isKept
      const figures = `${(stageMs / 1000).toFixed(2)} s, ideal ${(ideal / 1000).toFixed(2)} s, ratio ${ratio.toFixed(3)}`
      console.log(
        `${ok ? ' ' : '✗'} ${atOnce} at once: ${pages} pages, ${figures} (at most ${MOST_RATIO}), stand-ins ${standIns}`,
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
  latencyMs: number
}

async function writeAll({ server, repository, atOnce, latencyMs }: Writing) {
  const work = await mkdtemp(join(tmpdir(), 'docsfy-parallel-'))
  let [sumMs, calls] = [0, 0]
  server.reply(async (response, request) => {
    const prompt = request.body.messages.at(-1).content
    const { page } = givenIn(prompt)
    if (page) {
      const ms = latencyMs * (0.95 + ((calls * 7) % 11) / 100)
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
  const events: RunEvent[] = []
  try {
    const { signal } = new AbortController()
    const outcome = await runPipeline(job, { signal, writer: writerFor(job), progress: (event) => events.push(event) })
    const written = events.find((event) => event.kind === 'stage_finished' && event.stage === 'generating_pages')
    const stageMs = written?.kind === 'stage_finished' ? written.duration_ms : Number.NaN
    return { pages: calls, sumMs, stageMs, standIns: outcome.warnings.length }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job, Outcome } from '#lib/domain/job.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { writerFor } from '#lib/writers/registry.ts'
import { type FakeAiRequest, fakeAiServer, STREAMS, streaming } from './fake-ai-server.ts'
import { compatibleAt, makeJob } from './make-job.ts'
import { createTempRepository, type RepositoryFiles } from './temp-repository.ts'

interface ModelRun {
  outcome: Outcome
  events: RunEvent[]
  warnings: string[]
  /** Prompts of this run, in order. */
  prompts: string[]
  update: ReturnType<typeof parsePlanUpdate>
}

type Changes = Partial<Job> & { signal?: AbortSignal }

/** Runs one variant of a repository of these files, over and over, with a model that answers as a test says. Close it in the end. */
export async function modelRuns(files: RepositoryFiles) {
  const repository = await createTempRepository({ files })
  const server = await fakeAiServer()
  const work = await mkdtemp(join(tmpdir(), 'docsfy-model-runs-'))
  const variantDir = join(work, 'variant')
  const file = async (name: string) => await readFile(join(variantDir, name), 'utf8').catch(() => null)

  async function run(answer: (prompt: string) => string, { signal, ...changes }: Changes = {}): Promise<ModelRun> {
    server.requests.length = 0
    server.reply((response, request) => streaming(STREAMS.openai(answer(promptOf(request))))(response, request))
    const model = { provider: 'compatible', model: 'gpt-5-mini', ai: compatibleAt(server.url) }
    const job = makeJob({ path: repository.path, work, projectName: 'doors', ...model, ...changes })
    const events: RunEvent[] = []
    const outcome = await runPipeline(job, {
      signal: signal ?? new AbortController().signal,
      writer: writerFor(job),
      progress: (event) => events.push(event),
    })
    const planned = events.findLast((event) => event.kind === 'plan_ready')
    const update = parsePlanUpdate(planned?.plan_json)
    return { outcome, events, warnings: outcome.warnings, prompts: server.requests.map(promptOf), update }
  }

  return {
    run,
    /** Commits changes. */
    write: repository.write,
    variantDir,
    /** The text of a file of the variant's folder; null when there is none. */
    file,
    /** The text of a page; null when there is none. */
    page: async (slug: string) => await file(join('pages', `${slug}.md`)),
    /** `provider/model` of a page, as its note says. */
    author: async (slug: string) => {
      const { provider, model } = JSON.parse((await file(join('pages', `${slug}.json`))) ?? '{}')
      return `${provider}/${model}`
    },
    plan: async (): Promise<Plan> => JSON.parse((await file('plan.json')) ?? 'null'),
    redirects: async () => JSON.parse((await file('redirects.json')) ?? '{}').redirects,
    close: async () => {
      await server.close()
      await repository.remove()
      await rm(work, { recursive: true })
    },
  }
}

function promptOf({ body }: FakeAiRequest): string {
  return body.messages.at(-1).content
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BudgetLimit } from '#lib/domain/budgets.ts'
import { tokensText } from '#lib/domain/cost-text.ts'
import { ownPurse } from '#lib/domain/own-purse.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { type FakeAiServer, fakeAiServer, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { compatibleAt, makeJob } from '#lib/testing/make-job.ts'
import { simulatedPage } from '#lib/testing/simulated-model.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { writerFor } from '#lib/writers/registry.ts'

const room = (word: string) =>
  Array.from(
    { length: 12 },
    (_, at) => `/** Opens ${word} ${at}. */\nexport function ${word}${at}(wide: boolean): void {}\n`,
  ).join('\n')

/** Nobody has a price for it, and its server tells none. */
const UNPRICED = 'nobody-knows-1'

let folder = ''
let server: FakeAiServer
let repository: TempRepository
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-money-'))
  server = await fakeAiServer()
  server.reply((response, request) => {
    const pieces = STREAMS.openai(simulatedPage(request.body.messages.at(-1).content, []).markdown)
    const isPriced = request.body.model !== UNPRICED
    return streaming(isPriced ? pieces : pieces.map((piece) => piece.replace(',"cost":0.0125', '')))(response, request)
  })
  repository = await createTempRepository({
    files: {
      'package.json': JSON.stringify({ name: 'doors', description: 'Opens doors.', main: 'halls/halls.ts' }),
      'README.md': '# Doors\n\nOpens doors.\n',
      'halls/halls.ts': room('hall'),
      'cellars/cellars.ts': room('cellar'),
      'attics/attics.ts': room('attic'),
      'yards/yards.ts': room('yard'),
    },
  })
})
afterAll(async () => {
  await server.close()
  await repository.remove()
  await rm(folder, { recursive: true })
})

interface Wanted {
  /** Folder of the variant: another one knows nothing of earlier runs. */
  variant: string
  limit?: Partial<BudgetLimit>
  model?: string
  keeps?: boolean
  force?: boolean
}

async function run({ variant, limit, model = 'gpt-5-mini', keeps = false, force = false }: Wanted) {
  server.requests.length = 0
  const job = makeJob({
    path: repository.path,
    work: folder,
    projectName: 'doors',
    provider: 'compatible',
    model,
    force,
    variantDir: join(folder, variant),
    ai: {
      ...compatibleAt(server.url),
      replies: keeps ? { folder: join(folder, 'replies'), maxBytes: 1e7 } : undefined,
    },
  })
  const purse = ownPurse({ usd: null, tokens: null, ...limit })
  const { signal } = new AbortController()
  const outcome = await runPipeline(job, { signal, writer: writerFor({ ...job, purse }), progress: purse.note })
  return { outcome, spent: purse.spent(), calls: server.requests.length }
}

it('pays nothing for a run that asks what was asked before, and says how many tokens it reused', async () => {
  const first = await run({ variant: 'a', keeps: true })
  expect(first.spent).toMatchObject({ calls: first.calls, input_tokens: first.calls * 100 })
  expect(first.spent.cost_usd).toBeCloseTo(first.calls * 0.0125, 10)
  const again = await run({ variant: 'b', keeps: true })
  expect(again).toMatchObject({ calls: 0, outcome: { status: 'ready', warnings: first.outcome.warnings } })
  const reused = first.calls * 107 + first.spent.reused_tokens
  expect(tokensText(again.spent)).toBe(`0 tokens paid, ${reused.toLocaleString('en-US')} reused`)

  // No plan can be made of what this model answers: a run that writes all anew asks for that again, and for nothing else.
  expect(first.outcome.warnings.join('\n')).toContain('The plan: the built-in plan stands in')
  const forced = await run({ variant: 'b', keeps: true, force: true })
  expect(forced.calls).toBeGreaterThan(0)
  expect(forced.calls).toBeLessThanOrEqual(3)
  expect(forced.calls).toBeLessThan(first.calls)
})

it('ends the writing at a budget with built-in pages, ready, and says which budget it was and how many pages', async () => {
  // A call of gpt-5-mini may cost about four cents, and each of these is told to have cost 1.25.
  const { outcome, spent, calls } = await run({ variant: 'c', limit: { usd: 0.1 } })
  expect(outcome).toMatchObject({ status: 'ready', message: null })
  expect(spent.cost_usd).toBeCloseTo(calls * 0.0125, 10)
  expect(spent.cost_usd).toBeLessThanOrEqual(0.1)
  const notices = outcome.warnings.filter((warning) => warning.includes('MAX_COST_PER_RUN_USD'))
  expect(notices).toHaveLength(1)
  const [, pages] =
    /^The budget of this run \(\$0\.10, MAX_COST_PER_RUN_USD\) does not cover another call: (\d+) built-in/.exec(
      notices[0] ?? '',
    ) ?? []
  expect(Number(pages)).toBeGreaterThan(0)
  expect(Number(pages)).toBeLessThan(outcome.pageCount)
})

it('governs calls of unknown price by their tokens, and asks nobody with a budget of 0', async () => {
  const none = await run({ variant: 'd', limit: { usd: 0 } })
  expect(none).toMatchObject({ calls: 0, outcome: { status: 'ready' } })
  expect(none.outcome.warnings.join('\n')).toContain(`${none.outcome.pageCount} built-in pages stand in`)
  const unpriced = await run({ variant: 'e', model: UNPRICED, limit: { tokens: 16_100 } })
  expect(unpriced).toMatchObject({ calls: 0, outcome: { status: 'ready' } })
  expect(unpriced.outcome.warnings.join('\n')).toContain('(16,100 tokens, MAX_UNPRICED_TOKENS_PER_RUN)')
  const allowed = await run({ variant: 'f', model: UNPRICED, limit: { usd: 0.1, tokens: 1e6 } })
  expect(allowed.outcome.warnings.join('\n')).not.toContain('The budget of')
  expect(allowed.spent).toMatchObject({ cost_usd: 0, unpriced_calls: allowed.calls })
})

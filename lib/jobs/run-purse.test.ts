import { afterEach, expect, it } from 'vitest'
import { write } from '#db/client.ts'
import { type CallingRun, recordCalls } from '#db/queries/ai-calls.ts'
import { aiCalls } from '#db/schema.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { type RunPurse, runPurse } from '#lib/jobs/run-purse.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const purses: RunPurse[] = []
afterEach(() => {
  for (const purse of purses.splice(0)) purse.close()
})

withTemporaryData({
  MAX_COST_PER_RUN_USD: '4',
  MAX_COST_PER_USER_MONTH_USD: '6',
  MAX_COST_PER_MONTH_USD: '9',
  MAX_UNPRICED_TOKENS_PER_RUN: 'none',
})

const runOf = (user: string, runId: string): CallingRun => ({
  runId,
  generationId: 'g',
  identity: { owner: user, name: 'lib', branch: 'main', provider: 'openai', model: 'm' },
  requestedBy: user,
})

async function spend(run: CallingRun, usd: number, at = new Date().toISOString()): Promise<void> {
  const event: RunEvent = { kind: 'tokens_used', slug: 'a', input_tokens: 1, output_tokens: 1, cost_usd: usd }
  await write((tx) => recordCalls(tx, run, [{ at, event }]))
}

function purseOf(run: CallingRun): RunPurse {
  const purse = runPurse(run)
  purses.push(purse)
  return purse
}

const one = { usd: 1, tokens: 10 }

it('holds a run to its own budget, a user to that of the month, and all together to theirs', async () => {
  await write((tx) => tx.delete(aiCalls))
  const [first, second, other] = [runOf('ann', 'r1'), runOf('ann', 'r2'), runOf('bob', 'r3')]
  const lastYear = new Date(Date.now() - 366 * 86_400_000).toISOString()
  await spend(runOf('ann', 'r0'), 100, lastYear)
  expect(await purseOf(first).reserve(1, { usd: 4.5, tokens: 1 })).toContain('MAX_COST_PER_RUN_USD')
  await spend(first, 3.5)
  expect(await purseOf(first).reserve(2, one)).toContain('MAX_COST_PER_RUN_USD')
  await spend(second, 2)
  expect(await purseOf(second).reserve(1, one)).toContain('MAX_COST_PER_USER_MONTH_USD')
  await spend(other, 3)
  expect(await purseOf(other).reserve(1, one)).toContain('MAX_COST_PER_MONTH_USD')
  expect(await purseOf(other).reserve(2, { usd: 0.25, tokens: 1 })).toBeNull()
})

it('counts what runs side by side have set aside, and gives it back when a run is over', async () => {
  await write((tx) => tx.delete(aiCalls))
  const [first, second] = [purseOf(runOf('ann', 'r1')), purseOf(runOf('ann', 'r2'))]
  for (const id of [1, 2, 3]) expect(await first.reserve(id, one)).toBeNull()
  for (const id of [1, 2, 3]) expect(await second.reserve(id, one)).toBeNull()
  const waiting = second.reserve(4, one)
  second.release(3)
  expect(await waiting).toBeNull()
  const late = second.reserve(6, one)
  first.close()
  expect(await late).toBeNull()
})

it('refuses what waits when its run is over', async () => {
  await write((tx) => tx.delete(aiCalls))
  const [first, second] = [purseOf(runOf('eve', 'r5')), purseOf(runOf('eve', 'r6'))]
  for (const id of [1, 2, 3]) await first.reserve(id, one)
  for (const id of [1, 2, 3]) await second.reserve(id, one)
  const waiting = second.reserve(4, one)
  second.close()
  expect(await waiting).not.toBeNull()
})

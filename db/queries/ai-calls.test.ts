import { expect, it } from 'vitest'
import { reader, write } from '#db/client.ts'
import {
  type CallingRun,
  listCalls,
  recordCalls,
  spentByMonth,
  spentByPage,
  spentByUser,
  spentByVariant,
  spentOn,
} from '#db/queries/ai-calls.ts'
import { foldCalls } from '#db/queries/fold-calls.ts'
import { deleteUser, insertUser } from '#db/queries/users.ts'
import { deleteVariants } from '#db/queries/variants.ts'
import { aiCalls } from '#db/schema.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { finishRun } from './runs.ts'

withTemporaryData()

type Call = Extract<RunEvent, { kind: 'tokens_used' }>

async function callsOf(user: string, name: string, calls: ({ at: string } & Partial<Call>)[]): Promise<CallingRun> {
  const { runId, variantId: generationId } = await generatingVariant(user, name)
  const identity = { owner: user, name, branch: 'main', provider: 'openai', model: 'm' }
  const run = { runId, generationId, identity, requestedBy: user }
  const events = calls.map(({ at, ...changes }) => {
    const event: Call = {
      kind: 'tokens_used',
      slug: 'a',
      input_tokens: 100,
      output_tokens: 10,
      cost_usd: 1,
      ...changes,
    }
    return { at, event }
  })
  await write((tx) => recordCalls(tx, run, events))
  await finishRun(runId, outcome())
  return run
}

const NOVEMBER = '2026-11-30T23:59:59.999Z'
const DECEMBER = '2026-12-01T00:00:00.000Z'

it('sums by month, user, variant, run and page, and never takes an unknown price or a kept reply for a paid call', async () => {
  await write((tx) => tx.delete(aiCalls))
  const reused = { input_tokens: 0, output_tokens: 0, reused_tokens: 110, cost_usd: 0 }
  const mine = await callsOf('ann', 'one', [
    { at: NOVEMBER, cost_usd: 0.25 },
    { at: NOVEMBER, slug: 'b', cost_usd: null, is_estimate: true },
    { at: NOVEMBER, slug: null, ...reused },
    { at: DECEMBER, cost_usd: 4 },
  ])
  await callsOf('bob', 'two', [{ at: DECEMBER, cost_usd: 8 }])
  const november = { calls: 2, cost_usd: 0.25, unpriced_calls: 1, estimated_calls: 1, reused_tokens: 110 }
  expect(await spentOn({ month: '2026-11' })).toMatchObject({ ...november, input_tokens: 200, output_tokens: 20 })
  expect(await spentOn({ month: '2026-10' })).toMatchObject({ calls: 0, cost_usd: 0 })
  expect(await spentByUser({ month: '2026-12' })).toMatchObject([
    { username: 'bob', cost_usd: 8 },
    { username: 'ann', cost_usd: 4 },
  ])
  expect(await spentByMonth(12)).toMatchObject([
    { month: '2026-12', cost_usd: 12 },
    { month: '2026-11', ...november },
  ])
  expect(await spentByPage({ runId: mine.runId })).toMatchObject([
    { slug: 'a', cost_usd: 4.25 },
    { slug: 'b', unpriced_calls: 1 },
    { slug: null, calls: 0, reused_tokens: 110 },
  ])
  expect((await listCalls({ variantId: mine.generationId }, 2)).map(({ at }) => at)).toEqual([DECEMBER, NOVEMBER])
})

it('folds the calls of old months, each kind by itself, without changing any sum', async () => {
  await write((tx) => tx.delete(aiCalls))
  const reused = { input_tokens: 0, output_tokens: 0, reused_tokens: 110, cost_usd: 0 }
  const kinds: Partial<Call>[] = [
    {},
    { slug: 'b' },
    { slug: null, ...reused },
    { cost_usd: null },
    { is_estimate: true },
  ]
  const old = [...kinds, ...kinds].map((kind) => ({ at: NOVEMBER, ...kind }))
  const run = await callsOf('ann', 'one', [...old, { at: '2026-10-01T00:00:00.000Z' }, { at: DECEMBER }])
  await callsOf('bob', 'two', [{ at: NOVEMBER }])
  const sums = async () => [
    await spentByMonth(12),
    await spentByUser({ month: '2026-11' }),
    await spentByVariant({}),
    await spentByPage({ variantId: run.generationId }),
    await spentOn({ requestedBy: 'ann' }),
  ]
  const before = await sums()
  expect(await foldCalls('2026-12')).toBe(12)
  expect(await sums()).toEqual(before)
  expect(await reader().$count(aiCalls)).toBe(8)
  expect((await listCalls({ variantId: run.generationId }, 100)).map(({ at }) => at)).toEqual([DECEMBER])

  // What comes late for a month that is folded joins its row.
  await callsOf('cy', 'three', [{ at: NOVEMBER }])
  expect(await foldCalls('2026-12')).toBe(1)
  expect(await foldCalls('2026-12')).toBe(0)
  expect(await reader().$count(aiCalls)).toBe(9)
})

it('keeps what was spent when the variant is deleted, and without its name when the account is', async () => {
  await write((tx) => tx.delete(aiCalls))
  await insertUser({ username: 'cleo', role: 'user', keyHash: 'k', createdAt: NOVEMBER })
  const { generationId } = await callsOf('cleo', 'three', [{ at: NOVEMBER }])
  await deleteVariants([generationId])
  expect(await spentByVariant({ requestedBy: 'cleo' })).toMatchObject([{ name: 'three', owner: 'cleo', cost_usd: 1 }])
  await deleteUser('cleo')
  expect(await spentOn({ requestedBy: 'cleo' })).toMatchObject({ calls: 0 })
  expect(await spentByUser({ month: '2026-11' })).toMatchObject([{ username: null, cost_usd: 1 }])
})

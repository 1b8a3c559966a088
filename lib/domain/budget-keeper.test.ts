import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Budget, budgetKeeper } from '#lib/domain/budget-keeper.ts'
import type { Amount, BudgetLimit, MostOfCall } from '#lib/domain/budgets.ts'

const { signal } = new AbortController()

function budget(limit: Partial<BudgetLimit>, spent: Amount = { usd: 0, tokens: 0 }): Budget & { spentNow: Amount } {
  return {
    name: 'run',
    key: 'r',
    limit: { usd: null, tokens: null, ...limit },
    spentNow: spent,
    spent: async () => ({ ...spent }),
  }
}

const call = (usd: number | null, tokens = 0): MostOfCall => ({ usd, tokens })

it('lets calls be made until one more might exceed the budget, and says which budget that is', async () => {
  const keeper = budgetKeeper()
  const run = budget({ usd: 1 }, { usd: 0.5, tokens: 0 })
  expect(await keeper.reserve({ id: 'a', most: call(0.4), budgets: [run], signal })).toBeNull()
  expect(await keeper.reserve({ id: 'b', most: call(0.6), budgets: [run], signal })).toBe(
    'the budget of this run ($1.00, MAX_COST_PER_RUN_USD) does not cover another call',
  )
})

it('has a call wait that fits once those on their way have cost less than they might, and no other', async () => {
  const keeper = budgetKeeper()
  const run = budget({ usd: 1 })
  expect(await keeper.reserve({ id: 'a', most: call(0.9), budgets: [run], signal })).toBeNull()
  let answer: string | null | undefined
  const waiting = keeper.reserve({ id: 'b', most: call(0.5), budgets: [run], signal }).then((said) => {
    answer = said
  })
  expect(await keeper.reserve({ id: 'c', most: call(0.1), budgets: [run], signal })).toBeNull()
  expect(answer).toBeUndefined()
  run.spentNow.usd = 0.1
  keeper.release('a')
  await waiting
  expect(answer).toBeNull()
})

it('ends the wait with the signal', async () => {
  const keeper = budgetKeeper()
  const run = budget({ usd: 1 })
  await keeper.reserve({ id: 'a', most: call(0.9), budgets: [run], signal })
  const leaving = new AbortController()
  const waiting = keeper.reserve({ id: 'b', most: call(0.9), budgets: [run], signal: leaving.signal })
  leaving.abort()
  await expect(waiting).rejects.toThrow('aborted')
})

it('counts the tokens of calls of unknown price, which stop also where known ones have used the money up', async () => {
  const keeper = budgetKeeper()
  const tokens = budget({ usd: 5, tokens: 100 }, { usd: 0, tokens: 50 })
  expect(await keeper.reserve({ id: 'a', most: call(null, 60), budgets: [tokens], signal })).toContain(
    '(100 tokens, MAX_UNPRICED_TOKENS_PER_RUN)',
  )
  expect(await keeper.reserve({ id: 'b', most: call(1, 60), budgets: [tokens], signal })).toBeNull()
  const used = budget({ usd: 5 }, { usd: 5, tokens: 0 })
  expect(await keeper.reserve({ id: 'c', most: call(null, 1), budgets: [used], signal })).toContain('$5.00')
  expect(await keeper.reserve({ id: 'd', most: call(0, 1), budgets: [used], signal })).toBeNull()
})

it('asks no model at all with a budget of 0, not even one that costs nothing', async () => {
  const keeper = budgetKeeper()
  for (const most of [call(0), call(0.1), call(null, 1)])
    expect(await keeper.reserve({ id: 'a', most, budgets: [budget({ usd: 0 })], signal })).toContain('$0.00')
  const none = budget({ tokens: 0 })
  expect(await keeper.reserve({ id: 'b', most: call(null, 1), budgets: [none], signal })).toContain('0 tokens')
})

it('is never exceeded, however many calls are made side by side and however late their cost is told', async () => {
  const calls = fc.array(
    fc.record({ most: fc.integer({ min: 1, max: 60 }), share: fc.float({ min: 0, max: 1, noNaN: true }) }),
    {
      maxLength: 30,
    },
  )
  await fc.assert(
    fc.asyncProperty(calls, fc.scheduler(), async (list, scheduler) => {
      const spent = { usd: 0, tokens: 0 }
      const keeper = budgetKeeper()
      const run: Budget = {
        ...budget({ usd: 100 }),
        spent: () => scheduler.schedule(Promise.resolve()).then(() => ({ ...spent })),
      }
      const all = list.map(async ({ most, share }, index) => {
        const id = String(index)
        if ((await keeper.reserve({ id, most: call(most), budgets: [run], signal })) !== null) return
        await scheduler.schedule(Promise.resolve())
        spent.usd += most * share
        expect(spent.usd).toBeLessThanOrEqual(100)
        await scheduler.schedule(Promise.resolve())
        keeper.release(id)
      })
      await scheduler.waitFor(Promise.all(all))
    }),
    { numRuns: 200 },
  )
})

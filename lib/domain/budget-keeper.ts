import { type Amount, type BudgetLimit, type BudgetName, type MostOfCall, refusalText } from '#lib/domain/budgets.ts'

/** One budget a call has to fit in. */
export interface Budget {
  name: BudgetName
  /** Tells budgets of the same name apart: the run, the user and month. */
  key: string
  limit: BudgetLimit
  /** What has been taken from it and is told. */
  spent(): Promise<Amount>
}

interface Asked {
  id: string
  most: MostOfCall
  budgets: Budget[]
  signal: AbortSignal
}

export interface BudgetKeeper {
  /** Null when the call may be made: it then holds what it may take until `release`. Else why not. Rejects on abort. */
  reserve(asked: Asked): Promise<string | null>
  /** To be called once what the call took is part of what was spent. */
  release(id: string): void
}

/**
 * Lets calls be made side by side without ever exceeding a budget by what they may take: each holds its most from before it
 * is made until its real cost is known. A call that only those on their way keep out waits for one of them.
 */
export function budgetKeeper(): BudgetKeeper {
  const held = new Map<string, { most: MostOfCall; keys: string[] }>()
  let turn: Promise<unknown> = Promise.resolve()
  let change = Promise.withResolvers<void>()

  function heldIn(key: string): Amount {
    const sum = { usd: 0, tokens: 0 }
    for (const { most, keys } of held.values()) {
      if (!keys.includes(key)) continue
      if (most.usd === null) sum.tokens += most.tokens
      else sum.usd += most.usd
    }
    return sum
  }

  /** What is held is looked at before what is spent: a call that ends in between is counted twice rather than not at all. */
  async function look({ id, most, budgets }: Asked): Promise<string | 'wait' | null> {
    const before = budgets.map(({ key }) => heldIn(key))
    let mustWait = false
    for (const [index, budget] of budgets.entries()) {
      const verdict = fits(budget, { most, spent: await budget.spent(), held: before[index] ?? NOTHING })
      if (verdict === 'wait') mustWait = true
      else if (verdict !== null) return verdict
    }
    if (mustWait) return 'wait'
    held.set(id, { most, keys: budgets.map(({ key }) => key) })
    return null
  }

  return {
    async reserve(asked) {
      for (;;) {
        asked.signal.throwIfAborted()
        const changed = change.promise
        const looking = turn.then(() => look(asked))
        // One after the other: two that look at the same time would both find room for one.
        turn = looking.catch(() => undefined)
        const verdict = await looking
        if (verdict !== 'wait') return verdict
        await orAborted(changed, asked.signal)
      }
    },
    release(id) {
      if (!held.delete(id)) return
      const { resolve } = change
      change = Promise.withResolvers()
      resolve()
    },
  }
}

const NOTHING: Amount = { usd: 0, tokens: 0 }

interface Given {
  most: MostOfCall
  spent: Amount
  held: Amount
}

/** Null when the call fits; `wait` when it may once others have ended; else why it never will. */
function fits({ name, limit }: Budget, { most, spent, held }: Given): string | 'wait' | null {
  if (limit.usd === 0) return refusalText(name, 'usd', 0)
  let mustWait = false
  // What costs nothing takes nothing from a budget that is used up.
  if (limit.usd !== null && most.usd !== 0) {
    const own = most.usd ?? 0
    if (spent.usd >= limit.usd || spent.usd + own > limit.usd) return refusalText(name, 'usd', limit.usd)
    mustWait = spent.usd + held.usd + own > limit.usd
  }
  if (limit.tokens !== null && most.usd === null) {
    if (spent.tokens + most.tokens > limit.tokens) return refusalText(name, 'tokens', limit.tokens)
    mustWait ||= spent.tokens + held.tokens + most.tokens > limit.tokens
  }
  return mustWait ? 'wait' : null
}

async function orAborted(changed: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  await Promise.race([changed, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}

import { budgetKeeper } from '#lib/domain/budget-keeper.ts'
import type { BudgetLimit, Purse } from '#lib/domain/budgets.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { NOTHING_SPENT, type Spending } from '#lib/domain/spending.ts'

export interface OwnPurse extends Purse {
  /** Takes note of what the run tells of its calls. */
  note(event: RunEvent): void
  spent(): Spending
}

/** The purse of a run without a server: only its own budget counts. */
export function ownPurse(limit: BudgetLimit): OwnPurse {
  const keeper = budgetKeeper()
  let spent = NOTHING_SPENT
  let calls = 0
  const budget = {
    name: 'run' as const,
    key: 'run',
    limit,
    spent: async () => ({ usd: spent.cost_usd, tokens: spent.unpriced_tokens }),
  }
  return {
    async reserve(most, signal) {
      calls += 1
      const id = String(calls)
      const refusal = await keeper.reserve({ id, most, budgets: [budget], signal })
      return refusal === null ? { release: () => keeper.release(id) } : { refusal }
    },
    note(event) {
      if (event.kind === 'tokens_used') spent = withCall(spent, event)
    },
    spent: () => spent,
  }
}

function withCall(spent: Spending, call: Extract<RunEvent, { kind: 'tokens_used' }>): Spending {
  const tokens = call.input_tokens + call.output_tokens
  const isUnpriced = call.cost_usd === null
  return {
    calls: spent.calls + (tokens > 0 ? 1 : 0),
    input_tokens: spent.input_tokens + call.input_tokens,
    output_tokens: spent.output_tokens + call.output_tokens,
    reused_tokens: spent.reused_tokens + (call.reused_tokens ?? 0),
    cost_usd: spent.cost_usd + (call.cost_usd ?? 0),
    unpriced_calls: spent.unpriced_calls + (isUnpriced ? 1 : 0),
    unpriced_tokens: spent.unpriced_tokens + (isUnpriced ? tokens : 0),
    estimated_calls: spent.estimated_calls + (call.is_estimate ? 1 : 0),
  }
}

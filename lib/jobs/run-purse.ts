import { type CallingRun, spentOn } from '#db/queries/ai-calls.ts'
import { config } from '#lib/config.ts'
import { type Budget, type BudgetKeeper, budgetKeeper } from '#lib/domain/budget-keeper.ts'
import type { Amount, MostOfCall } from '#lib/domain/budgets.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { monthOf } from '#lib/domain/spending.ts'
import { log } from '#lib/log.ts'
import { remember } from '#lib/remember.ts'

/** What a run asks of the budgets of this server. */
export interface RunPurse {
  /** Null when the call may be made, else why not. Never rejects: what cannot be looked up is refused. */
  reserve(id: number, most: MostOfCall): Promise<string | null>
  /** To be called once what the call took is in the ledger. */
  release(id: number): void
  /**
   * Calls that were let go and of whose end nothing was told, because the process that made them was ended: what they may have
   * cost at most, as estimates.
   */
  lost(): RunEvent[]
  /** The run is over: gives back whatever it still holds, and nobody waits for it any more. */
  close(): void
}

/** The budgets that calls of this run have to fit in. */
export function runPurse(run: CallingRun): RunPurse {
  const keeper = serverKeeper()
  const over = new AbortController()
  const held = new Map<string, MostOfCall>()
  const nameOf = (id: number) => `${run.runId} ${id}`

  function release(name: string): void {
    held.delete(name)
    keeper.release(name)
  }

  return {
    async reserve(id, most) {
      const name = nameOf(id)
      try {
        const refusal = await keeper.reserve({ id: name, most, budgets: budgetsOf(run), signal: over.signal })
        if (refusal !== null) return refusal
        held.set(name, most)
        if (!over.signal.aborted) return null
        release(name)
        return 'the run is over'
      } catch (error) {
        if (!over.signal.aborted) log.error('a budget could not be looked up', { runId: run.runId, error })
        return 'what was spent so far could not be looked up'
      }
    },
    release: (id) => release(nameOf(id)),
    lost: () => [...held.values()].map(lostCall),
    close() {
      over.abort()
      for (const name of held.keys()) release(name)
    },
  }
}

function lostCall({ usd: cost_usd, tokens, outputTokens = 0 }: MostOfCall): RunEvent {
  const [input_tokens, output_tokens] = [tokens - outputTokens, outputTokens]
  return { kind: 'tokens_used', slug: null, input_tokens, output_tokens, is_estimate: true, cost_usd }
}

/** One for all runs: budgets of users and months are shared. */
function serverKeeper(): BudgetKeeper {
  return remember('budget-keeper', budgetKeeper)
}

function budgetsOf({ runId, requestedBy }: CallingRun): Budget[] {
  const { budgets } = config()
  const month = monthOf(new Date())
  return [
    { name: 'run', key: runId, limit: budgets.run, spent: () => amountOf({ runId }) },
    {
      name: 'user_month',
      key: `${month} ${requestedBy}`,
      limit: budgets.user_month,
      spent: () => amountOf({ month, requestedBy }),
    },
    { name: 'month', key: month, limit: budgets.month, spent: () => amountOf({ month }) },
  ]
}

async function amountOf(filter: Parameters<typeof spentOn>[0]): Promise<Amount> {
  const { cost_usd, unpriced_tokens } = await spentOn(filter)
  return { usd: cost_usd, tokens: unpriced_tokens }
}

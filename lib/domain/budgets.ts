import * as z from 'zod/mini'
import { REFUSED } from '#lib/domain/budget-refusal.ts'
import { grouped, usdText } from '#lib/domain/cost-text.ts'

/** What is limited: a run, the runs of a user in a month, all runs in a month. Months are in UTC. */
export const BUDGETS = ['run', 'user_month', 'month'] as const
export type BudgetName = (typeof BUDGETS)[number]

/** Null: no limit. 0: no model is asked. */
export interface BudgetLimit {
  usd: number | null
  /** Of calls whose price is not known. */
  tokens: number | null
}
export type BudgetLimits = Record<BudgetName, BudgetLimit>

/** The settings that hold the limits. */
export const BUDGET_SETTINGS = {
  run: { usd: 'MAX_COST_PER_RUN_USD', tokens: 'MAX_UNPRICED_TOKENS_PER_RUN' },
  user_month: { usd: 'MAX_COST_PER_USER_MONTH_USD', tokens: 'MAX_UNPRICED_TOKENS_PER_USER_MONTH' },
  month: { usd: 'MAX_COST_PER_MONTH_USD', tokens: 'MAX_UNPRICED_TOKENS_PER_MONTH' },
} as const satisfies Record<BudgetName, Record<keyof BudgetLimit, string>>

/** What calls took. `tokens` are those of calls whose price is not known: they are not in `usd`. */
export interface Amount {
  usd: number
  tokens: number
}

/** What one call may take at most. */
export interface MostOfCall {
  /** Null when the price is not known; 0 for what costs nothing. */
  usd: number | null
  tokens: number
  /** How many of them are of the answer. */
  outputTokens?: number
}

/** Leave to make one call: to be given back when the call has ended and what it took is told. Else why there is none. */
export type Leave = { release: () => void } | { refusal: string }

/** Where calls ask whether they may be made. */
export interface Purse {
  /** Waits while calls that are on their way might leave room. Rejects when the signal is aborted. */
  reserve(most: MostOfCall, signal: AbortSignal): Promise<Leave>
}

const WHOSE: Record<BudgetName, string> = {
  run: 'this run',
  user_month: 'this user and month',
  month: 'this month',
}

/** Why a call is not made: `the budget of this run ($10.00, MAX_COST_PER_RUN_USD) does not cover another call`. */
export function refusalText(name: BudgetName, kind: keyof BudgetLimit, limit: number): string {
  const setting = BUDGET_SETTINGS[name][kind]
  const whose = `${REFUSED}${WHOSE[name]}${kind === 'tokens' ? ' for calls of unknown price' : ''}`
  const most = kind === 'usd' ? usdText(limit) : `${grouped(limit)} tokens`
  return `${whose} (${most}, ${setting}) does not cover another call`
}

/** `The budget of … does not cover another call: 12 built-in pages stand in for those of openai`. */
export function budgetNotice(refusal: string, { pages, provider }: { pages: number; provider: string }): string {
  const stand = pages === 1 ? '1 built-in page stands in for that' : `${pages} built-in pages stand in for those`
  return `T${refusal.slice(1)}: ${stand} of ${provider}`
}

export const budgetStateSchema = z.object({
  name: z.enum(BUDGETS),
  /** Null: no limit. */
  limit_usd: z.nullable(z.number()),
  /** Null for `run`, which every run has of its own. */
  spent_usd: z.nullable(z.number()),
  /** Of calls whose price is not known. */
  limit_tokens: z.nullable(z.number()),
  spent_tokens: z.nullable(z.number()),
})
export type BudgetState = z.infer<typeof budgetStateSchema>

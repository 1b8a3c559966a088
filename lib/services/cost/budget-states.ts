import { config } from '#lib/config.ts'
import { BUDGETS, type BudgetName, type BudgetState } from '#lib/domain/budgets.ts'
import type { Spending } from '#lib/domain/spending.ts'

/** How far these budgets are used; null for what is spent of each by somebody else. */
export function budgetStates(spent: Partial<Record<BudgetName, Spending | null>>): BudgetState[] {
  const { budgets } = config()
  return BUDGETS.flatMap((name): BudgetState[] => {
    const used = spent[name]
    if (used === undefined) return []
    const { usd, tokens } = budgets[name]
    return [
      {
        name,
        limit_usd: usd,
        spent_usd: used?.cost_usd ?? null,
        limit_tokens: tokens,
        spent_tokens: used?.unpriced_tokens ?? null,
      },
    ]
  })
}

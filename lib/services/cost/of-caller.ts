import { spentByVariant, spentOn } from '#db/queries/ai-calls.ts'
import { visibleCost } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { CostResponse } from '#lib/domain/cost-answers.ts'
import { monthOf } from '#lib/domain/spending.ts'
import { budgetStates } from '#lib/services/cost/budget-states.ts'
import { visibilityOf } from '#lib/services/variants/list.ts'

/** What the caller's own runs have spent in a month (default: this one), and what all they may see has cost. */
export async function getCost(
  caller: Principal,
  { month = monthOf(new Date()) }: { month?: string },
): Promise<CostResponse> {
  const own = { month, requestedBy: caller.username }
  const [visible, spent, variants] = await Promise.all([
    visibleCost(visibilityOf(caller)),
    spentOn(own),
    spentByVariant(own),
  ])
  return { ...visible, month, spent, budgets: budgetStates({ run: null, user_month: spent }), variants }
}

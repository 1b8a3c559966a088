import { spentByMonth, spentByUser, spentOn } from '#db/queries/ai-calls.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { config } from '#lib/config.ts'
import type { AdminCostResponse } from '#lib/domain/cost-answers.ts'
import { repliesFolder } from '#lib/domain/folders.ts'
import { monthOf } from '#lib/domain/spending.ts'
import { budgetStates } from '#lib/services/cost/budget-states.ts'
import { countedReplies } from '#lib/services/cost/counted-replies.ts'

const SHOWN_MONTHS = 12

/** What all users have spent in a month (default: this one) and in the last twelve with calls, and which replies are kept. */
export async function getCostOfAll(
  caller: Principal,
  { month = monthOf(new Date()) }: { month?: string },
): Promise<AdminCostResponse> {
  needPermission(caller, 'server.inspect')
  const { dataDir, aiCacheBytes: max_bytes } = config()
  const [spent, users, months, kept] = await Promise.all([
    spentOn({ month }),
    spentByUser({ month }),
    spentByMonth(SHOWN_MONTHS),
    countedReplies(repliesFolder(dataDir)),
  ])
  return {
    month,
    spent,
    budgets: budgetStates({ run: null, user_month: null, month: spent }),
    users,
    months,
    kept: { ...kept, max_bytes },
  }
}

import { InvalidArgumentError, Option } from 'commander'
import type { BudgetName, BudgetState } from '#lib/domain/budgets.ts'
import { costText, grouped, tokensText, usdText } from '#lib/domain/cost-text.ts'
import { type Spending, YEAR_MONTH } from '#lib/domain/spending.ts'
import type { Column } from './table.ts'

/** `--month 2026-11`. */
export function monthOption(): Option {
  return new Option('--month <YYYY-MM>', 'month in UTC (default: this one)').argParser((text: string) => {
    if (!YEAR_MONTH.test(text)) throw new InvalidArgumentError('It must be a month such as 2026-11.')
    return text
  })
}

/** The columns that say what was spent, behind the one that says on what. */
export function spendingColumns(): Column[] {
  return [...['CALLS', 'TOKENS', 'REUSED'].map((title) => ({ title, right: true })), { title: 'COST' }]
}

export function spendingCells(spent: Spending): string[] {
  const { calls, input_tokens, output_tokens, reused_tokens } = spent
  return [...[calls, input_tokens + output_tokens, reused_tokens].map(grouped), costText(spent)]
}

/** `In all: $1.23 and 2 calls of unknown price, 12,000 tokens paid, 3,000 reused`. */
export function spendingLine(spent: Spending): string {
  const tokens = tokensText(spent)
  const estimated = spent.estimated_calls > 0 ? `, ${spent.estimated_calls} of ${spent.calls} calls estimated` : ''
  return tokens === null ? 'No model was asked' : `In all: ${costText(spent)}, ${tokens}${estimated}`
}

const BUDGET_NAMES: Record<BudgetName, string> = {
  run: 'Budget of each run',
  user_month: 'Budget of an account and month',
  month: 'Budget of all runs in a month',
}

/** `Budget of each run: at most $10.00`, one line for each. */
export function budgetLines(budgets: BudgetState[]): string[] {
  return budgets.map(({ name, limit_usd, spent_usd, limit_tokens, spent_tokens }) => {
    const money = used(spent_usd, limit_usd, usdText)
    const tokens = used(spent_tokens, limit_tokens, grouped)
    const unit = limit_tokens === null ? '' : ' tokens'
    return `${BUDGET_NAMES[name]}: ${money}; for calls of unknown price ${tokens}${unit}`
  })
}

function used(spent: number | null, limit: number | null, text: (amount: number) => string): string {
  if (limit === null) return 'no limit'
  return spent === null ? `at most ${text(limit)}` : `${text(spent)} of ${text(limit)}`
}

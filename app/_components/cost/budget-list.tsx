import { BUDGET_SETTINGS, type BudgetName, type BudgetState } from '#lib/domain/budgets.ts'
import { grouped, usdText } from '#lib/domain/cost-text.ts'

const NAMES: Record<BudgetName, string> = {
  run: 'Each run',
  user_month: 'Each account in a month',
  month: 'All runs in a month',
}

interface Props {
  budgets: BudgetState[]
  /** Whether the names of the settings help who looks. */
  withSettings: boolean
}

/** What may be spent, and how much of it is. */
export function BudgetList({ budgets, withSettings }: Props) {
  return (
    <section aria-labelledby="budgets-heading" className="mb-8">
      <h2 id="budgets-heading" className="mb-3 font-semibold text-[0.9375rem]">
        Budgets
      </h2>
      <dl className="grid gap-3 sm:grid-cols-3">
        {budgets.map((budget) => (
          <div key={budget.name} className="rounded-lg border border-line bg-surface px-4 py-3">
            <dt className="text-ink-faint text-xs">{NAMES[budget.name]}</dt>
            <dd className="mt-1 tabular-nums">
              <UsedLine spent={budget.spent_usd} limit={budget.limit_usd} text={usdText} />
              <span className="mt-1 block text-ink-soft text-xs">
                Calls of unknown price:{' '}
                {usedText({ spent: budget.spent_tokens, limit: budget.limit_tokens, text: grouped, unit: ' tokens' })}
              </span>
              {withSettings && (
                <code className="wrap-anywhere mt-1 block font-mono text-[0.6875rem] text-ink-faint">
                  {BUDGET_SETTINGS[budget.name].usd}
                </code>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface Used {
  /** Null: it is not one sum. */
  spent: number | null
  /** Null: there is none. */
  limit: number | null
  text: (amount: number) => string
  /** Behind the last number; none for money, which has its own. */
  unit?: string
}

function UsedLine(used: Used) {
  const { spent, limit } = used
  return (
    <>
      <span className="font-medium">{usedText(used)}</span>
      {spent !== null && limit !== null && limit > 0 && (
        <span aria-hidden="true" className="mt-1.5 block h-1 overflow-hidden rounded-full bg-sunken">
          <span
            className={`block h-full rounded-full ${spent >= limit ? 'bg-red' : 'bg-accent'}`}
            style={{ width: `${Math.min(100, (spent / limit) * 100)}%` }}
          />
        </span>
      )}
    </>
  )
}

function usedText({ spent, limit, text, unit = '' }: Used): string {
  if (limit === null) return spent === null ? 'no limit' : `${text(spent)}${unit}, no limit`
  if (limit === 0) return unit ? 'none are made' : 'no model is asked'
  return spent === null ? `at most ${text(limit)}${unit}` : `${text(spent)} of ${text(limit)}${unit}`
}

import type { ReactNode } from 'react'
import { costText, grouped } from '#lib/domain/cost-text.ts'
import type { Spending } from '#lib/domain/spending.ts'

/** The columns of a table of what was spent, behind the one that says on what. */
export const SPENDING_COLUMNS = ['Calls', 'Tokens', 'Reused', 'Cost']
/** Those a phone leaves out. */
export const WIDE_SPENDING_COLUMNS = ['Calls', 'Tokens', 'Reused']

/** One line of it. */
export function SpendingRow({ name, spent }: { name: ReactNode; spent: Spending }) {
  const tokens = spent.input_tokens + spent.output_tokens
  return (
    <tr className="tabular-nums">
      <td className="wrap-anywhere">{name}</td>
      <td className="text-ink-soft max-sm:hidden">{grouped(spent.calls)}</td>
      <td className="text-ink-soft max-sm:hidden">{grouped(tokens)}</td>
      <td className="text-ink-soft max-sm:hidden">{grouped(spent.reused_tokens)}</td>
      <td>
        {costText(spent)}
        {spent.estimated_calls > 0 && (
          <span className="block text-ink-faint text-xs">{spent.estimated_calls} estimated</span>
        )}
      </td>
    </tr>
  )
}

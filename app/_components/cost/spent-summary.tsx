import { costText, tokensText } from '#lib/domain/cost-text.ts'
import type { Spending } from '#lib/domain/spending.ts'

/** What a month took, in two lines. */
export function SpentSummary({ spent }: { spent: Spending }) {
  const tokens = tokensText(spent)
  return (
    <div className="mb-6">
      <p className="font-semibold text-2xl tabular-nums tracking-tight">{costText(spent)}</p>
      <p className="text-ink-soft tabular-nums">{tokens ?? 'No model was asked.'}</p>
    </div>
  )
}

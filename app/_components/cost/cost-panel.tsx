'use client'

import { useCallback, useState } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { BudgetList } from '#app/_components/cost/budget-list.tsx'
import { MonthField } from '#app/_components/cost/month-field.tsx'
import { SPENDING_COLUMNS, SpendingRow, WIDE_SPENDING_COLUMNS } from '#app/_components/cost/spending-row.tsx'
import { SpentSummary } from '#app/_components/cost/spent-summary.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { costText } from '#lib/domain/cost-text.ts'
import { monthOf } from '#lib/domain/spending.ts'

/** What the runs of the signed-in user have spent in a month, by variant. */
export default function CostPanel() {
  const { api } = useDashboard()
  usePageTitle('Cost')
  const [month, setMonth] = useState(() => monthOf(new Date()))
  const { answer, problem } = useLoaded(useCallback(() => api.cost(month), [api, month]))
  return (
    <article aria-labelledby="cost-heading" className="mx-auto max-w-4xl px-4 py-6 md:px-8 md:py-8">
      <h1 id="cost-heading" className="mb-6 font-semibold text-xl tracking-tight">
        What your runs cost
      </h1>
      <MonthField month={month} onChange={setMonth} />
      {answer === null || problem ? <Loading problem={problem} /> : null}
      {answer && (
        <>
          <SpentSummary spent={answer.spent} />
          <BudgetList budgets={answer.budgets} withSettings={false} />
          {answer.variants.length > 0 && (
            <ListTable
              caption="By documentation set"
              columns={['Documentation set', ...SPENDING_COLUMNS]}
              wide={WIDE_SPENDING_COLUMNS}
            >
              {answer.variants.map((one) => (
                <SpendingRow key={one.generation_id} name={<VariantName {...one} />} spent={one} />
              ))}
            </ListTable>
          )}
          <p className="mt-6 max-w-prose text-ink-soft">
            All documentation you see has cost {costText({ ...answer, cost_usd: answer.total_cost_usd })}, whoever had
            it written. What was spent stays in this list when the documentation is deleted.
          </p>
        </>
      )}
    </article>
  )
}

function VariantName(one: { name: string; branch: string; ai_provider: string; ai_model: string }) {
  return (
    <>
      {one.name}
      <span className="block break-words font-mono text-ink-soft text-xs">
        @{one.branch} {one.ai_provider}/{one.ai_model}
      </span>
    </>
  )
}

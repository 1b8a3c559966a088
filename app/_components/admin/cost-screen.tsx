'use client'

import { useCallback, useState } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { BudgetList } from '#app/_components/cost/budget-list.tsx'
import { MonthField } from '#app/_components/cost/month-field.tsx'
import { SPENDING_COLUMNS, SpendingRow, WIDE_SPENDING_COLUMNS } from '#app/_components/cost/spending-row.tsx'
import { SpentSummary } from '#app/_components/cost/spent-summary.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { AdminCostResponse } from '#lib/domain/cost-answers.ts'
import { grouped } from '#lib/domain/cost-text.ts'
import { monthOf } from '#lib/domain/spending.ts'

const BYTES_OF_MB = 1_000_000

/** What the runs of everybody have spent: a month by account, and the months before. */
export function CostScreen() {
  const { api } = useDashboard()
  const [month, setMonth] = useState(() => monthOf(new Date()))
  const { answer, problem } = useLoaded(useCallback(() => api.adminCost(month), [api, month]))
  return (
    <>
      <MonthField month={month} onChange={setMonth} />
      {answer === null || problem ? <Loading problem={problem} /> : null}
      {answer && (
        <>
          <SpentSummary spent={answer.spent} />
          <BudgetList budgets={answer.budgets} withSettings />
          {answer.users.length > 0 && (
            <div>
              <h2 className="mb-3 font-semibold text-[0.9375rem]">By account</h2>
              <ListTable caption="By account" columns={['Account', ...SPENDING_COLUMNS]} wide={WIDE_SPENDING_COLUMNS}>
                {answer.users.map((one) => (
                  <SpendingRow key={one.username} name={one.username ?? 'deleted accounts'} spent={one} />
                ))}
              </ListTable>
            </div>
          )}
          {answer.months.length > 0 && (
            <div className="mt-8">
              <h2 className="mb-3 font-semibold text-[0.9375rem]">By month</h2>
              <ListTable caption="By month" columns={['Month', ...SPENDING_COLUMNS]} wide={WIDE_SPENDING_COLUMNS}>
                {answer.months.map((one) => (
                  <SpendingRow key={one.month} name={one.month} spent={one} />
                ))}
              </ListTable>
            </div>
          )}
          <p className="mt-6 max-w-prose text-ink-soft">{keptText(answer.kept)}</p>
        </>
      )}
    </>
  )
}

function keptText({ replies, bytes, max_bytes }: AdminCostResponse['kept']): string {
  if (max_bytes === 0) return 'Replies of models are not kept: asking the same again costs again.'
  const room = `${Math.ceil(bytes / BYTES_OF_MB)} of ${max_bytes / BYTES_OF_MB} MB`
  if (replies === 0) return `No reply of a model is kept yet; there is room for ${max_bytes / BYTES_OF_MB} MB.`
  const many = replies === 1 ? '1 reply is' : `${grouped(replies)} replies are`
  return `${many} kept and need not be paid again (${room}).`
}

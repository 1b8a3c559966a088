'use client'

import { useCallback, useState } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { SPENDING_COLUMNS, SpendingRow, WIDE_SPENDING_COLUMNS } from '#app/_components/cost/spending-row.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { parsePlan, planPages } from '#lib/domain/plan.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

/** What the pages of a variant have cost, over all its runs; asked for when somebody wants to know. */
export default function VariantCost({ row }: { row: VariantRow }) {
  const [open, setOpen] = useState(false)
  return (
    <section aria-labelledby="variant-cost-heading" className="mt-8">
      <h2 id="variant-cost-heading" className="mb-2 font-semibold text-[0.9375rem]">
        Cost by page
      </h2>
      {open ? (
        <Pages row={row} />
      ) : (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="rounded py-1 text-accent text-xs underline-offset-2 hover:underline"
        >
          Show what each page has cost
        </button>
      )}
    </section>
  )
}

function Pages({ row }: { row: VariantRow }) {
  const { api } = useDashboard()
  const { generation_id } = row
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is another object with every event of a run
  const ask = useCallback(async () => {
    const identity = identityOf(row)
    // Rows of the list come without their plan, which has the titles.
    const [cost, { plan_json }] = await Promise.all([api.variantCost(identity), api.variant(identity)])
    return { ...cost, plan: parsePlan(plan_json) }
  }, [api, generation_id])
  const { answer, problem } = useLoaded(ask)
  if (!answer) return <Loading problem={problem} />
  const { plan } = answer
  const titles = new Map(plan ? planPages(plan).map(({ slug, title }) => [slug, title]) : [])
  return (
    <ListTable caption="What each page has cost" columns={['Page', ...SPENDING_COLUMNS]} wide={WIDE_SPENDING_COLUMNS}>
      {answer.pages.map(({ slug, ...spent }) => (
        <SpendingRow
          key={slug}
          name={slug === null ? 'for no single page' : (titles.get(slug) ?? slug)}
          spent={spent}
        />
      ))}
    </ListTable>
  )
}

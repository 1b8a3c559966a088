'use client'

import type { PagePair } from '#app/_components/project/compare-pages.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { docsHref } from '#lib/domain/deep-link.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface Props {
  pairs: PagePair[]
  left: VariantRow
  right: VariantRow
}

/** The pages of two variants beside each other; those of a finished site lead there. */
export function PairedPages({ pairs, left, right }: Props) {
  if (pairs.length === 0) return <p className="text-ink-soft">Neither has a plan yet.</p>
  const both = pairs.filter((pair) => pair.left && pair.right).length
  return (
    <>
      <p className="mb-2 text-ink-soft">
        {both} in both, {pairs.filter((pair) => !pair.right).length} only left,{' '}
        {pairs.filter((pair) => !pair.left).length} only right.
      </p>
      <table className="w-full table-fixed border-line border-t text-left">
        <caption className="sr-only">Pages of both variants</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.left?.slug} ${pair.right?.slug}`} className="border-line border-b">
              <td className="break-words py-1.5 pr-3 align-top">
                <PageCell page={pair.left} row={left} />
              </td>
              <td className="break-words py-1.5 pr-3 align-top">
                <PageCell page={pair.right} row={right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function PageCell({ page, row }: { page: PlanPage | null; row: VariantRow }) {
  const { viewer } = useDashboard()
  if (!page) return <span className="text-ink-faint text-xs">not here</span>
  if (row.status !== 'ready') return page.title
  return (
    <a
      href={docsHref(identityOf(row), viewer.username, page.slug)}
      className="text-accent underline-offset-2 hover:underline"
    >
      {page.title}
    </a>
  )
}

'use client'

import { MissingDetail, StartingDetail } from '#app/_components/detail/detail-placeholders.tsx'
import { VariantDetail } from '#app/_components/detail/variant-detail.tsx'
import { EmptyState } from '#app/_components/ui/empty-state.tsx'
import { Overview } from '#app/_components/ui/overview.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { useSelection } from '#app/_hooks/use-selection.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** What the address names: a variant, or the overview of all. */
export function MainPanel({ onNew }: { onNew: () => void }) {
  const { expected } = useDashboard()
  const rows = useShape()
  const { link, key } = useSelection()
  const row = useRow(key ?? '')
  if (row) return <VariantDetail key={key} row={row} />
  if (link) return key !== null && expected.has(key) ? <StartingDetail link={link} /> : <MissingDetail link={link} />
  return rows.length === 0 ? <EmptyState onNew={onNew} /> : <Overview />
}

'use client'

import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { VariantRow } from '#lib/domain/variant.ts'

/** Names a variant in full; for admins with its owner. */
export function VariantName({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  return (
    <strong className="break-words font-semibold text-ink">
      {row.name} @{row.branch}, {row.ai_provider}/{row.ai_model}
      {viewer.is_admin && `, owned by ${row.owner}`}
    </strong>
  )
}

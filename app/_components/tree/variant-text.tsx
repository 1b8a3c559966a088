'use client'

import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { STATUS_LABELS } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

/** A variant in the tree; it alone renders again when its row changes. */
export function VariantText({ known }: { known: VariantRow }) {
  const row = useRow(variantKeyOf(known)) ?? known
  return (
    <>
      <StatusDot status={row.status} />
      <span className="min-w-0 flex-1 truncate font-mono text-xs">
        {row.ai_provider}/{row.ai_model}
      </span>
      <span className="sr-only">, {STATUS_LABELS[row.status]}, </span>
      <span className="shrink-0 text-ink-faint text-2xs tabular-nums">
        <VariantHint row={row} />
      </span>
    </>
  )
}

function VariantHint({ row }: { row: VariantRow }) {
  if (row.status === 'generating') return row.total_pages ? `${row.page_count}/${row.total_pages}` : '…'
  return row.last_generated ? <TimeAgo iso={row.last_generated} /> : null
}

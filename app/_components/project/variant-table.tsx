'use client'

import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { StatusBadge } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { variantHref } from '#lib/domain/deep-link.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

interface Props {
  rows: VariantRow[]
  /** Generation ids of the two that are to be compared, or fewer. */
  chosen: string[]
  /** Null: there is nothing to compare. */
  onChoose: ((chosen: string[]) => void) | null
}

/** The variants of a project, one a line. */
export function VariantTable({ rows, chosen, onChoose }: Props) {
  function toggle(id: string) {
    onChoose?.(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen.slice(-1), id])
  }

  return (
    <ul aria-label="Variants" className="mt-4 border-line border-t">
      {rows.map((row) => (
        <li key={variantKeyOf(row)} className="flex items-center gap-3 border-line border-b py-2.5">
          {onChoose && (
            <input
              type="checkbox"
              aria-label={`Compare @${row.branch} ${row.ai_provider}/${row.ai_model}`}
              checked={chosen.includes(row.generation_id)}
              onChange={() => toggle(row.generation_id)}
              className="size-4.5 shrink-0 accent-accent"
            />
          )}
          <VariantLine known={row} />
        </li>
      ))}
    </ul>
  )
}

function VariantLine({ known }: { known: VariantRow }) {
  const row = useRow(variantKeyOf(known)) ?? known
  return (
    <PlaceLink
      href={variantHref(identityOf(row))}
      className="grid min-w-0 flex-1 gap-x-4 gap-y-1 rounded px-1 hover:bg-sunken sm:grid-cols-[minmax(0,1fr)_7rem_auto]"
    >
      <span className="min-w-0 break-words font-mono text-[0.8125rem]">
        @{row.branch}{' '}
        <span className="text-ink-soft">
          {row.ai_provider}/{row.ai_model}
        </span>
      </span>
      <span>
        <StatusBadge status={row.status} />
      </span>
      <span className="text-ink-faint text-xs tabular-nums sm:min-w-48 sm:text-right">
        {row.page_count} pages
        {row.generation_duration !== null && <> · {formatDuration(row.generation_duration * 1_000)}</>}
        {row.last_generated && (
          <>
            {' · '}
            <TimeAgo iso={row.last_generated} />
          </>
        )}
      </span>
    </PlaceLink>
  )
}

'use client'

import type { ReactNode } from 'react'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { variantHref } from '#lib/domain/deep-link.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import { STAGE_LABELS, STAGES, STATUS_LABELS } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { lastChange, variantKeyOf } from '#lib/domain/variant-list.ts'

const RECENT = 8

/** What goes on now, what needs a look, what was finished last. */
export default function Overview() {
  const rows = useShape()
  const newest = rows.toSorted((left, right) => lastChange(right).localeCompare(lastChange(left)))
  const running = newest.filter((row) => row.status === 'generating')
  const failed = newest.filter((row) => row.status === 'error').slice(0, RECENT)
  const finished = newest.filter((row) => row.status === 'ready').slice(0, RECENT)
  const stopped = newest.filter((row) => row.status === 'aborted').slice(0, RECENT)
  return (
    <div className="mx-auto max-w-3xl px-4 py-6 md:px-8 md:py-8">
      <h1 className="mb-6 font-semibold text-xl tracking-tight">Overview</h1>
      <VariantList title="Generating now" rows={running} />
      <VariantList title="Needs a look" rows={failed} />
      <VariantList title="Finished last" rows={finished} />
      <VariantList title="Aborted" rows={stopped} />
    </div>
  )
}

function VariantList({ title, rows }: { title: string; rows: VariantRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="mb-8">
      <h2 className="mb-1 text-ink-faint text-xs">{title}</h2>
      <ul className="border-line border-t">
        {rows.map((row) => (
          <OverviewLine key={variantKeyOf(row)} known={row} />
        ))}
      </ul>
    </section>
  )
}

function OverviewLine({ known }: { known: VariantRow }) {
  const { viewer } = useDashboard()
  const row = useRow(variantKeyOf(known)) ?? known

  return (
    <li className="border-line border-b">
      <PlaceLink
        href={variantHref(identityOf(row))}
        className="grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-2.5 px-1 py-2.5 hover:bg-sunken sm:grid-cols-[0.75rem_minmax(0,1fr)_auto]"
      >
        <span>
          <StatusDot status={row.status} />
        </span>
        <span className="min-w-0">
          <span className="mr-2 break-words font-medium">
            {viewer.is_admin ? `${row.owner}/${row.name}` : row.name}
          </span>
          <span className="break-words font-mono text-ink-soft text-xs">
            @{row.branch} <span className="text-ink-faint">{`${row.ai_provider}/${row.ai_model}`}</span>
          </span>
          {row.status === 'error' && row.error_message && (
            <span className="line-clamp-2 break-words text-ink-soft text-xs">{row.error_message}</span>
          )}
        </span>
        <span className="text-ink-faint text-xs tabular-nums max-sm:col-start-2 sm:text-right">
          <LineHint row={row} />
        </span>
      </PlaceLink>
    </li>
  )
}

function LineHint({ row }: { row: VariantRow }) {
  if (row.status === 'generating') return <RunningHint row={row} />
  const pages = row.page_count === 1 ? '1 page' : `${row.page_count} pages`
  return (
    <>
      <span className="sr-only">{STATUS_LABELS[row.status]}, </span>
      <TimeAgo iso={row.last_generated ?? row.updated_at} />
      {row.status === 'ready' && (
        <Second>
          {pages}
          {row.generation_duration !== null && `, ${formatDuration(row.generation_duration * 1_000)}`}
        </Second>
      )}
    </>
  )
}

function RunningHint({ row }: { row: VariantRow }) {
  const stage = STAGES.find((known) => known === row.current_stage)
  return (
    <>
      {stage ? STAGE_LABELS[stage] : 'Waiting'}
      {row.total_pages ? <Second>{`${row.page_count} of ${row.total_pages} pages`}</Second> : null}
    </>
  )
}

/** A second line; on a phone behind the first. */
function Second({ children }: { children: ReactNode }) {
  return (
    <span className="sm:block">
      <span className="sm:hidden"> · </span>
      {children}
    </span>
  )
}

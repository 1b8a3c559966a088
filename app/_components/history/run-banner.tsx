'use client'

import { OUTCOME_LOOKS } from '#app/_components/detail/outcome-message.tsx'
import { RUN_STATE_LABELS } from '#app/_components/history/run-history.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { variantHref } from '#lib/domain/deep-link.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import { TERMINAL_STATUSES } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  /** Null: there is no such run, or it is still being looked for. */
  run: RunRow | null
  searching: boolean
}

/** Says that what follows is not the latest run, how that one ended, and how to get back. */
export default function RunBanner({ row, run, searching }: Props) {
  if (searching) return <div role="status" aria-label="Loading the run" className="skeleton mb-6 h-12" />
  const status = TERMINAL_STATUSES.find((known) => known === run?.state)
  const look = status ? OUTCOME_LOOKS[status].look : 'bg-sunken text-ink'
  return (
    <div role="status" className={`mb-6 rounded-lg px-4 py-3 ${look}`}>
      <p className="break-words font-medium">
        {run
          ? (run.message ?? `${run.up_to_date ? 'Up to date' : RUN_STATE_LABELS[run.state]}.`)
          : 'This run is not here.'}
      </p>
      <p className="mt-1 text-ink-soft">
        {run && (
          <>
            An earlier run, <TimeAgo iso={run.started_at ?? run.queued_at} />.{' '}
          </>
        )}
        <PlaceLink href={variantHref(identityOf(row))} className="font-medium text-accent underline underline-offset-2">
          Show the latest run
        </PlaceLink>
      </p>
    </div>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { ActivityLog } from '#app/_components/detail/activity-log.tsx'
import { DetailActions } from '#app/_components/detail/detail-actions.tsx'
import { InfoGrid } from '#app/_components/detail/info-grid.tsx'
import { OutcomeMessage } from '#app/_components/detail/outcome-message.tsx'
import { RunHistory } from '#app/_components/history/run-history.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { StatusBadge } from '#app/_components/ui/status-badge.tsx'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import { earlierRun, latestRun, useRunLog } from '#app/_hooks/use-run-log.ts'
import { useRuns } from '#app/_hooks/use-runs.ts'
import { projectHref } from '#lib/domain/deep-link.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

// What only some variants have is loaded with those.
const PageProgress = dynamic(() => import('#app/_components/detail/page-progress.tsx'))
const ScheduleSection = dynamic(() => import('#app/_components/refresh/schedule-section.tsx'))
const VariantCost = dynamic(() => import('#app/_components/cost/variant-cost.tsx'))
const RunBanner = dynamic(() => import('#app/_components/history/run-banner.tsx'))

interface Props {
  row: VariantRow
  /** An earlier run, by the address; null for the latest. */
  runId: string | null
  /** A page of the log to point at. */
  page: string | null
}

/** Everything about one variant. */
export default function VariantDetail({ row, runId, page }: Props) {
  usePageTitle(`${row.name} @${row.branch}`)
  const { runs, problem } = useRuns(row)
  const isEarlier = runId !== null && runId !== row.run_id
  const earlier = isEarlier ? (runs?.find((run) => run.run_id === runId) ?? null) : null
  const shown = earlier ? earlierRun(row, earlier) : latestRun(row)
  const run = useRunLog(shown)
  return (
    <article aria-labelledby="variant-name" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <DetailHeader row={row} />
      <div className="mt-6 grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          {isEarlier ? (
            <RunBanner row={row} run={earlier} searching={runs === null && problem === null} />
          ) : (
            <>
              <OutcomeMessage row={row} log={run.log} />
              {row.status === 'generating' && <PageProgress row={row} log={run.log} runs={runs ?? []} />}
            </>
          )}
          <PanelBoundary name="activity log">
            {(!isEarlier || earlier) && (
              <ActivityLog
                row={row}
                run={run}
                running={shown.ended === null}
                runId={isEarlier ? runId : null}
                page={page}
              />
            )}
          </PanelBoundary>
          <PanelBoundary name="run history">
            <RunHistory row={row} runs={runs} problem={problem} shownId={shown.runId} />
          </PanelBoundary>
          {row.ai_provider !== 'builtin' && row.total_cost_usd !== null && (
            <PanelBoundary name="cost">
              <VariantCost row={row} />
            </PanelBoundary>
          )}
        </div>
        <div className="min-w-0">
          <PanelBoundary name="details">
            <InfoGrid row={row} />
          </PanelBoundary>
          <PanelBoundary name="schedule">
            <ScheduleSection row={row} />
          </PanelBoundary>
        </div>
      </div>
    </article>
  )
}

function DetailHeader({ row }: { row: VariantRow }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 id="variant-name" className="min-w-0 break-words font-semibold text-xl tracking-tight">
            <PlaceLink href={projectHref(row)} title="All variants" className="underline-offset-4 hover:underline">
              {row.name}
            </PlaceLink>
          </h1>
          <span className="break-all font-mono text-ink-soft">@{row.branch}</span>
          <StatusBadge status={row.status} />
        </div>
        <p className="mt-1 break-all font-mono text-ink-faint text-xs">
          {row.ai_provider}/{row.ai_model}
        </p>
      </div>
      <DetailActions row={row} />
    </header>
  )
}

'use client'

import { StageTimeline } from '#app/_components/history/stage-timeline.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { costText, tokensText } from '#lib/domain/cost-text.ts'
import { variantHref } from '#lib/domain/deep-link.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import { originOf, type RunRow } from '#lib/domain/runs.ts'
import { STATUS_LABELS } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  /** Newest first; null while loading. */
  runs: RunRow[] | null
  problem: string | null
  /** The run whose log is shown above. */
  shownId: string
}

export const RUN_STATE_LABELS: Record<RunRow['state'], string> = {
  ...STATUS_LABELS,
  waiting: 'Waiting',
  running: 'Running',
}

/** Every run of a variant; each leads to its log. */
export function RunHistory({ row, runs, problem, shownId }: Props) {
  return (
    <section aria-labelledby="runs-heading" className="mt-8">
      <h2 id="runs-heading" className="mb-2 font-semibold text-[0.9375rem]">
        Runs
      </h2>
      {problem && <p className="text-amber">The earlier runs could not be read: {problem}</p>}
      {runs === null && !problem && <div className="skeleton h-10" />}
      {runs?.length === 0 && <p className="text-ink-soft">There has been no run yet.</p>}
      {runs && runs.length > 0 && (
        <ol className="border-line border-t">
          {runs.map((run) => (
            <li key={run.run_id} className="border-line border-b">
              <PlaceLink
                href={variantHref(identityOf(row), { run: run.run_id === row.run_id ? null : run.run_id })}
                aria-current={run.run_id === shownId ? 'true' : undefined}
                className="block px-2 py-2.5 hover:bg-sunken aria-[current]:bg-accent-wash"
              >
                <RunLine run={run} />
              </PlaceLink>
              <ChangesLink row={row} run={run} before={writtenBefore(runs, run)} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** The newest run before this one that left documentation to compare with. */
function writtenBefore(runs: RunRow[], run: RunRow): RunRow | null {
  if (run.state !== 'ready' || run.up_to_date) return null
  const at = runs.indexOf(run)
  return runs.find((other, index) => index > at && other.state === 'ready' && !other.up_to_date) ?? null
}

function ChangesLink({ row, run, before }: { row: VariantRow; run: RunRow; before: RunRow | null }) {
  if (!before || before.to_commit === run.to_commit) return null
  return (
    <PlaceLink
      href={variantHref(identityOf(row), { compared: { from: before.run_id, to: run.run_id } })}
      className="-mt-1 mb-1.5 ml-2 inline-block py-0.5 text-accent text-xs underline-offset-2 hover:underline"
    >
      What changed since {before.to_commit?.slice(0, 8)}
    </PlaceLink>
  )
}

function RunLine({ run }: { run: RunRow }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="inline-flex items-center gap-2 font-medium">
          <StatusDot status={run.state === 'waiting' || run.state === 'running' ? 'generating' : run.state} />
          {run.up_to_date ? 'Up to date' : RUN_STATE_LABELS[run.state]}
        </span>
        <span className="text-ink-soft text-xs">
          <TimeAgo iso={run.started_at ?? run.queued_at} /> {originOf(run)}
          {run.force && ', forced'}
        </span>
        <span className="ml-auto text-ink-soft text-xs tabular-nums">{measures(run).join(' · ')}</span>
      </span>
      {run.message && run.state === 'error' && (
        <span className="mt-0.5 block truncate text-red text-xs">{run.message}</span>
      )}
      {run.stages.length > 1 && (
        <span className="mt-2 -mb-3 block">
          <StageTimeline stages={run.stages.map(({ stage, duration_ms }) => ({ stage, durationMs: duration_ms }))} />
        </span>
      )}
    </>
  )
}

function measures(run: RunRow): string[] {
  return [
    ...(run.page_count > 0 ? [run.page_count === 1 ? '1 page' : `${run.page_count} pages`] : []),
    ...spent(run),
    ...(run.duration === null ? [] : [formatDuration(run.duration * 1_000)]),
  ]
}

/** What it cost; where replies were reused also how many tokens were not paid again. */
function spent(run: RunRow): string[] {
  const cost = run.cost_usd > 0 || run.unpriced_calls > 0 ? [costText(run)] : []
  return run.reused_tokens > 0 ? [...cost, tokensText(run) ?? ''] : cost
}

'use client'

import { PageLines } from '#app/_components/detail/page-lines.tsx'
import { PlannedChanges } from '#app/_components/detail/planned-changes.tsx'
import { StageEntry } from '#app/_components/detail/stage-entry.tsx'
import { hasTimeline, StageTimeline } from '#app/_components/history/stage-timeline.tsx'
import type { LoadedRunLog } from '#app/_hooks/use-run-log.ts'
import { waitingText } from '#lib/domain/run-events.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  run: LoadedRunLog
  running: boolean
  /** The earlier run the address names; null for the latest. */
  runId: string | null
  /** A page to point at. */
  page: string | null
}

/** A run, stage by stage, from its recorded events. */
export function ActivityLog({ row, run, running, runId, page }: Props) {
  const { log, loaded, problem } = run
  // How the latest run ended is told above with what it said.
  const told = new Set(running || runId !== null ? [] : row.warnings)
  const warnings = [...new Set(log.warnings)].filter((warning) => !told.has(warning))
  const waiting = running && loaded && log.stages.every((line) => line.mark === 'pending')
  return (
    <section aria-labelledby="log-heading">
      <h2 id="log-heading" className="mb-3 font-semibold text-[0.9375rem]">
        Activity log
      </h2>
      {problem && (
        <p role="alert" className="mb-3 rounded-md bg-amber-wash px-3 py-2 text-amber">
          The recorded events could not be read: {problem}
        </p>
      )}
      {waiting && (
        <p role="status" className="mb-3 text-ink-soft">
          {log.waitingAhead === null ? 'Waiting for its turn.' : waitingText(log.waitingAhead)}
        </p>
      )}
      {!running && <StageTimeline stages={log.stages} />}
      {loaded ? (
        <ol>
          {log.stages.map((line) => (
            <StageEntry key={line.stage} line={line} colored={!running && hasTimeline(log.stages)}>
              {/planning/.test(line.stage) && log.update && <PlannedChanges update={log.update} />}
              {line.stage === 'generating_pages' && line.mark !== 'skipped' && log.pages.length > 0 && (
                <PageLines
                  row={row}
                  pages={log.pages}
                  running={running}
                  over={line.mark !== 'active'}
                  runId={runId}
                  pointed={page}
                />
              )}
            </StageEntry>
          ))}
        </ol>
      ) : (
        <LogSkeleton />
      )}
      {warnings.length > 0 && (
        <ul className="mt-4 list-disc space-y-1 pl-5 text-ink-soft">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function LogSkeleton() {
  return (
    <div role="status" aria-label="Loading the activity log" className="space-y-4 pl-1">
      {['w-2/5', 'w-1/2', 'w-1/3', 'w-4/9', 'w-5/11', 'w-3/8'].map((width) => (
        <div key={width} className={`skeleton h-4 ${width}`} />
      ))}
    </div>
  )
}

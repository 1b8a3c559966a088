'use client'

import { useNow } from '#app/_hooks/use-now.ts'
import { type Estimate, estimateRemaining } from '#lib/domain/estimate.ts'
import { formatElapsed, formatExact, formatRough } from '#lib/domain/format-time.ts'
import type { RunLog } from '#lib/domain/run-log.ts'
import type { RunRow } from '#lib/domain/runs.ts'

interface Props {
  startedAt: string | null
  log: RunLog
  runs: readonly RunRow[]
}

/** Time gone since the run started and, when it can be known, what remains. Counts by the device's clock. */
export function RunClock({ startedAt, log, runs }: Props) {
  const nowMs = useNow(1_000)
  if (nowMs === null || startedAt === null) return null
  const elapsedMs = Math.max(0, nowMs - Date.parse(startedAt))
  const isWaiting = log.stages.every(({ mark }) => mark === 'pending')
  const estimate = estimateRemaining({ log, runs, nowMs })
  return (
    <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-ink-faint text-xs tabular-nums">
      <span title={`${isWaiting ? 'Asked for' : 'Started'} ${formatExact(startedAt)}`}>
        {isWaiting ? 'Waiting' : 'Running'} for {formatElapsed(elapsedMs)}
      </span>
      {estimate && <span title={basisOf(estimate)}>{remainsText(estimate)}</span>}
    </p>
  )
}

function remainsText({ remainingMs, until }: Estimate): string {
  return until === 'end'
    ? `${formatRough(remainingMs)} left`
    : `${formatRough(remainingMs)} until all pages are written`
}

function basisOf({ until }: Estimate): string {
  return until === 'end'
    ? 'Judged by what earlier runs took and the pages written so far'
    : 'Judged by the pages written so far; what follows has not been timed yet'
}

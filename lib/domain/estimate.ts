import type { RunLog, StageLine } from '#lib/domain/run-log.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import type { Stage } from '#lib/domain/stages.ts'

export interface Estimate {
  remainingMs: number
  /** `pages`: only until all pages are written; what follows is not known. */
  until: 'end' | 'pages'
}

export interface EstimateInput {
  log: RunLog
  /** Earlier runs of the variant, newest first. */
  runs: readonly RunRow[]
  nowMs: number
}

/** Fewer pages say too little about the next one. */
const ENOUGH_PAGES = 3
/** A stage that takes this many times as long as last time does something else than last time. */
const NOT_COMPARABLE = 2

/** What remains of a run, from its own pages and the last comparable run; null when that cannot be known. */
export function estimateRemaining({ log, runs, nowMs }: EstimateInput): Estimate | null {
  const current = log.stages.find((line) => line.mark === 'active')
  // While cloning nobody knows yet whether the plan will be full or incremental.
  if (!current?.startedAt || current.stage === 'cloning') return null
  const last = lastComparable(log, runs)
  const rest = last && restAfter(current, log, last)
  const pagesMs = current.stage === 'generating_pages' ? remainingPagesMs(log, current, nowMs) : null
  if (pagesMs !== null) return { remainingMs: pagesMs + (rest ?? 0), until: rest === null ? 'pages' : 'end' }
  const usualMs = last?.get(current.stage)
  if (usualMs === undefined || rest === null) return null
  const elapsedMs = Math.max(0, nowMs - Date.parse(current.startedAt))
  if (elapsedMs > usualMs * NOT_COMPARABLE) return null
  return { remainingMs: Math.max(0, usualMs - elapsedMs) + rest, until: 'end' }
}

/** Durations by stage of the newest run that finished and planned in the same way: in full or incrementally. */
function lastComparable(log: RunLog, runs: readonly RunRow[]): Map<Stage, number> | null {
  const planned = log.stages.find(({ stage }) => stage === 'planning' || stage === 'incremental_planning')?.stage
  const last = runs.find(
    (run) => run.state === 'ready' && !run.up_to_date && run.stages.some(({ stage }) => stage === planned),
  )
  return last ? new Map(last.stages.map(({ stage, duration_ms }) => [stage, duration_ms])) : null
}

function restAfter(current: StageLine, log: RunLog, last: Map<Stage, number>): number | null {
  const following = log.stages.slice(log.stages.indexOf(current) + 1).map(({ stage }) => last.get(stage))
  return following.reduce<number | null>((sum, ms) => (sum === null || ms === undefined ? null : sum + ms), 0)
}

/** Time for the pages that are not written yet, at the pace of those that were. */
function remainingPagesMs(log: RunLog, stage: StageLine, nowMs: number): number | null {
  const times = log.pages.flatMap(({ writtenAt, kept }) => (writtenAt && !kept ? [Date.parse(writtenAt)] : []))
  const missing = log.pages.filter(({ writtenAt }) => writtenAt === null).length
  if (times.length < ENOUGH_PAGES || missing === 0 || !stage.startedAt) return null
  const lastAt = Math.max(...times)
  const perPageMs = (lastAt - Date.parse(stage.startedAt)) / times.length
  return Math.max(0, perPageMs * missing - Math.max(0, nowMs - lastAt))
}

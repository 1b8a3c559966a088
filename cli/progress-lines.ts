import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import { type RunEvent, waitingText } from '#lib/domain/run-events.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'
import { duration, oneLine } from './output.ts'
import type { Progress } from './progress.ts'
import { updateLines } from './update-lines.ts'

/** Words inside a stage are told at most this often: a log must not grow with every received object. */
const QUIET_MS = 2_000

/** Progress as lines that may go into a file: one per stage start, stage end, page and warning. */
export function progressLines(write: (line: string) => void, now: () => number = () => performance.now()): Progress {
  let totalPages = 0
  let toldMs = 0

  function isTooSoon(event: RunEvent): boolean {
    if (event.kind !== 'stage_progress' && event.kind !== 'stage_started') return false
    if (event.kind === 'stage_progress' && now() - toldMs < QUIET_MS) return true
    toldMs = now()
    return false
  }

  function event(event: RunEvent): void {
    if (event.kind === 'plan_ready') totalPages = event.total_pages
    const line = isTooSoon(event) ? null : lineOf(event, totalPages)
    if (line !== null) write(line)
    const update = event.kind === 'plan_ready' ? parsePlanUpdate(event.plan_json) : null
    if (update) for (const told of updateLines(update)) write(`  ${told}`)
  }

  return { event, end: () => {} }
}

function lineOf(event: RunEvent, totalPages: number): string | null {
  switch (event.kind) {
    case 'waiting':
      return waitingText(event.ahead)
    case 'stage_started':
      return STAGE_LABELS[event.stage]
    case 'stage_progress':
      return `  ${oneLine(event.message)}${counted(event.done, event.total)}`
    case 'stage_finished':
      return finished(event)
    case 'commit_resolved':
      return `  Commit ${event.commit}`
    case 'plan_ready':
      return `  ${event.total_pages} pages planned${event.kept_pages ? `, ${event.kept_pages} of them unchanged` : ''}`
    case 'page_written':
      return `  ${event.page_count} of ${totalPages} pages: ${oneLine(event.title)}${event.kept ? ' (unchanged)' : ''}`
    case 'warning':
      return `Warning: ${oneLine(event.message)}`
    case 'tokens_used':
    case 'finished':
      return null
  }
}

/** How a stage ended, as a line. */
function finished(event: { stage: Stage; duration_ms: number; outcome: string }): string {
  return `${STAGE_LABELS[event.stage]}: ${event.outcome} in ${duration(event.duration_ms)}`
}

function counted(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return ''
  return total === undefined ? ` (${done})` : ` (${done} of ${total})`
}

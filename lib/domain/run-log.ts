import { parsePlan, planPages } from '#lib/domain/plan.ts'
import { type PlanUpdate, parsePlanUpdate } from '#lib/domain/plan-update.ts'
import type { RecordedEvent, RunEvent } from '#lib/domain/run-events.ts'
import { STAGES, type Stage, type TerminalStatus, UP_TO_DATE } from '#lib/domain/stages.ts'

export type LogMark = 'done' | 'active' | 'pending' | 'failed' | 'aborted' | 'degraded' | 'skipped'

export interface StageLine {
  stage: Stage
  mark: LogMark
  /** ISO 8601 UTC; null until the stage was entered. */
  startedAt: string | null
  durationMs: number | null
  /** What the stage says of itself: why it failed, or how far it is. */
  message: string | null
  /** Share of the stage that is done, where it is known. */
  fraction: number | null
}

export interface PageLine {
  slug: string
  title: string
  /** ISO 8601 UTC; null while the page is not yet written. */
  writtenAt: string | null
  /** Taken over unchanged from an earlier run. */
  kept: boolean
}

export interface RunLog {
  stages: StageLine[]
  pages: PageLine[]
  warnings: string[]
  /** Runs that wait before this one; null once it has begun, and before that is known. */
  waitingAhead: number | null
  /** What it said before it wrote: which pages change and why. Null before that. */
  update: PlanUpdate | null
  end: { status: TerminalStatus; upToDate: boolean; message: string | null; at: string } | null
}

/** What is known of a run besides its events: the row of its variant. */
export interface RunContext {
  currentStage: string | null
  planJson: string | null
  /** Null while the run goes on. */
  ended: TerminalStatus | null
}

/** Turns the recorded events of one run into what a person reads: a line per stage and a line per page. */
export function runLog(events: readonly RecordedEvent[], context: RunContext): RunLog {
  const end = endOf(events)
  const over = end?.status ?? context.ended
  const lines = shownStages(events, context.currentStage).map((stage) => stageLine(stage, events))
  const current = lines.findLast((line) => line.startedAt !== null)?.stage ?? context.currentStage
  return {
    stages: lines.map((line) =>
      settle(line, { current, over, upToDate: end?.upToDate ?? context.currentStage === UP_TO_DATE }),
    ),
    pages: pageLines(events, context.planJson),
    warnings: eventsOf(events, 'warning').map(({ event }) => event.message),
    waitingAhead: over === null && current === null ? (eventsOf(events, 'waiting').at(-1)?.event.ahead ?? null) : null,
    update: parsePlanUpdate(eventsOf(events, 'plan_ready').at(-1)?.event.plan_json),
    end,
  }
}

/** A run plans either in full or incrementally: the other planning stage is left out. */
function shownStages(events: readonly RecordedEvent[], currentStage: string | null): Stage[] {
  const incremental =
    currentStage === 'incremental_planning' ||
    eventsOf(events, 'stage_started').some(({ event }) => event.stage === 'incremental_planning')
  const full = eventsOf(events, 'stage_started').some(({ event }) => event.stage === 'planning')
  const left = incremental ? (full ? null : 'planning') : 'incremental_planning'
  return STAGES.filter((stage) => stage !== left)
}

function stageLine(stage: Stage, events: readonly RecordedEvent[]): StageLine {
  const started = eventsOf(events, 'stage_started').findLast(({ event }) => event.stage === stage)
  const finished = eventsOf(events, 'stage_finished').findLast(({ event }) => event.stage === stage)
  const progress = eventsOf(events, 'stage_progress').findLast(({ event }) => event.stage === stage)?.event
  const fraction = progress?.total ? Math.min(1, (progress.done ?? 0) / progress.total) : null
  return {
    stage,
    mark: finished ? finished.event.outcome : started ? 'active' : 'pending',
    startedAt: started?.at ?? null,
    durationMs: finished?.event.duration_ms ?? null,
    message: finished?.event.message ?? progress?.message ?? null,
    fraction: finished ? null : fraction,
  }
}

interface RunPosition {
  current: string | null
  over: TerminalStatus | null
  upToDate: boolean
}

/** Marks what no event could mark: a stage cut short by the end of its run, and stages that are not reached any more. */
function settle(line: StageLine, { current, over, upToDate }: RunPosition): StageLine {
  const isCurrent = line.stage === current
  if (over === null) return isCurrent && line.mark === 'pending' ? { ...line, mark: 'active' } : line
  if (line.mark === 'active')
    return { ...line, mark: over === 'aborted' ? 'aborted' : over === 'error' ? 'failed' : 'done' }
  if (line.mark !== 'pending') return line
  return upToDate || over !== 'ready' ? { ...line, mark: 'skipped' } : line
}

function pageLines(events: readonly RecordedEvent[], planJson: string | null): PageLine[] {
  const written = new Map<string, PageLine>()
  for (const { at, event } of eventsOf(events, 'page_written'))
    written.set(event.slug, { slug: event.slug, title: event.title, writtenAt: at, kept: event.kept })
  const plan = parsePlan(eventsOf(events, 'plan_ready').at(-1)?.event.plan_json ?? planJson)
  if (!plan) return [...written.values()]
  const planned = planPages(plan).map(
    ({ slug, title }) => written.get(slug) ?? { slug, title, writtenAt: null, kept: false },
  )
  const known = new Set(planned.map((page) => page.slug))
  return [...planned, ...[...written.values()].filter((page) => !known.has(page.slug))]
}

function endOf(events: readonly RecordedEvent[]): RunLog['end'] {
  const finished = eventsOf(events, 'finished').at(-1)
  if (!finished) return null
  const { status, up_to_date, message } = finished.event
  return { status, upToDate: up_to_date, message, at: finished.at }
}

type EventOf<Kind extends RunEvent['kind']> = RecordedEvent & { event: Extract<RunEvent, { kind: Kind }> }

function eventsOf<Kind extends RunEvent['kind']>(events: readonly RecordedEvent[], kind: Kind): EventOf<Kind>[] {
  return events.filter((recorded): recorded is EventOf<Kind> => recorded.event.kind === kind)
}

import type { CallingRun } from '#db/queries/ai-calls.ts'
import { recordProgress, type VariantProgress } from '#db/queries/run-events.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { announce, type ServerEvents } from '#lib/events.ts'
import { persist } from '#lib/jobs/persist.ts'
import { countPages } from '#lib/variant-folder.ts'

/** Progress inside a stage is told at most four times a second; everything else always. */
const PROGRESS_INTERVAL_MS = 250

export interface RecordedRun extends CallingRun {
  variantDir: string
}

interface Pending {
  at: string
  event: RunEvent
}
type Changed = ServerEvents['run_progress']['changed']

/**
 * Stores the events of a run in order, then announces them. Events that arrive while a write is under way are stored
 * together. `onStale` is called once when the run is no longer the variant's active one; what it spends is still recorded.
 */
export function recorderFor(run: RecordedRun, { signal, onStale }: { signal: AbortSignal; onStale: () => void }) {
  let pending: Pending[] = []
  let writing = Promise.resolve()
  let stale = false
  let lastProgressMs = Number.NEGATIVE_INFINITY
  const known: Changed = {}

  function push(event: RunEvent): void {
    if (event.kind === 'stage_progress' && tooSoon(event)) return
    pending.push({ at: new Date().toISOString(), event })
    if (pending.length === 1) writing = writing.then(flush)
  }

  function tooSoon(event: RunEvent & { kind: 'stage_progress' }): boolean {
    const now = performance.now()
    if (event.done !== event.total && now - lastProgressMs < PROGRESS_INTERVAL_MS) return true
    lastProgressMs = now
    return false
  }

  async function flush(): Promise<void> {
    const batch = pending
    pending = []
    if (batch.length === 0) return
    if (stale) return await keepSpent(batch)
    const counted = await countPages(run.variantDir)
    const told = batch.map(({ at, event }) => ({ at, event: withCount(event, counted) }))
    const changes = told.map(({ event }) => changeOf(event, counted))
    const recorded = await persist(signal, () =>
      recordProgress(run.runId, told, { ...columnsOf(told, counted), caller: run }),
    )
    if (!recorded) {
      stale = true
      onStale()
      return
    }
    const { identity, generationId, runId } = run
    for (const [index, one] of recorded.entries())
      announce('run_progress', { identity, generationId, runId, recorded: one, changed: news(changes[index] ?? {}) })
  }

  async function keepSpent(batch: Pending[]): Promise<void> {
    const spent = batch.filter(({ event }) => event.kind === 'tokens_used')
    if (spent.length > 0) await persist(signal, () => recordProgress(run.runId, spent, { caller: run }))
  }

  /** The fields whose value was not told before. */
  function news(changed: Changed): Changed {
    const fresh = Object.entries(changed).filter(([name, value]) => known[name as keyof Changed] !== value)
    Object.assign(known, changed)
    return Object.fromEntries(fresh)
  }

  return { push, settled: () => writing }
}

/** The number a person sees is the number of pages on disk, whatever the worker counted. */
function withCount(event: RunEvent, counted: number): RunEvent {
  return event.kind === 'page_written' ? { ...event, page_count: counted } : event
}

function changeOf(event: RunEvent, counted: number): Changed {
  if (event.kind === 'stage_started') return { current_stage: event.stage }
  if (event.kind === 'page_written') return { page_count: counted }
  if (event.kind === 'plan_ready') return { plan_json: event.plan_json, page_count: counted }
  return {}
}

function columnsOf(batch: Pending[], counted: number): VariantProgress {
  const columns: VariantProgress = {}
  for (const { event } of batch) {
    if (event.kind === 'stage_started') columns.currentStage = event.stage
    if (event.kind === 'page_written') columns.pageCount = counted
    if (event.kind === 'plan_ready')
      Object.assign(columns, { planJson: event.plan_json, totalPages: event.total_pages, pageCount: counted })
  }
  return columns
}

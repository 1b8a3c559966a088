import { and, asc, eq, gt, max } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
import { whileActive } from '#db/compare-and-set.ts'
import { type CallingRun, recordCalls } from '#db/queries/ai-calls.ts'
import { runEvents, variants } from '#db/schema.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'

/** What events change in the variant's row; absent: unchanged. */
export interface VariantProgress {
  currentStage?: Stage
  pageCount?: number
  totalPages?: number
  planJson?: string
  /** Whose calls of models are among the events. */
  caller?: CallingRun
}

type Unnumbered = Omit<RecordedEvent, 'seq'>

/** Appends an event to a run, numbered on from the last one. */
export async function recordEvent(tx: Transaction, runId: string, event: Unnumbered): Promise<RecordedEvent> {
  const [recorded] = await recordEvents(tx, runId, [event])
  if (!recorded) throw new Error('an event was not recorded')
  return recorded
}

async function recordEvents(tx: Transaction, runId: string, events: Unnumbered[]): Promise<RecordedEvent[]> {
  const [last] = await tx
    .select({ seq: max(runEvents.seq) })
    .from(runEvents)
    .where(eq(runEvents.runId, runId))
  const first = (last?.seq ?? 0) + 1
  const numbered = events.map(({ at, event }, index) => ({ seq: first + index, at, event }))
  await tx
    .insert(runEvents)
    .values(numbered.map(({ seq, at, event }) => ({ runId, seq, at, kind: event.kind, data: event })))
  return numbered
}

/**
 * Records what a run told and what it changes in the variant's row, in one transaction. Null when the run is not the
 * variant's active one any more: then nothing is kept but what calls of models took, which is spent all the same.
 */
export function recordProgress(
  runId: string,
  events: Unnumbered[],
  { caller, ...progress }: VariantProgress,
): Promise<RecordedEvent[] | null> {
  return write(async (tx) => {
    if (caller) await recordCalls(tx, caller, events)
    const updatedAt = events.at(-1)?.at ?? new Date().toISOString()
    const changed = await tx
      .update(variants)
      .set({ ...progress, updatedAt })
      .where(whileActive(runId))
    return changed.rowsAffected ? recordEvents(tx, runId, events) : null
  })
}

/** Events of a run with a number above `after`, in order, at most `limit`. */
export async function listEvents(runId: string, after: number, limit = 1000): Promise<RecordedEvent[]> {
  const rows = await reader()
    .select()
    .from(runEvents)
    .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, after)))
    .orderBy(asc(runEvents.seq))
    .limit(limit)
  return rows.map((row) => ({ seq: row.seq, at: row.at, event: row.data }))
}

import { and, asc, eq, gt, max, sql } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
import { whileActive } from '#db/compare-and-set.ts'
import { runEvents, runs, variants } from '#db/schema.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'

/** What calls of models used that were told just now. Kept whatever becomes of the run: it is spent. */
export interface Spent {
  inputTokens: number
  outputTokens: number
  costUsd: number
}

/** What events change in the variant's row; absent: unchanged. */
export interface VariantProgress {
  currentStage?: Stage
  pageCount?: number
  totalPages?: number
  planJson?: string
  spent?: Spent
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
 * Records what a run told and what it changes in the variant's row, in one transaction. Null, and nothing is kept, when
 * the run is not the variant's active one any more.
 */
export function recordProgress(
  runId: string,
  events: Unnumbered[],
  { spent, ...progress }: VariantProgress,
): Promise<RecordedEvent[] | null> {
  return write(async (tx) => {
    if (spent) await addSpent(tx, runId, spent)
    const updatedAt = events.at(-1)?.at ?? new Date().toISOString()
    const changed = await tx
      .update(variants)
      .set({ ...progress, updatedAt })
      .where(whileActive(runId))
    return changed.rowsAffected ? recordEvents(tx, runId, events) : null
  })
}

/** Records what calls of models used, whether or not the run is still the variant's active one. */
export function recordSpent(runId: string, spent: Spent): Promise<void> {
  return write((tx) => addSpent(tx, runId, spent))
}

async function addSpent(tx: Transaction, runId: string, { inputTokens, outputTokens, costUsd }: Spent): Promise<void> {
  const [run] = await tx
    .update(runs)
    .set({
      inputTokens: sql`${runs.inputTokens} + ${inputTokens}`,
      outputTokens: sql`${runs.outputTokens} + ${outputTokens}`,
      costUsd: sql`${runs.costUsd} + ${costUsd}`,
    })
    .where(eq(runs.id, runId))
    .returning({ variantId: runs.variantId })
  if (!run) return
  await tx
    .update(variants)
    .set({ totalCostUsd: sql`coalesce(${variants.totalCostUsd}, 0) + ${costUsd}` })
    .where(eq(variants.id, run.variantId))
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

import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { reader, type Transaction } from '#db/client.ts'
import { runSummaries, runs } from '#db/schema.ts'

/** Keeps what a run knew, given as base64, for as long as its row. */
export async function keepSummary(tx: Transaction, runId: string, packed: string): Promise<void> {
  await tx
    .insert(runSummaries)
    .values({ runId, packed: Buffer.from(packed, 'base64') })
    .onConflictDoNothing()
}

export interface SummaryRow {
  runId: string
  commit: string
  finishedAt: string | null
  packed: Uint8Array
}

/** The newest runs of a variant that left a summary, newest first. */
export function listSummaries(variantId: string, limit: number): Promise<SummaryRow[]> {
  return reader()
    .select({ runId: runs.id, commit: runs.toCommit, finishedAt: runs.finishedAt, packed: runSummaries.packed })
    .from(runSummaries)
    .innerJoin(runs, eq(runs.id, runSummaries.runId))
    .where(and(eq(runs.variantId, variantId), isNotNull(runs.toCommit)))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(limit)
    .then((rows) => rows.map((row) => ({ ...row, commit: row.commit ?? '' })))
}

/** The summary of a run, or, when it found nothing to do, of the newest run of the variant that was at its commit. */
export async function findSummary(
  variantId: string,
  run: { id: string; toCommit: string | null },
): Promise<SummaryRow | null> {
  const columns = { runId: runs.id, commit: runs.toCommit, finishedAt: runs.finishedAt, packed: runSummaries.packed }
  const own = await reader()
    .select(columns)
    .from(runSummaries)
    .innerJoin(runs, eq(runs.id, runSummaries.runId))
    .where(eq(runs.id, run.id))
  const same =
    own.length > 0 || run.toCommit === null
      ? own
      : await reader()
          .select(columns)
          .from(runSummaries)
          .innerJoin(runs, eq(runs.id, runSummaries.runId))
          .where(and(eq(runs.variantId, variantId), eq(runs.toCommit, run.toCommit)))
          .orderBy(desc(runs.queuedAt))
          .limit(1)
  const [row] = same
  return row ? { ...row, commit: row.commit ?? '' } : null
}

import { and, desc, eq, isNotNull, lt, or, type SQL } from 'drizzle-orm'
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
  queuedAt: string
  finishedAt: string | null
  packed: Uint8Array
}

/** The newest run of a variant that left a summary. */
export async function newestSummary(variantId: string): Promise<SummaryRow | null> {
  const [row] = await summaries(1, eq(runs.variantId, variantId), isNotNull(runs.toCommit))
  return row ?? null
}

/** The run of a variant that left a summary last before this one; null for the first one. */
export async function summaryBefore(variantId: string, { runId, queuedAt }: SummaryRow): Promise<SummaryRow | null> {
  const isEarlier = or(lt(runs.queuedAt, queuedAt), and(eq(runs.queuedAt, queuedAt), lt(runs.id, runId)))
  const [row] = await summaries(1, eq(runs.variantId, variantId), isNotNull(runs.toCommit), isEarlier)
  return row ?? null
}

/** The summary of a run, or, when it found nothing to do, of the newest run of the variant that was at its commit. */
export async function findSummary(
  variantId: string,
  run: { id: string; toCommit: string | null },
): Promise<SummaryRow | null> {
  const [own] = await summaries(1, eq(runs.id, run.id))
  if (own || run.toCommit === null) return own ?? null
  const [same] = await summaries(1, eq(runs.variantId, variantId), eq(runs.toCommit, run.toCommit))
  return same ?? null
}

/** Newest first. */
async function summaries(limit: number, ...conditions: (SQL | undefined)[]): Promise<SummaryRow[]> {
  const rows = await reader()
    .select({
      runId: runs.id,
      commit: runs.toCommit,
      queuedAt: runs.queuedAt,
      finishedAt: runs.finishedAt,
      packed: runSummaries.packed,
    })
    .from(runSummaries)
    .innerJoin(runs, eq(runs.id, runSummaries.runId))
    .where(and(...conditions))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(limit)
  return rows.map((row) => ({ ...row, commit: row.commit ?? '' }))
}

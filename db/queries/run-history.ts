import { and, eq, sql } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { runEvents, runs, variants } from '#db/schema.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'

export interface Retention {
  /** Runs of each variant that are kept, the newest first. */
  keepRuns: number
  /** Runs that were queued before are removed; null: age does not matter. ISO 8601 UTC. */
  notBefore: string | null
}

/**
 * Removes the runs that are no longer to be kept, with their events: of one variant, or for null of all. Never one that
 * waits or works, the newest, or the one whose site is published. Returns how many.
 */
export async function pruneRuns(variantId: string | null, { keepRuns, notBefore }: Retention): Promise<number> {
  const ofVariant = variantId === null ? sql`1 = 1` : sql`${runs.variantId} = ${variantId}`
  const removed = await write((tx) =>
    tx.delete(runs).where(sql`${runs.id} in (
      select id from (
        select id, queued_at, state,
          row_number() over (partition by variant_id order by queued_at desc, id desc) as place
        from ${runs} where ${ofVariant}
      )
      where (place > ${keepRuns} or queued_at < ${notBefore ?? ''})
        and state not in ('waiting', 'running')
        and id not in (select run_id from ${variants} where run_id is not null)
        and id not in (select site_run_id from ${variants} where site_run_id is not null)
    )`),
  )
  return removed.rowsAffected
}

/** Whether a run has told something of this kind. */
export async function hasTold(runId: string, kind: RunEvent['kind']): Promise<boolean> {
  const found = await reader()
    .select({ seq: runEvents.seq })
    .from(runEvents)
    .where(and(eq(runEvents.runId, runId), eq(runEvents.kind, kind)))
    .limit(1)
  return found.length > 0
}

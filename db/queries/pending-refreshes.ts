import { asc, eq } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { pendingRefreshes, runs, variants } from '#db/schema.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'

export type PendingRefresh = typeof pendingRefreshes.$inferSelect

/**
 * Remembers that a variant is to be generated once more when its run has ended. `waiting`: its run has not begun, so it
 * will see what was pushed anyway; `idle`: no run is active. Nothing is remembered then.
 */
export function rememberRefresh(variantId: string, trigger: RunTrigger): Promise<'remembered' | 'waiting' | 'idle'> {
  const requestedAt = new Date().toISOString()
  return write(async (tx) => {
    const [active] = await tx
      .select({ state: runs.state, status: variants.status })
      .from(variants)
      .innerJoin(runs, eq(runs.id, variants.runId))
      .where(eq(variants.id, variantId))
    if (active?.status !== 'generating') return 'idle'
    if (active.state === 'waiting') return 'waiting'
    await tx.insert(pendingRefreshes).values({ variantId, trigger, requestedAt }).onConflictDoNothing()
    return 'remembered'
  })
}

/** Remembers it whether a run is active or not, for the next start of the server. */
export async function rememberForNextStart(variantId: string, trigger: RunTrigger): Promise<void> {
  const requestedAt = new Date().toISOString()
  await write((tx) => tx.insert(pendingRefreshes).values({ variantId, trigger, requestedAt }).onConflictDoNothing())
}

/** Forgets what was remembered for a variant and returns it; null when there is nothing. */
export function takePendingRefresh(variantId: string): Promise<PendingRefresh | null> {
  return write(async (tx) => {
    const [taken] = await tx.delete(pendingRefreshes).where(eq(pendingRefreshes.variantId, variantId)).returning()
    return taken ?? null
  })
}

/** Variants that something is remembered for, the oldest first. */
export async function variantsWithPendingRefresh(): Promise<string[]> {
  const rows = await reader()
    .select({ id: pendingRefreshes.variantId })
    .from(pendingRefreshes)
    .orderBy(asc(pendingRefreshes.requestedAt))
  return rows.map(({ id }) => id)
}

import { and, asc, eq } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
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
    await put(tx, { variantId, trigger, requestedAt })
    return 'remembered'
  })
}

/** Remembers it whether a run is active or not, for the next start of the server. */
export async function rememberForNextStart(variantId: string, trigger: RunTrigger): Promise<void> {
  const requestedAt = new Date().toISOString()
  await write((tx) => put(tx, { variantId, trigger, requestedAt }))
}

/** The latest time counts, so that who has followed an earlier one does not forget this one with it. */
async function put(tx: Transaction, refresh: PendingRefresh): Promise<void> {
  const set = { requestedAt: refresh.requestedAt }
  await tx.insert(pendingRefreshes).values(refresh).onConflictDoUpdate({ target: pendingRefreshes.variantId, set })
}

/** What is remembered for a variant; null for nothing. */
export async function findPendingRefresh(variantId: string): Promise<PendingRefresh | null> {
  const [found] = await reader().select().from(pendingRefreshes).where(eq(pendingRefreshes.variantId, variantId))
  return found ?? null
}

/** Forgets what was seen; what was asked for later stays. */
export async function forgetPendingRefresh({ variantId, requestedAt }: PendingRefresh): Promise<void> {
  const seen = and(eq(pendingRefreshes.variantId, variantId), eq(pendingRefreshes.requestedAt, requestedAt))
  await write((tx) => tx.delete(pendingRefreshes).where(seen))
}

/** Variants that something is remembered for, the oldest first. */
export async function variantsWithPendingRefresh(): Promise<string[]> {
  const rows = await reader()
    .select({ id: pendingRefreshes.variantId })
    .from(pendingRefreshes)
    .orderBy(asc(pendingRefreshes.requestedAt))
  return rows.map(({ id }) => id)
}

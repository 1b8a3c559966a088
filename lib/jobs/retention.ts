import { pruneRuns } from '#db/queries/run-history.ts'
import { config } from '#lib/config.ts'
import { log } from '#lib/log.ts'

/** Forgets runs that the settings no longer keep, of one variant or for null of all. A failure is only logged. */
export async function forgetOldRuns(variantId: string | null): Promise<void> {
  const { keepRuns, keepRunsMs } = config()
  const notBefore = keepRunsMs === null ? null : new Date(Date.now() - keepRunsMs).toISOString()
  try {
    const removed = await pruneRuns(variantId, { keepRuns, notBefore })
    if (removed > 0) log.info('old runs were removed from the history', { runs: removed })
  } catch (error) {
    log.error('old runs could not be removed from the history', { error })
  }
}

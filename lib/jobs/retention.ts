import { foldCalls } from '#db/queries/fold-calls.ts'
import { pruneRuns } from '#db/queries/run-history.ts'
import { config } from '#lib/config.ts'
import { monthOf } from '#lib/domain/spending.ts'
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

/** Folds the calls of models before the last twelve months into months. A failure is only logged. */
export async function foldOldCalls(now = new Date()): Promise<void> {
  const year = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), 1))
  try {
    const calls = await foldCalls(monthOf(year))
    if (calls > 0) log.info('calls of models before the last twelve months were summed up by month', { calls })
  } catch (error) {
    log.error('old calls of models could not be summed up', { error })
  }
}

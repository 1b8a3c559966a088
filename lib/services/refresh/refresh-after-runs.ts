import { findPendingRefresh, forgetPendingRefresh, variantsWithPendingRefresh } from '#db/queries/pending-refreshes.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { isDocsfyError, messageFor } from '#lib/errors.ts'
import { listen } from '#lib/events.ts'
import { log } from '#lib/log.ts'
import { refreshVariant } from '#lib/services/refresh/refresh-variant.ts'

/** Starts what was pushed before an earlier stop of the server and not followed yet. Call once, before runs are taken. */
export async function refreshRemembered(): Promise<void> {
  for (const variantId of await variantsWithPendingRefresh()) await refreshIfRemembered(variantId)
}

/**
 * Starts what was pushed while a run worked, as soon as that run has ended. Who aborts a run also takes back what waits
 * behind it. Returns the stop, which waits for what is under way.
 */
export function refreshAfterRuns(): () => Promise<void> {
  let last = Promise.resolve()
  const silence = listen('run_ended', ({ generationId, result }) => {
    last = last
      .then(() => (result.status === 'aborted' ? forget(generationId) : refreshIfRemembered(generationId)))
      .catch((error) => log.error('a pushed change could not be followed', { error }))
  })
  return async () => {
    silence()
    await last
  }
}

/** Forgotten only when a run stands for it: what cannot be started now, because the server stops or its disk is full, stays. */
async function refreshIfRemembered(variantId: string): Promise<void> {
  const seen = await findPendingRefresh(variantId)
  const variant = seen && (await findVariantById(variantId))
  if (!variant) return
  try {
    if ((await refreshVariant(variant, seen.trigger)) === 'after_run') return
  } catch (error) {
    log.warn('a pushed change could not be followed', { project: variant.name, reason: messageFor(error) })
    if (isDocsfyError(error) && error.code === 'unavailable') return
  }
  await forgetPendingRefresh(seen)
}

async function forget(variantId: string): Promise<void> {
  const seen = await findPendingRefresh(variantId)
  if (seen) await forgetPendingRefresh(seen)
}

import { findVariantById } from '#db/queries/variants.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'
import { resumeRun } from '#lib/jobs/queue.ts'
import { log } from '#lib/log.ts'
import { allowedRepository } from '#lib/services/refresh/refresh-variant.ts'

export interface InterruptedRun {
  variantId: string
  requestedBy: string
  trigger: RunTrigger
}

/**
 * Queues the runs again that a stop of the server has interrupted, in their order. A run that was queued in this way
 * itself is left alone, so that one which brings the server down does not do so for ever; so is one whose owner may not
 * have the repository documented any more.
 */
export async function resumeInterrupted(runs: readonly InterruptedRun[]): Promise<void> {
  for (const { variantId, requestedBy, trigger } of runs) {
    const variant = trigger === 'restart' ? null : await findVariantById(variantId)
    if (!variant) continue
    await allowedRepository(variant)
      .then(() => resumeRun(variant, { trigger: 'restart', requestedBy }))
      .catch((error) => log.error('an interrupted run could not be resumed', { variant: variantId, error }))
  }
}

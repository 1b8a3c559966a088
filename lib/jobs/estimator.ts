import type { Job, Outcome } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { remember } from '#lib/remember.ts'

export interface Estimated {
  outcome: Outcome
  /** Null when there is nothing to do, or it failed. */
  planned: Extract<RunEvent, { kind: 'plan_ready' }> | null
}

/** Finds out what a run of this job would write and need. Throws `too_many_requests`, `timed_out` and `aborted`. */
export type Estimate = (job: Job, asked: { user: string; signal: AbortSignal }) => Promise<Estimated>

/** Who makes estimates: the server, because the bundle of the routes cannot start its processes. Null while it does not run. */
export function estimator(): { estimate: Estimate | null } {
  return remember('estimator', () => ({ estimate: null }))
}

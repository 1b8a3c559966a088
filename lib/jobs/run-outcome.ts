import type { Outcome } from '#lib/domain/job.ts'
import type { WorkerEnd } from '#lib/jobs/worker-process.ts'

interface EndedWorker {
  end: WorkerEnd
  durationMs: number
  /** Whether a person, or the stop of the server, has asked the worker to end. */
  aborted: boolean
}

/** The outcome of a run whose worker is gone: what it reported, unless a limit or somebody else ended it before that. */
export function outcomeOf(reported: Outcome | null, { end, durationMs, aborted }: EndedWorker): Outcome {
  if (reported?.status === 'ready') return reported
  if (end.limit || !reported) return withoutResult(end.limit ?? end.problem ?? NO_RESULT, durationMs)
  return aborted || reported.status !== 'aborted' ? reported : { ...reported, status: 'error', message: FROM_OUTSIDE }
}

const NO_RESULT = 'The worker process of this run ended without a result: resume the run, or start the generation again'
const FROM_OUTSIDE =
  'The worker process of this run was stopped from outside: resume the run, or start the generation again'

/** The outcome of a run that ended with nothing but this sentence. */
export function withoutResult(message: string, durationMs = 0): Outcome {
  return {
    status: 'error',
    upToDate: false,
    commit: null,
    branch: null,
    repoType: null,
    pageCount: 0,
    totalPages: 0,
    warnings: [],
    siteDir: null,
    message,
    durationMs,
    stages: [],
  }
}

import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { config } from '#lib/config.ts'
import type { Job, Outcome } from '#lib/domain/job.ts'
import { abortError, DocsfyError } from '#lib/errors.ts'
import { type Estimated, estimator } from '#lib/jobs/estimator.ts'
import { startWorker } from '#lib/jobs/worker-process.ts'

/** Fetching and reading a repository takes seconds, of the largest ones minutes. */
const LONGEST_MS = 600_000
const SILENCE_MS = 60_000
/** Each takes the memory of a run. */
const MOST_AT_ONCE = 2
/** Users who wait for theirs. */
const waiting = new Set<string>()

/** Makes estimates from now on. Returns the stop, which ends those under way. */
export function openEstimates(): () => void {
  const closing = new AbortController()
  estimator().estimate = (job, { user, signal }) =>
    estimateRun(job, { user, signal: AbortSignal.any([signal, closing.signal]) })
  return () => {
    estimator().estimate = null
    closing.abort()
  }
}

/** Folder for what estimates fetch; emptied when the server starts. */
export function estimatesFolder(dataDir: string): string {
  return join(dataDir, 'estimates')
}

/**
 * What a run of this job would write and need, found out by a process with the limits of a run and without waiting for one.
 * Throws `too_many_requests` while `user` or too many others wait for theirs, and `aborted`.
 */
async function estimateRun(job: Job, { user, signal }: { user: string; signal: AbortSignal }): Promise<Estimated> {
  if (waiting.has(user) || waiting.size >= MOST_AT_ONCE)
    throw new DocsfyError('too_many_requests', 'Another estimate is being made: try again when it is there', {
      retryAfterSeconds: 10,
    })
  const { dataDir, maxRunMemoryMb: memoryMb } = config()
  // Processes are found by this id when one is over: it must not be that of another estimate.
  const runId = `estimate-${randomUUID()}`
  const storeDir = join(estimatesFolder(dataDir), `${runId}.git`)
  waiting.add(user)
  try {
    return await ask({ ...job, runId, storeDir, onlyPlan: { knownStoreDir: job.storeDir } }, { memoryMb, signal })
  } finally {
    waiting.delete(user)
    await rm(storeDir, { recursive: true, force: true })
  }
}

async function ask(job: Job, { memoryMb, signal }: { memoryMb: number; signal: AbortSignal }): Promise<Estimated> {
  if (signal.aborted) throw abortError()
  let outcome: Outcome | null = null
  let planned: Estimated['planned'] = null
  const worker = startWorker(job, {
    limits: { memoryMb, timeoutMs: LONGEST_MS, silenceMs: SILENCE_MS },
    onMessage(message) {
      if (message.type === 'outcome') outcome = message.outcome
      if (message.type === 'event' && message.event.kind === 'plan_ready') planned = message.event
    },
  })
  const onAbort = () => worker.kill()
  signal.addEventListener('abort', onAbort, { once: true })
  const end = await worker.ended
  signal.removeEventListener('abort', onAbort)
  if (signal.aborted) throw abortError()
  if (outcome === null || end.limit !== null)
    throw new DocsfyError('timed_out', end.limit ?? end.problem ?? 'The estimate ended without a result: try again')
  return { outcome, planned }
}

import { type ActiveRunRow, lastStartedBy, listActiveRuns } from '#db/queries/queue.ts'
import { hasTold } from '#db/queries/run-history.ts'
import { abortRun, type Ended, findRun, type Started, type StartInput, startRun } from '#db/queries/runs.ts'
import type { StoredVariant } from '#db/queries/variants.ts'
import { config } from '#lib/config.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { type QueueLimits, startOrder } from '#lib/domain/queue-order.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'
import { announce } from '#lib/events.ts'
import { remember } from '#lib/remember.ts'

/** A run whose worker process has not ended. */
export interface ActiveRun {
  runId: string
  variantId: string
  /** Resolves when the process and all it started are gone and nothing of it is written any more. */
  gone: Promise<void>
}

/** Runs with a process, by run id; filled by the runner. */
export function activeRuns(): Map<string, ActiveRun> {
  return remember('active-runs', () => new Map())
}

/** How many runs the settings let work at the same time. */
export function queueLimits(): QueueLimits {
  const { maxConcurrentRuns: maxRunning, maxRunsPerUser: maxPerUser, maxRunsPerProvider: perProvider } = config()
  return { maxRunning, maxPerUser, perProvider }
}

/** Runs that work, oldest first, and runs that wait, in the order in which they are going to start. */
export async function activeInOrder(): Promise<{ running: ActiveRunRow[]; waiting: ActiveRunRow[] }> {
  const active = (await listActiveRuns()).map((run) => ({ ...run, user: run.requestedBy }))
  const running = active.filter((run) => run.state === 'running').sort(byStart)
  const waiting = active.filter((run) => run.state === 'waiting')
  const lastStarted = await lastStartedBy(new Set(waiting.map(({ user }) => user)))
  return { running, waiting: startOrder({ waiting, running, lastStarted }, queueLimits()) }
}

function byStart(left: ActiveRunRow, right: ActiveRunRow): number {
  return (left.startedAt ?? '') < (right.startedAt ?? '') ? -1 : 1
}

/** Whether runs are queued in this process: not while the server stops. */
export function intake(): { isOpen: boolean } {
  return remember('run-intake', () => ({ isOpen: true }))
}

/** Queues a run and wakes the runner. Null when the variant is generating already. Throws `unavailable` when the server stops. */
export async function enqueueRun(input: StartInput): Promise<Started | null> {
  if (!intake().isOpen)
    throw new DocsfyError('unavailable', 'This server is being stopped and starts nothing new: try again in a minute')
  const started = await startRun(input)
  if (!started) return null
  const { runId, variantId: generationId, projectName: name, pageCount } = started
  const { owner, branch, provider, model } = input
  announce('run_waiting', { identity: { owner, name, branch, provider, model }, generationId, runId, pageCount })
  return started
}

interface ResumeRequest {
  trigger: RunTrigger
  requestedBy: string
}

/**
 * Queues a run that goes on where the last one of the variant stopped: as it was asked for, keeping the pages it has
 * written. Null when the variant is generating already, or gone.
 */
export async function resumeRun(variant: StoredVariant, request: ResumeRequest): Promise<Started | null> {
  const { owner, canonicalUrl, kind, name, branch, provider, model } = variant
  const last = variant.runId ? await findRun(variant.id, variant.runId) : null
  // What a forced run has written replaces everything from the moment it has a plan; before that, all is still to do.
  const force = last?.force === true && !(await hasTold(last.id, 'plan_ready'))
  return await enqueueRun({
    owner,
    variantId: variant.id,
    repository: { canonicalUrl, kind, name, org: null },
    branch,
    provider,
    model,
    force,
    repoType: last?.repoType ?? null,
    ...request,
    ownerIsAccount: owner !== ADMIN_USERNAME,
  })
}

/** Ends the variant's run as aborted and has its process stopped. False when none is active. */
export async function abortActiveRun(generationId: string, identity: VariantIdentity): Promise<boolean> {
  const ended = await abortRun(generationId)
  if (!ended) return false
  announce('run_aborted', { runId: ended.runId })
  announceEnd(identity, ended)
  return true
}

/** Tells that a variant reached a terminal status. */
export function announceEnd(identity: VariantIdentity, { runId, recorded, variant }: Ended): void {
  const { status, currentStage, pageCount, lastGenerated, lastCommitSha, errorMessage } = variant
  const result = { status, currentStage, pageCount, lastGenerated, lastCommitSha, errorMessage }
  announce('run_ended', { identity, generationId: variant.id, runId, recorded, result })
}

/** Folders of variants that are being removed; no run may start writing into one before that is done. */
export function foldersInRemoval(): Map<string, Promise<void>> {
  return remember('folders-in-removal', () => new Map())
}

/** Removes what is left on disk of variants whose rows are gone, as soon as no process writes to it. */
export async function removeWhenUnused(
  variants: { id: string; folder: string }[],
  remove: (folder: string) => Promise<void>,
): Promise<void> {
  await Promise.all(
    variants.map(({ id, folder }) => {
      const writing = [...activeRuns().values()].filter((run) => run.variantId === id).map((run) => run.gone)
      const removal = Promise.all(writing)
        .then(() => remove(folder))
        .finally(() => foldersInRemoval().delete(folder))
      foldersInRemoval().set(folder, removal)
      return removal
    }),
  )
}

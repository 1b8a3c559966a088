import { type ClaimedRun, claimRun } from '#db/queries/queue.ts'
import { finishRun } from '#db/queries/runs.ts'
import { credentialForRun } from '#lib/auth/repository-credentials.ts'
import type { Job, Outcome } from '#lib/domain/job.ts'
import { listen } from '#lib/events.ts'
import { identityOfRun, jobOf } from '#lib/jobs/job-of.ts'
import { discardRun, keepOnlySite } from '#lib/jobs/leftovers.ts'
import type { FromWorker } from '#lib/jobs/messages.ts'
import { persist } from '#lib/jobs/persist.ts'
import { type ActiveRun, activeRuns, announceEnd, foldersInRemoval, queueLimits } from '#lib/jobs/queue.ts'
import { recorderFor } from '#lib/jobs/recorder.ts'
import { waitingTeller } from '#lib/jobs/waiting.ts'
import { startWorker, type WorkerProcess } from '#lib/jobs/worker-process.ts'
import { log } from '#lib/log.ts'

interface RunningRun extends ActiveRun {
  worker: WorkerProcess
  /** The repository it is fetching; null once it has left `cloning`, or for a local one. */
  fetching: string | null
  aborted: boolean
}

/** Starts waiting runs in worker processes as the limits allow, and follows them to their end. Returns the stop. */
export function startRunner(): () => Promise<void> {
  const running = new Map<string, RunningRun>()
  const stopping = new AbortController()
  const tellWaiting = waitingTeller()
  let claiming = Promise.resolve()

  function wake(): void {
    claiming = claiming.then(claimAll).catch((error) => log.error('waiting runs could not be started', { error }))
  }

  async function claimAll(): Promise<void> {
    while (!stopping.signal.aborted) {
      const active = [...running.values()]
      const run = await claimRun({
        ...queueLimits(),
        busyVariants: active.map((one) => one.variantId),
        busyRepositories: active.flatMap((one) => (one.fetching ? [one.fetching] : [])),
      })
      if (!run) return await tellWaiting()
      const job = jobOf(run)
      await foldersInRemoval().get(job.variantDir)
      launch(run, { ...job, credential: run.kind === 'url' ? await credentialForRun(run) : null })
    }
  }

  function launch(run: ClaimedRun, job: Job): void {
    const startedMs = performance.now()
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    const { variantDir } = job
    const recorded = { runId: run.runId, generationId: run.variantId, identity: identityOfRun(run), variantDir }
    const recorder = recorderFor(recorded, { signal: stopping.signal, onStale: () => abort(run.runId) })
    let outcome: Outcome | null = null
    const worker = startWorker(job, (message: FromWorker) => {
      if (message.type === 'outcome') outcome = message.outcome
      else recorder.push(message.event)
      if (message.type === 'event' && message.event.kind === 'stage_started' && message.event.stage !== 'cloning')
        leftCloning(run.runId)
    })
    const fetching = job.source.kind === 'url' ? run.canonicalUrl : null
    const active = { runId: run.runId, variantId: run.variantId, gone, worker, fetching, aborted: false }
    running.set(run.runId, active)
    activeRuns().set(run.runId, active)
    log.info('a run starts', { runId: run.runId, project: run.name, branch: run.branch })
    void worker.ended
      .then(async ({ problem }) => {
        await recorder.settled()
        const durationMs = Math.round(performance.now() - startedMs)
        await settle(active, outcome ?? crashed(problem, durationMs), recorded)
      })
      .catch((error) => log.error('a run could not be closed', { runId: run.runId, error }))
      .finally(() => {
        running.delete(run.runId)
        activeRuns().delete(run.runId)
        resolve()
        wake()
      })
  }

  async function settle(active: RunningRun, reported: Outcome, run: Parameters<typeof recorderFor>[0]): Promise<void> {
    if (stopping.signal.aborted) return
    const outcome = active.aborted || reported.status !== 'aborted' ? reported : stoppedFromOutside(reported)
    const ended = await persist(stopping.signal, () => finishRun(run.runId, outcome))
    log.info('a run ended', { runId: run.runId, status: ended ? outcome.status : 'discarded' })
    if (!ended) return discardRun(run.variantDir, run.runId)
    announceEnd(run.identity, ended)
    if (outcome.status === 'ready' && !outcome.upToDate) await keepOnlySite(run.variantDir, run.runId)
  }

  function abort(runId: string): void {
    const run = running.get(runId)
    if (!run || run.aborted) return
    run.aborted = true
    run.worker.abort()
  }

  function leftCloning(runId: string): void {
    const run = running.get(runId)
    if (!run?.fetching) return
    run.fetching = null
    wake()
  }

  const silence = [
    listen('run_waiting', wake),
    listen('run_aborted', ({ runId }) => {
      abort(runId)
      wake()
    }),
    listen('variants_removed', ({ variantIds }) => {
      for (const run of running.values()) if (variantIds.includes(run.variantId)) run.worker.kill()
    }),
  ]
  wake()

  return async () => {
    for (const stop of silence) stop()
    stopping.abort()
    await claiming
    for (const run of running.values()) run.worker.abort()
    await Promise.all([...running.values()].map((run) => run.gone))
  }
}

function crashed(problem: string | null, durationMs: number): Outcome {
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
    message: problem ?? 'The worker process of this run ended without a result: start the generation again',
    durationMs,
    stages: [],
  }
}

function stoppedFromOutside(outcome: Outcome): Outcome {
  return {
    ...outcome,
    status: 'error',
    message: 'The worker process of this run was stopped from outside: start the generation again',
  }
}

import { type ClaimedRun, claimRun } from '#db/queries/queue.ts'
import { finishRun } from '#db/queries/runs.ts'
import { steeringOf } from '#db/queries/steering.ts'
import { credentialForRun } from '#lib/auth/repository-credentials.ts'
import { config } from '#lib/config.ts'
import { factsFolder, variantFolder } from '#lib/domain/folders.ts'
import type { Job, Outcome } from '#lib/domain/job.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { messageFor } from '#lib/errors.ts'
import { listen } from '#lib/events.ts'
import { identityOfRun, jobOf } from '#lib/jobs/job-of.ts'
import { discardRun, keepOnlySite, removeTemporaries, removeUnfinished } from '#lib/jobs/leftovers.ts'
import type { RunMessage } from '#lib/jobs/messages.ts'
import { persist } from '#lib/jobs/persist.ts'
import { type ActiveRun, activeRuns, announceEnd, foldersInRemoval, intake, queueLimits } from '#lib/jobs/queue.ts'
import { type RecordedRun, recorderFor } from '#lib/jobs/recorder.ts'
import { foldOldCalls, forgetOldRuns } from '#lib/jobs/retention.ts'
import { outcomeOf, withoutResult } from '#lib/jobs/run-outcome.ts'
import { type RunPurse, runPurse } from '#lib/jobs/run-purse.ts'
import { waitingTeller } from '#lib/jobs/waiting.ts'
import type { RunLimits } from '#lib/jobs/watchdog.ts'
import { startWorker, type WorkerProcess } from '#lib/jobs/worker-process.ts'
import { log } from '#lib/log.ts'

/** Longer than any one step of a worker keeps it from its messages, also on a busy machine. */
const SILENCE_MS = 60_000

/** When the server stops, a run in its last stage may take so long to end by itself. */
const LAST_STAGE_MS = 500
/** Afterwards nothing is recorded any more: the server has ten seconds in all. */
const LEAVE_MS = 9000

const BEGINNING = { stage: null, aborted: false }

interface RunningRun extends ActiveRun {
  worker: WorkerProcess
  /** Its repository's store and facts, which runs of other variants may use, too. */
  storeDir: string
  /** The repository it is fetching; null once it has left `cloning`, or for a local one. */
  fetching: string | null
  stage: Stage | null
  aborted: boolean
}

/** Starts waiting runs in worker processes as the limits allow, and follows them to their end. Returns the stop. */
export function startRunner(): () => Promise<void> {
  const running = new Map<string, RunningRun>()
  const stopping = new AbortController()
  const leaving = new AbortController()
  intake().isOpen = true
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
      await prepare(run)
        .then((job) => launch(run, job))
        .catch((error) => failToStart(run, error, leaving.signal))
    }
  }

  function launch(run: ClaimedRun, job: Job): void {
    const startedMs = performance.now()
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    const recorded = recordedRun(run)
    const recorder = recorderFor(recorded, { signal: leaving.signal, onStale: () => abort(active) })
    const purse = runPurse(recorded)
    let outcome: Outcome | null = null
    const worker = startWorker(job, {
      limits: runLimits(),
      onMessage(message) {
        if (message.type === 'outcome') outcome = message.outcome
        else if (message.type === 'event') recorder.push(message.event)
        else void spend(message, { worker, purse, recorder })
        if (message.type === 'event' && message.event.kind === 'stage_started') enterStage(active, message.event.stage)
      },
    })
    const fetching = job.source.kind === 'url' ? run.canonicalUrl : null
    const { runId, variantId } = run
    const { storeDir } = job
    const active: RunningRun = { ...BEGINNING, runId, variantId, gone, worker, storeDir, fetching }
    running.set(run.runId, active)
    activeRuns().set(run.runId, active)
    log.info('a run starts', { runId: run.runId, project: run.name, branch: run.branch })
    void worker.ended
      .then(async (end) => {
        await recorder.settled()
        purse.lost().forEach(recorder.push)
        await recorder.settled()
        purse.close()
        if (end.problem) await tidyShared(active, [...running.values()])
        const durationMs = Math.round(performance.now() - startedMs)
        const result = outcomeOf(outcome, { end, durationMs, aborted: active.aborted })
        const isCutShort = stopping.signal.aborted && active.aborted && result.status !== 'ready'
        await settleRun(recorded, isCutShort ? null : result, leaving.signal)
      })
      .catch((error) => log.error('a run could not be closed', { runId: run.runId, error }))
      .finally(() => {
        running.delete(run.runId)
        activeRuns().delete(run.runId)
        resolve()
        wake()
      })
  }

  function enterStage(run: RunningRun, stage: Stage): void {
    run.stage = stage
    if (!run.fetching || stage === 'cloning') return
    run.fetching = null
    wake()
  }

  const silence = [
    listen('run_waiting', wake),
    listen('run_aborted', ({ runId }) => {
      abort(running.get(runId))
      wake()
    }),
    listen('variants_removed', ({ variantIds }) => {
      for (const run of running.values()) if (variantIds.includes(run.variantId)) run.worker.kill()
    }),
  ]
  wake()

  return async () => {
    intake().isOpen = false
    for (const stop of silence) stop()
    stopping.abort()
    await claiming
    await drain([...running.values()], leaving)
  }
}

/** Ends runs where their pages can be taken up again; one that is at its last stage may first try to finish. */
async function drain(runs: RunningRun[], leaving: AbortController): Promise<void> {
  for (const run of runs) if (run.stage !== 'rendering') abort(run)
  const timers = [setTimeout(() => runs.forEach(abort), LAST_STAGE_MS), setTimeout(() => leaving.abort(), LEAVE_MS)]
  await Promise.all(runs.map((run) => run.gone))
  for (const timer of timers) clearTimeout(timer)
}

type SpendMessage = Extract<RunMessage, { type: 'reserve' | 'release' }>

interface Spending {
  worker: WorkerProcess
  purse: RunPurse
  recorder: ReturnType<typeof recorderFor>
}

/**
 * Answers a worker that wants to make a call, and takes note of one that has ended: both once all it has told before is in the
 * ledger, because a call may have cost more than was set aside.
 */
async function spend(message: SpendMessage, { worker, purse, recorder }: Spending): Promise<void> {
  const { id } = message
  await recorder.settled()
  if (message.type === 'release') purse.release(id)
  else worker.send({ type: 'reserved', id, refusal: await purse.reserve(id, message.most) })
}

function abort(run: RunningRun | undefined): void {
  if (!run || run.aborted) return
  run.aborted = true
  run.worker.abort()
}

function runLimits(): RunLimits {
  const { maxRunMemoryMb: memoryMb, runTimeoutMs: timeoutMs } = config()
  return { memoryMb, timeoutMs, silenceMs: SILENCE_MS }
}

/** A process that was ended in the middle of a write leaves unfinished files; they go as soon as no other run may own them. */
async function tidyShared(ended: RunningRun, running: RunningRun[]): Promise<void> {
  if (running.some((other) => other !== ended && other.storeDir === ended.storeDir)) return
  await removeTemporaries(ended.storeDir)
  const facts = factsFolder(ended.storeDir)
  if (facts) await removeTemporaries(facts)
}

async function prepare(run: ClaimedRun): Promise<Job> {
  const job = jobOf(run)
  await foldersInRemoval().get(job.variantDir)
  const steering = await steeringOf(run.variantId)
  return { ...job, steering, credential: run.kind === 'url' ? await credentialForRun(run) : null }
}

function recordedRun(run: ClaimedRun): RecordedRun {
  const identity = identityOfRun(run)
  const variantDir = variantFolder(config().dataDir, identity)
  const { runId, variantId: generationId, requestedBy } = run
  return { runId, generationId, identity, requestedBy, variantDir }
}

async function failToStart(run: ClaimedRun, error: unknown, leaving: AbortSignal): Promise<void> {
  log.error('a run could not be started', { runId: run.runId, error })
  await settleRun(recordedRun(run), withoutResult(messageFor(error)), leaving)
}

/**
 * Brings row, folder and listeners to the end of a run. Null for one that the stop of the server has cut short: its row
 * stays as it is, and recovery makes of it what can be resumed.
 */
async function settleRun(run: RecordedRun, outcome: Outcome | null, leaving: AbortSignal): Promise<void> {
  if (outcome?.status !== 'ready') await removeUnfinished(run.variantDir)
  if (!outcome) return
  const ended = await persist(leaving, () => finishRun(run.runId, outcome))
  if (leaving.aborted) return
  log.info('a run ended', { runId: run.runId, status: ended ? outcome.status : 'discarded' })
  // Before anybody hears of the end and starts again: a site that did not count must not be found up to date.
  if (!ended || outcome.status !== 'ready') await discardRun(run.variantDir, run.runId)
  if (ended) announceEnd(run.identity, ended)
  if (ended && outcome.status === 'ready' && !outcome.upToDate) await keepOnlySite(run.variantDir, run.runId)
  await forgetOldRuns(run.generationId)
  await foldOldCalls()
}

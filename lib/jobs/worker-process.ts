import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { config, RUN_VARIABLE, WORK_PROCESS, workerEnvironment } from '#lib/config.ts'
import type { Job } from '#lib/domain/job.ts'
import { fromWorkerSchema, type RunMessage, type ToWorker } from '#lib/jobs/messages.ts'
import { sweep } from '#lib/jobs/process-group.ts'
import { type RunLimits, tooMuchMemory, watchRun } from '#lib/jobs/watchdog.ts'
import { killGroup } from '#lib/kill-group.ts'
import { log } from '#lib/log.ts'

/** An abort asks, together with SIGTERM to the whole process group; what is left then gets SIGKILL. */
const SIGKILL_AFTER_MS = 7500
const CHANNEL_DRAIN_MS = 2000
/** The heap of the worker; the rest of its memory is for code, buffers and programs it starts. */
const HEAP_SHARE = 0.75

export interface WorkerEnd {
  /** The limit that ended the run, for people; null when none did. */
  limit: string | null
  /** How the process ended, for people; null for an orderly end. */
  problem: string | null
}

export interface WorkerProcess {
  /** Asks the run to stop; ends the process by force when it does not. */
  abort(): void
  /** Answers a message of it. */
  send(message: ToWorker): void
  /** Ends the process and all it started at once. */
  kill(): void
  /** Resolves when the process and all it started are gone and its last message was handed over. */
  ended: Promise<WorkerEnd>
}

export interface WorkerOptions {
  limits: RunLimits
  onMessage: (message: RunMessage) => void
}

/** Starts the worker process of one run, in its own process group, with limits and without our environment. */
export function startWorker(job: Job, { limits, onMessage }: WorkerOptions): WorkerProcess {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    cwd: config().dataDir,
    env: workerEnvironment(job.runId),
    execArgv: [`--max-old-space-size=${Math.ceil(limits.memoryMb * HEAP_SHARE)}`, ...WORK_PROCESS.flags],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { promise, resolve } = Promise.withResolvers<WorkerEnd>()
  const timers: NodeJS.Timeout[] = []
  let limit: string | null = null
  const watch = watchRun({
    // Without an id nothing was started, and `error` below ends the run.
    pid: child.pid ?? 0,
    limits,
    onLimit(problem, isPolite) {
      limit = problem
      if (isPolite) abort()
      else killGroup(child.pid, 'SIGKILL')
    },
  })

  function end(problem: string | null): void {
    watch.stop()
    for (const timer of timers) clearTimeout(timer)
    killGroup(child.pid, 'SIGKILL')
    void sweep(RUN_VARIABLE, job.runId).then(() => resolve({ limit, problem }))
  }

  function abort(): void {
    send({ type: 'abort' })
    killGroup(child.pid, 'SIGTERM')
    timers.push(setTimeout(() => killGroup(child.pid, 'SIGKILL'), SIGKILL_AFTER_MS))
  }

  function send(message: ToWorker): void {
    if (child.connected) child.send(message, () => undefined)
  }

  child.on('message', (raw) => {
    watch.alive()
    const message = fromWorkerSchema.safeParse(raw)
    if (!message.success) log.warn('a worker sent a message of unknown form', { runId: job.runId })
    else if (message.data.type !== 'alive') onMessage(message.data)
  })
  child.on('error', (error) => {
    log.error('a worker process failed', { runId: job.runId, error })
    if (child.pid === undefined) end('The worker process could not be started')
  })
  child.on('exit', (code, signal) => {
    // The last messages may still be in the channel when the process is gone.
    const problem = problemOf({ code, signal }, limits)
    if (!child.connected) return end(problem)
    child.once('disconnect', () => end(problem))
    timers.push(setTimeout(() => end(problem), CHANNEL_DRAIN_MS))
  })
  send({ type: 'start', job })
  return { abort, send, kill: () => killGroup(child.pid, 'SIGKILL'), ended: promise }
}

function problemOf(
  { code, signal }: { code: number | null; signal: NodeJS.Signals | null },
  limits: RunLimits,
): string | null {
  if (code === 0) return null
  if (signal === 'SIGABRT' || code === 134) return tooMuchMemory(limits)
  return `The worker process of this run ended unexpectedly (${signal ?? `exit code ${code}`}): resume it, or start the generation again`
}

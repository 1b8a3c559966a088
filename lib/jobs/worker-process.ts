import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { config, workerEnvironment } from '#lib/config.ts'
import type { Job } from '#lib/domain/job.ts'
import { type FromWorker, fromWorkerSchema, type ToWorker } from '#lib/jobs/messages.ts'
import { log } from '#lib/log.ts'

const HEAP_MB = 1536
/** An abort first asks; then the process group gets SIGTERM, then SIGKILL. */
const SIGTERM_AFTER_MS = 2000
const SIGKILL_AFTER_MS = 8000
const CHANNEL_DRAIN_MS = 2000

export interface WorkerEnd {
  /** How the process ended, for people; null for an orderly end. */
  problem: string | null
}

export interface WorkerProcess {
  /** Asks the run to stop; ends the process by force when it does not. */
  abort(): void
  /** Ends the process and all it started at once. */
  kill(): void
  /** Resolves when the process is gone and its last message was handed over. */
  ended: Promise<WorkerEnd>
}

/** Starts the worker process of one run, in its own process group, with a heap limit and without our environment. */
export function startWorker(job: Job, onMessage: (message: FromWorker) => void): WorkerProcess {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    cwd: config().dataDir,
    env: workerEnvironment(job.runId),
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const timers: NodeJS.Timeout[] = []
  const { promise, resolve } = Promise.withResolvers<WorkerEnd>()
  const end = (problem: string | null) => {
    for (const timer of timers) clearTimeout(timer)
    killGroup(child.pid, 'SIGKILL')
    resolve({ problem })
  }
  child.on('message', (raw) => {
    const message = fromWorkerSchema.safeParse(raw)
    if (message.success) onMessage(message.data)
    else log.warn('a worker sent a message of unknown form', { runId: job.runId })
  })
  child.on('error', (error) => {
    log.error('a worker process failed', { runId: job.runId, error })
    if (child.pid === undefined) end('The worker process could not be started')
  })
  child.on('exit', (code, signal) => {
    // The last messages may still be in the channel when the process is gone.
    const problem = problemOf(code, signal)
    if (!child.connected) return end(problem)
    child.once('disconnect', () => end(problem))
    timers.push(setTimeout(() => end(problem), CHANNEL_DRAIN_MS))
  })
  send({ type: 'start', job })

  function send(message: ToWorker): void {
    if (child.connected) child.send(message, () => undefined)
  }
  return {
    abort() {
      send({ type: 'abort' })
      timers.push(setTimeout(() => killGroup(child.pid, 'SIGTERM'), SIGTERM_AFTER_MS))
      timers.push(setTimeout(() => killGroup(child.pid, 'SIGKILL'), SIGKILL_AFTER_MS))
    },
    kill: () => killGroup(child.pid, 'SIGKILL'),
    ended: promise,
  }
}

function problemOf(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null
  if (signal === 'SIGABRT' || code === 134)
    return `The run needed more than ${HEAP_MB} MB of memory and was stopped: the repository is too large for this server`
  return `The worker process of this run ended unexpectedly (${signal ?? `exit code ${code}`}): start the generation again`
}

/** The group outlives its leader when the leader has started others. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left in the group.
  }
}

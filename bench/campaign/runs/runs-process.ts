import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DATA_VARIABLE } from '#lib/config.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import type { Order, Told } from './messages.ts'

const READY_MS = 180_000
const GONE_MS = 5000

export interface RunsProcess {
  child: ChildProcess
  /** Everything it has said so far, in order. */
  told: Told[]
  order(order: Order): void
  /** Resolves with the first thing it said, or is going to say, that `find` takes; null when it ends before. */
  until<Found extends Told>(find: (told: Told) => told is Found): Promise<Found | null>
  ended: Promise<number | null>
}

/** Starts the part of a server that runs generations, and waits until it has recovered. `module` is loaded before its workers. */
export async function startRuns(dataDir: string, module = ''): Promise<RunsProcess> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const child = fork(fileURLToPath(new URL('./runs-server.ts', import.meta.url)), [module], {
    // Every run stays in the history, so that a row that is missing was lost.
    env: {
      NODE_ENV: 'production',
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      DATA_DIR: dataDir,
      ALLOW_PRIVATE_HOSTS: 'true',
      KEEP_RUNS: '100000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const told: Told[] = []
  const waiting = new Set<() => void>()
  const look = () => {
    for (const one of waiting) one()
  }
  child.on('message', (message) => {
    told.push(message as Told)
    look()
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const isOver = ended.then(() => null)

  async function until<Found extends Told>(find: (told: Told) => told is Found): Promise<Found | null> {
    const { promise, resolve } = Promise.withResolvers<Found>()
    const one = () => {
      const found = told.find(find)
      if (found) resolve(found)
    }
    waiting.add(one)
    one()
    return await Promise.race([promise, isOver]).finally(() => waiting.delete(one))
  }

  const ready = until((one) => one.kind === 'ready')
  const late = setTimeout(() => child.kill('SIGKILL'), READY_MS)
  if (!(await ready)) {
    const why =
      child.signalCode === 'SIGKILL' ? `was not ready after ${READY_MS / 1000} s` : 'ended before it was ready'
    throw new Error(`The process that runs generations ${why}, with exit code ${await ended}`)
  }
  clearTimeout(late)
  return { child, told, order: (order) => child.send(order), until, ended }
}

/** Processes of runs that are still there after a few seconds. */
export async function processesLeft(dataDir: string): Promise<number> {
  const deadlineMs = performance.now() + GONE_MS
  for (;;) {
    const left = await processesWith(DATA_VARIABLE, dataDir)
    if (left.length === 0 || performance.now() > deadlineMs) return left.length
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

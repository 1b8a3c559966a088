import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#lib/testing/free-port.ts'
import { type Ended, type RunningCommand, startNode } from './command.ts'

const READY_MS = 60_000

export interface ServerProcess {
  url: string
  adminKey: string
  dataDir: string
  /** What the running process wrote. */
  output(): string
  /** Ends the process as Ctrl-C does and answers how it ended. */
  stop(): Promise<Ended>
  /** Ends the process without a chance to tidy up, like a power cut. */
  kill(): Promise<void>
  /** Starts a process again on the same data and port; the earlier one must have ended. */
  start(): Promise<void>
  /** Ends the process and removes the data. */
  remove(): Promise<void>
}

/** The built server, on a free port and with a data directory of its own. `settings` are added to its environment. */
export async function startServerProcess(settings: Record<string, string> = {}): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-server-'))
  const dataDir = join(folder, 'data')
  const adminKey = randomBytes(24).toString('base64url')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { PORT: String(port), DATA_DIR: dataDir, ADMIN_KEY: adminKey, ALLOW_PRIVATE_HOSTS: 'true', ...settings }
  let running: RunningCommand | null = null

  async function start(): Promise<void> {
    running = startNode({ args: ['server.ts'], env })
    await untilReady(url, running)
  }

  async function end(signal: NodeJS.Signals): Promise<Ended> {
    const ending = running
    if (!ending) return { code: null, signal: null }
    ending.child.kill(signal)
    const ended = await ending.ended
    running = null
    return ended
  }

  await start()
  return {
    url,
    adminKey,
    dataDir,
    output: () => running?.output() ?? '',
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
    start,
    remove: async () => {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string, command: RunningCommand): Promise<void> {
  const deadlineMs = performance.now() + READY_MS
  const ended = command.ended.then(() => 'ended' as const)
  for (;;) {
    const answer = await Promise.race([fetch(`${url}/health`).catch(() => null), ended])
    if (answer === 'ended') throw new Error(`The server ended at once:\n${command.output()}`)
    if (answer?.ok) return
    if (performance.now() > deadlineMs) throw new Error(`The server does not get ready:\n${command.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

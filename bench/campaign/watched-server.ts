import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ServerProcess, startServerProcess } from '../../e2e/server-process.ts'
import type { Row } from './goal.ts'

const MOST_MS = 200
/** A process that does nothing is delayed as long only where others take the processors. */
const BUSY_MS = 50
/** What a start takes of the loop is nobody's delay: it is watched from then on. */
const AFTER_MS = 4000

/** Longest delays of event loops, in milliseconds. */
export interface Delay {
  serverMs: number
  /** Of a process that does nothing: what this machine was too busy for. */
  idleMs: number
}

export interface WatchedServer extends ServerProcess {
  delay(): Promise<Delay>
}

/** The built server, with a watch on its event loop, and a process beside it that does nothing. */
export async function startWatchedServer(settings: Record<string, string> = {}): Promise<WatchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-loop-'))
  const [own, idle] = [join(folder, 'server'), join(folder, 'idle')]
  const server = await startServerProcess({ ...watchInto(own), ...settings })
  const peer = startIdle(idle)
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS + 500))
  return {
    ...server,
    delay: async () => ({ serverMs: await longest(own), idleMs: await longest(idle) }),
    async remove() {
      peer.kill('SIGKILL')
      await server.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** L4. A machine on which even a process that does nothing is delayed notably says nothing about the server. */
export function delayRow(during: string, { serverMs, idleMs }: Delay): Row {
  return {
    id: 'L4',
    what: `longest delay of the event loop during ${during}`,
    figure: `${serverMs.toFixed(0)} ms (of a process that does nothing: ${idleMs.toFixed(0)} ms)`,
    target: `≤ ${MOST_MS} ms`,
    ok: serverMs <= MOST_MS ? true : idleMs > BUSY_MS ? null : false,
  }
}

function startIdle(file: string): ChildProcess {
  const env = { ...process.env, ...watchInto(file) }
  return spawn(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)'], { env, stdio: 'ignore' })
}

function watchInto(file: string): Record<string, string> {
  const preload = pathToFileURL(join(import.meta.dirname, 'loop-delay.ts')).href
  return { NODE_OPTIONS: `--import=${preload}`, LOOP_DELAY_FILE: file, LOOP_DELAY_AFTER_MS: String(AFTER_MS) }
}

async function longest(file: string): Promise<number> {
  return Number((await readFile(file, 'utf8')).split(' ')[0])
}

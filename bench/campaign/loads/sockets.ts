import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { atMost, type Extent, type Goal, type Row } from '../goal.ts'
import { delayRow } from '../watched-server.ts'
import type { Order, ServerReport } from './runs-server.ts'
import type { ViewersOrder, ViewersReport } from './viewers.ts'

const SOCKETS_PER_USER = 20
const PER_SECOND = 20
const SIZES = { fast: { users: 5, seconds: 5 }, full: { users: 50, seconds: 20 } }
const MOST = { p99Ms: 250, growthMb: 150 }

/** L1, and L4 while it goes on. */
export const sockets: Goal = {
  title: 'Four runs that tell twenty times a second, to a thousand sockets',
  fast: false,
  measure,
}

async function measure(extent: Extent): Promise<Row[]> {
  const { users, seconds } = SIZES[extent]
  const messages = seconds * PER_SECOND
  const count = users * SOCKETS_PER_USER
  const server = fork(join(import.meta.dirname, 'runs-server.ts'))
  const viewers = fork(join(import.meta.dirname, 'viewers.ts'))
  const idle = monitorEventLoopDelay({ resolution: 10 })
  try {
    const started = await ask<ServerReport>(server, { kind: 'start', users } satisfies Order)
    const order: ViewersOrder = {
      kind: 'connect',
      port: started.port,
      keys: started.keys,
      socketsPerKey: SOCKETS_PER_USER,
    }
    await ask<ViewersReport>(viewers, order)
    idle.enable()
    const told = await ask<ServerReport>(server, { kind: 'tell', messages, perSecond: PER_SECOND } satisfies Order)
    const idleMs = idle.max / 1e6 - 10
    const heard = await ask<ViewersReport>(viewers, { ...order, kind: 'report' })
    return rowsOf({ count, messages, started, told, heard, idleMs })
  } finally {
    viewers.kill('SIGKILL')
    server.send({ kind: 'end' } satisfies Order)
    await new Promise((resolve) => server.once('exit', resolve))
  }
}

interface Heard {
  count: number
  messages: number
  started: ServerReport
  told: ServerReport
  heard: ViewersReport
  /** Of this process, which only waits. */
  idleMs: number
}

function rowsOf({ count, messages, started, told, heard, idleMs }: Heard): Row[] {
  const id = 'L1'
  const expected = count * messages
  const delay = { serverMs: told.loopDelayMs, idleMs }
  return [
    {
      id,
      what: `messages that reached ${count} sockets`,
      figure: `${heard.events} of ${expected}`,
      target: 'all',
      ok: heard.events === expected,
    },
    { id, what: 'messages out of order', figure: String(heard.disordered), target: '0', ok: heard.disordered === 0 },
    atMost({ id, what: `delay, p99 (p50 ${heard.p50Ms} ms)`, figure: heard.p99Ms, most: MOST.p99Ms, unit: 'ms' }),
    atMost({ id, what: 'memory grown by', figure: told.rssMb - started.rssMb, most: MOST.growthMb, unit: 'MB' }),
    delayRow(`${count} sockets`, delay),
  ]
}

function ask<Report>(child: ChildProcess, order: object): Promise<Report> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`A process of the measurement ended with exit code ${code}`))
    child.once('exit', fail)
    child.once('message', (report) => {
      child.off('exit', fail)
      resolve(report as Report)
    })
    child.send(order)
  })
}

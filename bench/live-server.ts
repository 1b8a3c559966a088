/** The server under test, in a process of its own. */

import { setImmediate as turnOfLoop, setTimeout as wait } from 'node:timers/promises'
import { type Order, sharedNowMs, tell } from './live-messages.ts'
import { startTarget, type Target } from './live-targets.ts'
import { measureTerminal } from './live-terminal.ts'

/** Messages that may be on their way to the clients, all together. */
const IN_FLIGHT = 20_000

let target: Target | null = null
let complete = 0
let wake = () => {}

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  if (order.kind === 'complete') {
    complete = order.rounds
    wake()
  } else void carryOut(order)
})

async function carryOut(order: Order): Promise<void> {
  if (order.kind === 'listen') {
    target = await startTarget(order.target, order)
    tell({ kind: 'listening', port: target.port, keys: target.keys })
  } else if (order.kind === 'resources') {
    gc?.()
    const { user, system } = process.cpuUsage()
    tell({ kind: 'resources', rssBytes: process.memoryUsage.rss(), cpuMicros: user + system })
  } else if (order.kind === 'flood') await flood(order)
  else if (order.kind === 'paced') await paced(order)
  else if (order.kind === 'terminal') tell({ kind: 'terminal', ...(await measureTerminal(order.rounds)) })
}

/** As fast as it goes, without more on the way than a socket may hold. */
async function flood({ clients, forMs }: { clients: number; forMs: number }): Promise<void> {
  const ahead = Math.max(4, Math.ceil(IN_FLIGHT / clients))
  const sentMs: number[] = []
  complete = 0
  const endMs = sharedNowMs() + forMs
  while (sharedNowMs() < endMs) {
    await (sentMs.length - complete < ahead ? turnOfLoop() : untilMoreIsComplete())
    sentMs.push(sharedNowMs())
    target?.broadcast()
  }
  tell({ kind: 'sent', sentMs })
}

function untilMoreIsComplete(): Promise<void> {
  return new Promise((resolve) => {
    wake = resolve
  })
}

async function paced({ rounds, intervalMs }: { rounds: number; intervalMs: number }): Promise<void> {
  const sentMs: number[] = []
  const startMs = sharedNowMs()
  for (let round = 0; round < rounds; round += 1) {
    await wait(Math.max(0, startMs + round * intervalMs - sharedNowMs()))
    sentMs.push(sharedNowMs())
    target?.broadcast()
  }
  tell({ kind: 'sent', sentMs })
}

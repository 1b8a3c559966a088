/** A thousand clients in a process of their own, each of which reads every frame. */

import { WebSocket } from 'ws'
import { eventsOf, serverFrameSchema } from '#lib/domain/frames.ts'

const CONNECTING_AT_ONCE = 50
const SOCKETS_PER_ADDRESS = 40
/** So many looks without anything new mean that nothing comes any more. */
const QUIET_LOOKS = 60
const LOOK_MS = 100

export interface ViewersReport {
  kind: 'connected' | 'heard'
  /** Events that arrived, and those that came out of order or twice. */
  events: number
  disordered: number
  p50Ms: number
  p99Ms: number
}

export interface ViewersOrder {
  kind: 'connect' | 'report'
  port: number
  keys: string[]
  socketsPerKey: number
}

const delays: number[] = []
let disordered = 0

process.on('disconnect', () => process.exit())
process.on('message', (order: ViewersOrder) => void carryOut(order))

async function carryOut({ kind, port, keys, socketsPerKey }: ViewersOrder): Promise<void> {
  if (kind === 'connect')
    await connectAll(
      keys.flatMap((key) => Array<string>(socketsPerKey).fill(key)),
      port,
    )
  else await untilQuiet()
  delays.sort((a, b) => a - b)
  const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
  const report: ViewersReport = {
    kind: kind === 'connect' ? 'connected' : 'heard',
    events: delays.length,
    disordered,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }
  process.send?.(report)
}

/** Looks are counted, not time: this process may have to wait for a processor longer than for a message. */
async function untilQuiet(): Promise<void> {
  let before = -1
  for (let looks = 0; looks < QUIET_LOOKS; looks += 1) {
    if (delays.length !== before) looks = 0
    before = delays.length
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

async function connectAll(keys: string[], port: number): Promise<void> {
  let next = 0
  async function work(): Promise<void> {
    for (let n = next++; n < keys.length; n = next++) await open(port, keys[n] ?? '', n)
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, work))
}

function open(port: number, key: string, n: number): Promise<void> {
  const place = Math.floor(n / SOCKETS_PER_ADDRESS)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`, {
    headers: { authorization: `Bearer ${key}` },
    localAddress: `127.3.0.${1 + place}`,
  })
  const seen = new Map<string, number>()
  socket.on('message', (data) => read(String(data), seen))
  return new Promise((resolve, reject) => socket.once('open', () => resolve()).once('error', reject))
}

/** The events of a run are numbered from one. */
function read(text: string, seen: Map<string, number>): void {
  const nowMs = Date.now()
  const frame = serverFrameSchema.parse(JSON.parse(text))
  if (frame.type !== 'progress') return
  for (const { seq, at } of eventsOf(frame)) {
    if (seq !== (seen.get(frame.run_id) ?? 0) + 1) disordered += 1
    seen.set(frame.run_id, seq)
    delays.push(nowMs - Date.parse(at))
  }
}

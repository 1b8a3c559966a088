/** Loopback clients, in a process of their own: they count frames and note when each arrived, and parse nothing. */

import { connect as connectTcp, type Socket } from 'node:net'
import { type ConnectOrder, type Order, sharedNowMs, tell } from './live-messages.ts'
import { SOCKETS_PER_ADDRESS, SOCKETS_PER_USER, type TargetName } from './live-targets.ts'

const CONNECTING_AT_ONCE = 64
const QUIET_MS = 300
/** Smaller frames are pings. */
const MIN_MESSAGE_BYTES = 300
const SOCKET_IO_CONNECT = '40'
/** Masked with zeros: what a client says, such as a pong. */
const masked = (text: string) => Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0, ...Buffer.from(text)])
const ANSWERS = { docsfy: '{"type":"pong"}', loaded: '{"type":"pong"}', socketio: '3', bare: '' }

const sockets: Socket[] = []
let counts = new Uint32Array(0)
let arrivals: Float64Array | null = null
let rounds = 0
let total = 0
let toldRounds = 0
let lastMessageMs = 0

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  if (order.kind === 'connect') void connectAll(order)
  else if (order.kind === 'count') count(order.rounds)
  else if (order.kind === 'arrivals') tell({ kind: 'latencies', ...latencies(order.sentMs) })
})

async function connectAll(order: ConnectOrder): Promise<void> {
  let next = 0
  async function connectSome(): Promise<void> {
    while (next < order.clients) {
      const index = next
      next += 1
      sockets[index] = await open(order, index)
    }
  }
  counts = new Uint32Array(order.clients)
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectSome))
  while (sharedNowMs() - lastMessageMs < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 50))
  tell({ kind: 'connected' })
}

/** Resolves when the server has accepted the client. */
function open({ target, port, keys }: ConnectOrder, index: number): Promise<Socket> {
  const place = Math.floor(index / SOCKETS_PER_ADDRESS)
  const localAddress = `127.1.${Math.floor(place / 250)}.${1 + (place % 250)}`
  return new Promise((resolve, reject) => {
    const read = reader(target, index, () => resolve(socket))
    const buffer = Buffer.allocUnsafe(64 * 1024)
    const onread = {
      buffer,
      callback: (size: number) => {
        const answer = read(buffer.subarray(0, size))
        if (answer) socket.write(answer)
        return true
      },
    }
    const socket = connectTcp({ host: '127.0.0.1', port, localAddress, onread })
    socket.setNoDelay(true)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed a connection')))
    socket.on('connect', () => (target === 'bare' ? resolve(socket) : socket.write(handshake(target, keys, index))))
  })
}

function handshake(target: TargetName, keys: string[], index: number): string {
  const path = target === 'socketio' ? '/socket.io/?EIO=4&transport=websocket' : '/api/ws'
  const lines = ['Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  const key = keys[target === 'loaded' ? index : Math.floor(index / SOCKETS_PER_USER)]
  const authorization = key ? [`Authorization: Bearer ${key}`] : []
  lines.push('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', ...authorization)
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** Reads what comes from the server; returns what has to be answered. */
function reader(target: TargetName, index: number, accepted: () => void) {
  const readFrames = frameReader((length) => {
    if (length < MIN_MESSAGE_BYTES) return answerTo()
    arrived(index)
    return null
  })
  let head = target === 'bare' ? null : ''
  let greetings = target === 'socketio' ? 2 : 0

  /** Socket.IO greets twice, and wants an answer to the first; every other small frame is a ping. */
  function answerTo(): Buffer | null {
    if (greetings === 0) return masked(ANSWERS[target])
    greetings -= 1
    if (greetings > 0) return masked(SOCKET_IO_CONNECT)
    accepted()
    return null
  }

  return (chunk: Buffer): Buffer | null => {
    if (head === null) return readFrames(chunk)
    head += chunk.toString('latin1')
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return null
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`Refused: ${head.slice(0, end)}`)
    const rest = Buffer.from(head.slice(end + 4), 'latin1')
    head = null
    if (target !== 'socketio') accepted()
    return readFrames(rest)
  }
}

/** Finds the frames in what arrives in chunks; returns the last answer `take` gave to the length of one. */
function frameReader(take: (length: number) => Buffer | null) {
  let left = 0
  let carried = Buffer.alloc(0)

  return (chunk: Buffer): Buffer | null => {
    const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk
    let answer: Buffer | null = null
    let at = Math.min(left, bytes.length)
    left -= at
    carried = Buffer.alloc(0)
    while (at < bytes.length) {
      const header = headerOf(bytes.subarray(at))
      if (!header) {
        carried = Buffer.from(bytes.subarray(at))
        break
      }
      const inChunk = Math.min(header.length, bytes.length - at - header.bytes)
      at += header.bytes + inChunk
      left = header.length - inChunk
      answer = take(header.length) ?? answer
    }
    return answer
  }
}

function headerOf(bytes: Buffer): { bytes: number; length: number } | null {
  const short = (bytes[1] ?? 0) & 0x7f
  const size = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < size) return null
  if (short < 126) return { bytes: size, length: short }
  return { bytes: size, length: short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)) }
}

/** A frame counts when its header is there; the rest of it is in the same segment but for rare cases. */
function arrived(index: number): void {
  const nowMs = sharedNowMs()
  lastMessageMs = nowMs
  const round = counts[index] ?? 0
  counts[index] = round + 1
  total += 1
  if (arrivals && round < rounds) arrivals[index * rounds + round] = nowMs
  const complete = Math.floor(total / sockets.length)
  if (complete === toldRounds) return
  toldRounds = complete
  tell({ kind: 'complete', rounds: complete, atMs: nowMs })
}

function count(wanted: number): void {
  counts.fill(0)
  total = 0
  toldRounds = 0
  rounds = wanted
  arrivals = wanted > 0 ? new Float64Array(wanted * sockets.length) : null
  tell({ kind: 'counting' })
}

function latencies(sentMs: number[]): { p50Ms: number; p99Ms: number; missing: number } {
  const taken: number[] = []
  for (const [place, atMs] of (arrivals ?? []).entries()) {
    const sent = sentMs[place % rounds]
    if (atMs > 0 && sent !== undefined) taken.push(atMs - sent)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? Number.NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99), missing: sentMs.length * sockets.length - taken.length }
}

import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { clientFrameSchema } from '#lib/domain/frames.ts'
import { type Beat, type Heartbeat, startHeartbeat } from '#lib/live/heartbeat.ts'
import { textFrame } from '#lib/live/shared-frame.ts'

const PING = textFrame('{"type":"ping"}')
/** With more than this waiting, the client is behind: it gets one fresh sync instead of what it misses. */
const MAX_BUFFERED_BYTES = 1024 * 1024
/** What `ws` waits for a closing handshake is too long for a peer that is known to be dead. */
const CLOSE_WITHIN_MS = 2000
/** A pong is all a client has to say; longer texts are not even parsed. */
const MAX_PARSED_BYTES = 256
const MAX_FRAMES_BETWEEN_PINGS = 1000

export const CLOSE_GOING_AWAY = 1001
export const CLOSE_NOT_TEXT = 1003
/** The session, key, role or account behind the socket is no longer valid, or the client floods. */
export const CLOSE_REFUSED = 1008

/** A WebSocket after its handshake, and the connection it runs on, to which prepared frames are written. */
export interface Connection {
  socket: WebSocket
  raw: Duplex
}

export interface SocketOptions {
  /** Called whenever this client can take a sync and has to get one. */
  needSync: () => void
  beat: Beat
}

/**
 * One client. Sending never waits. What is delivered before the client has caught up, or while it is behind, is dropped:
 * the sync that follows says more.
 */
export class LiveSocket {
  private readonly socket: WebSocket
  private readonly raw: Duplex
  private readonly heartbeat: Heartbeat
  private state: 'waiting' | 'live' | 'behind' = 'waiting'
  private received = 0

  constructor({ socket, raw }: Connection, { needSync, beat }: SocketOptions) {
    this.socket = socket
    this.raw = raw
    const dead = () => this.close(CLOSE_GOING_AWAY, 'no pong')
    this.heartbeat = startHeartbeat({ ping: () => this.ping(), dead }, beat)
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    socket.on('error', () => this.terminateSoon())
    socket.on('close', () => this.heartbeat.stop())
    raw.on('drain', () => {
      if (this.state !== 'behind') return
      this.state = 'waiting'
      needSync()
    })
  }

  /** Sends a frame to a client that has caught up. */
  deliver(frame: Buffer): void {
    if (this.state === 'live' && this.hasRoom()) this.raw.write(frame)
  }

  /** Sends a sync, or all that was missed, in pieces; from now on the client takes part. */
  catchUp(pieces: Buffer[]): void {
    if (this.state === 'behind' || !this.hasRoom()) return
    this.state = 'live'
    this.raw.cork()
    for (const piece of pieces) this.raw.write(piece)
    this.raw.uncork()
  }

  /** Nothing more until the next `catchUp`. */
  hold(): void {
    if (this.state === 'live') this.state = 'waiting'
  }

  /** What is not yet on its way must not be seen any more: a client that has not taken it loses the connection. */
  revoke(): void {
    if (this.raw.writableLength > 0) this.socket.terminate()
  }

  /** Ends the socket; nothing that waits in its queue is sent. */
  close(code: number, reason: string): void {
    this.state = 'waiting'
    this.heartbeat.stop()
    if (this.raw.writableLength > 0) this.socket.terminate()
    else this.socket.close(code, reason)
    this.terminateSoon()
  }

  private hasRoom(): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false
    if (this.raw.writableLength <= MAX_BUFFERED_BYTES) return true
    this.state = 'behind'
    return false
  }

  private ping(): void {
    this.received = 0
    if (this.socket.readyState === this.socket.OPEN) this.raw.write(PING)
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.received += 1
    if (isBinary) this.close(CLOSE_NOT_TEXT, 'text frames only')
    else if (this.received > MAX_FRAMES_BETWEEN_PINGS) this.close(CLOSE_REFUSED, 'too many frames')
    else if (isPong(data)) this.heartbeat.pong()
  }

  private terminateSoon(): void {
    setTimeout(() => this.socket.terminate(), CLOSE_WITHIN_MS).unref()
  }
}

function isPong(data: RawData): boolean {
  const text = data instanceof Buffer && data.length <= MAX_PARSED_BYTES ? data.toString() : ''
  try {
    return clientFrameSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

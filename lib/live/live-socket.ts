import type { RawData, WebSocket } from 'ws'
import { clientFrameSchema } from '#lib/domain/frames.ts'

const PING = Buffer.from('{"type":"ping"}')
const PING_EVERY_MS = 30_000
const PONG_WITHIN_MS = 10_000
const MAX_MISSED = 2
/** Above this the client is behind: it gets one fresh sync instead of what it missed. */
const MAX_BUFFERED_BYTES = 256 * 1024
const MAX_QUEUED = 256
/** What `ws` waits for a closing handshake is too long for a peer that is known to be dead. */
const CLOSE_WITHIN_MS = 2000

export const CLOSE_GOING_AWAY = 1001
export const CLOSE_NOT_TEXT = 1003
/** The session, key or account behind the socket is no longer valid. */
export const CLOSE_LOCKED_OUT = 1008

/** One client. Sending never waits: a client that is behind loses its queue and gets a sync once it can take one. */
export class LiveSocket {
  private readonly socket: WebSocket
  private readonly loadSync: () => Promise<Buffer | null>
  private queue: Buffer[] = []
  private syncing = false
  private syncAgain = false
  private behind = false
  private missed = 0
  private readonly pinging: NodeJS.Timeout
  private awaitingPong: NodeJS.Timeout | undefined

  /** `loadSync` gives the sync frame for this client, or null when it may not have one any more. */
  constructor(socket: WebSocket, loadSync: () => Promise<Buffer | null>) {
    this.socket = socket
    this.loadSync = loadSync
    this.pinging = setInterval(() => this.ping(), PING_EVERY_MS)
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(this.pinging)
      clearTimeout(this.awaitingPong)
    })
  }

  /** Sends a frame, or keeps it until the sync that is being loaded has been sent. */
  deliver(frame: Buffer): void {
    if (this.syncing) {
      if (this.queue.length < MAX_QUEUED) this.queue.push(frame)
      else this.dropQueue()
    } else if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) this.behind = true
    else if (!this.behind) this.send(frame)
  }

  /** Sends everything anew. Frames that come meanwhile follow it. */
  sync(load = this.loadSync): void {
    if (this.syncing) {
      this.syncAgain = true
      return
    }
    this.syncing = true
    load().then(
      (frame) => (frame ? this.finishSync(frame) : this.close(CLOSE_LOCKED_OUT, 'signed out')),
      () => this.close(CLOSE_GOING_AWAY, 'try again'),
    )
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason)
    setTimeout(() => this.socket.terminate(), CLOSE_WITHIN_MS).unref()
  }

  private finishSync(frame: Buffer): void {
    this.send(frame)
    for (const queued of this.queue) this.send(queued)
    this.queue = []
    this.syncing = false
    if (!this.syncAgain) return
    this.syncAgain = false
    this.sync()
  }

  private dropQueue(): void {
    this.queue = []
    this.syncAgain = true
  }

  private send(frame: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.socket.send(frame, { binary: false }, () => this.catchUp())
  }

  private catchUp(): void {
    if (!this.behind || this.socket.bufferedAmount > MAX_BUFFERED_BYTES / 4) return
    this.behind = false
    this.sync()
  }

  private ping(): void {
    this.send(PING)
    clearTimeout(this.awaitingPong)
    this.awaitingPong = setTimeout(() => {
      this.missed += 1
      if (this.missed >= MAX_MISSED) this.close(CLOSE_GOING_AWAY, 'no answer to ping')
    }, PONG_WITHIN_MS)
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (isBinary) this.close(CLOSE_NOT_TEXT, 'text frames only')
    else if (isPong(String(data))) {
      this.missed = 0
      clearTimeout(this.awaitingPong)
    }
  }
}

function isPong(text: string): boolean {
  try {
    return clientFrameSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

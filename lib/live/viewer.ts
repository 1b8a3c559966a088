import type { Principal } from '#lib/auth/authenticate.ts'
import type { LiveSocket } from '#lib/live/live-socket.ts'
import type { SharedFrame } from '#lib/live/shared-frame.ts'

/**
 * Events kept for clients that come back. Who has missed more gets a sync, which by then is shorter, and reads the log of
 * its run on from the last event it has: that is recorded for ever, while this stream ends with the process.
 */
const MAX_RECENT = 512
/** As much is sent without waiting for more. */
const MAX_GATHERED_BYTES = 64 * 1024

export interface Member {
  socket: LiveSocket
  viewer: Viewer
  principal: Principal
  address: string
}

/**
 * The stream of one user: numbers its events by one and hands them to all of the user's sockets. Numbers start at the
 * time, so that those of an earlier stream, of before a restart for instance, are never taken for this one's.
 */
export class Viewer {
  readonly username: string
  readonly role: Principal['role']
  readonly members = new Set<Member>()
  /** Number of the last event. */
  seq = Date.now()
  /** The last events, the newest last. */
  private recent: SharedFrame[] = []
  /** Events on the wire's form that no socket has got yet. */
  private gathered: Buffer[] = []
  private gatheredBytes = 0
  /** A client that knows less than this needs a sync: deltas do not tell what has happened. */
  private replayableFrom = this.seq

  constructor({ username, role }: Pick<Principal, 'username' | 'role'>) {
    this.username = username
    this.role = role
  }

  /** An event in the form of a frame; it leaves with the next `flush`. */
  tell(frame: SharedFrame): void {
    this.seq += 1
    this.recent.push(frame)
    if (this.recent.length > MAX_RECENT) this.recent.shift()
    if (this.members.size === 0) return
    const bytes = frame.numbered(this.seq)
    this.gathered.push(bytes)
    this.gatheredBytes += bytes.length
    if (this.gatheredBytes > MAX_GATHERED_BYTES) this.flush()
  }

  /** Hands what was told to the sockets. */
  flush(): void {
    const [first] = this.gathered
    if (!first) return
    const bytes = this.gathered.length === 1 ? first : Buffer.concat(this.gathered, this.gatheredBytes)
    this.forgetGathered()
    for (const { socket } of this.members) socket.deliver(bytes)
  }

  /** An event after which only a sync is true; what came before is not sent to anybody any more. */
  invalidate(): void {
    this.seq += 1
    this.recent = []
    this.forgetGathered()
    this.replayableFrom = this.seq
    for (const { socket } of this.members) socket.hold()
  }

  /** The last event needs a sync beside it: who has missed it gets that alone. */
  endReplayHere(): void {
    this.replayableFrom = this.seq
  }

  /** What a client that comes back has missed since number `seq`; null when only a sync can tell. */
  replay(seq: number): Buffer[] | null {
    return seq < this.replayableFrom ? null : this.framesAfter(seq)
  }

  /**
   * All events after number `seq` as bytes; null when they are not known any more, or never were. Whoever takes part already
   * gets what waits before that, so that nobody gets it twice.
   */
  framesAfter(seq: number): Buffer[] | null {
    this.flush()
    const missed = this.seq - seq
    if (missed < 0 || missed > this.recent.length) return null
    return this.recent.slice(this.recent.length - missed).map((frame, index) => frame.numbered(seq + index + 1))
  }

  private forgetGathered(): void {
    this.gathered = []
    this.gatheredBytes = 0
  }
}

import type { Principal } from '#lib/auth/authenticate.ts'
import type { LiveSocket } from '#lib/live/live-socket.ts'
import type { SharedFrame } from '#lib/live/shared-frame.ts'

/** Events kept for clients that come back. */
const MAX_RECENT = 512

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
  /** A client that knows less than this needs a sync: deltas do not tell what has happened. */
  private replayableFrom = this.seq

  constructor({ username, role }: Pick<Principal, 'username' | 'role'>) {
    this.username = username
    this.role = role
  }

  /** An event in the form of a frame. */
  tell(frame: SharedFrame): void {
    this.seq += 1
    this.recent.push(frame)
    if (this.recent.length > MAX_RECENT) this.recent.shift()
    if (this.members.size === 0) return
    const bytes = frame.numbered(this.seq)
    for (const { socket } of this.members) socket.deliver(bytes)
  }

  /** An event after which only a sync is true; what came before is not sent to anybody any more. */
  invalidate(): void {
    this.seq += 1
    this.recent = []
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

  /** All events after number `seq` as bytes; null when they are not known any more, or never were. */
  framesAfter(seq: number): Buffer[] | null {
    const missed = this.seq - seq
    if (missed < 0 || missed > this.recent.length) return null
    return this.recent.slice(this.recent.length - missed).map((frame, index) => frame.numbered(seq + index + 1))
  }
}

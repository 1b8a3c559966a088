import type { Principal } from '#lib/auth/authenticate.ts'
import { numbered, type OpenFrame } from '#lib/live/frames.ts'
import type { LiveSocket } from '#lib/live/live-socket.ts'
import { listProjects } from '#lib/services/variants/list.ts'

/** Terminal states come in bursts; one sync after the last is enough. */
const SYNC_DELAY_MS = 20

export interface Member {
  socket: LiveSocket
  principal: Principal
  address: string
}

/** The stream of one user: numbers its events and hands them to all of the user's sockets. */
export class Viewer {
  readonly username: string
  readonly role: Principal['role']
  readonly members = new Set<Member>()
  private seq = 0
  private syncTimer: NodeJS.Timeout | undefined

  constructor({ username, role }: Pick<Principal, 'username' | 'role'>) {
    this.username = username
    this.role = role
  }

  tell(frame: OpenFrame): void {
    this.seq += 1
    if (this.members.size === 0) return
    const bytes = numbered(frame, this.seq)
    for (const { socket } of this.members) socket.deliver(bytes)
  }

  /** Sends everything anew to all sockets, soon; several requests become one. */
  syncSoon(): void {
    this.syncTimer ??= setTimeout(() => {
      this.syncTimer = undefined
      const shared = this.members.size > 0 ? this.loadSync() : null
      for (const { socket } of this.members) socket.sync(() => shared ?? this.loadSync())
    }, SYNC_DELAY_MS)
  }

  /** The sync frame: the list, and the number of the last event before it was read. */
  async loadSync(): Promise<Buffer> {
    const { seq } = this
    const list = await listProjects(this)
    return Buffer.from(JSON.stringify({ type: 'sync', ...list, seq }))
  }

  close(code: number, reason: string): void {
    for (const { socket } of this.members) socket.close(code, reason)
  }
}

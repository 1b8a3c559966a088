import type { WebSocket } from 'ws'
import { readersOf } from '#lib/auth/audience.ts'
import { authenticate, type Principal } from '#lib/auth/authenticate.ts'
import { listen } from '#lib/events.ts'
import { type OpenFrame, progressFrame, statusFrame, waitingFrame } from '#lib/live/frames.ts'
import { CLOSE_GOING_AWAY, CLOSE_LOCKED_OUT, LiveSocket } from '#lib/live/live-socket.ts'
import { type Member, Viewer } from '#lib/live/viewer.ts'

const MAX_SOCKETS_PER_USER = 20
const MAX_SOCKETS_PER_ADDRESS = 50
const MAX_TIMEOUT_MS = 2 ** 31 - 1

export interface Hub {
  add(socket: WebSocket, client: { principal: Principal; address: string }): void
  hasRoom(username: string, address: string): boolean
  /** Closes every socket; clients reconnect by themselves. */
  close(): void
}

interface ProjectName {
  owner: string
  name: string
}

/** Brings what happens in the server to those who may know it, and to nobody else. */
export function createHub(): Hub {
  const viewers = new Map<string, Viewer>()

  function audienceOf(project: ProjectName, extra: string[] = []): Set<Viewer> {
    const names = [project.owner, ...readersOf(project), ...extra]
    const named = names.flatMap((name) => viewers.get(name) ?? [])
    return new Set([...named, ...[...viewers.values()].filter((viewer) => viewer.role === 'admin')])
  }

  function tell(project: ProjectName, frame: OpenFrame): void {
    for (const viewer of audienceOf(project)) viewer.tell(frame)
  }

  function everyMember(): Member[] {
    return [...viewers.values()].flatMap((viewer) => [...viewer.members])
  }

  const silence = [
    listen('run_waiting', (event) => tell(event.identity, waitingFrame(event))),
    listen('run_progress', (event) => tell(event.identity, progressFrame(event))),
    listen('run_ended', (event) => {
      tell(event.identity, statusFrame(event))
      for (const viewer of audienceOf(event.identity)) viewer.syncSoon()
    }),
    listen('variants_removed', (project) => {
      for (const viewer of audienceOf(project, project.readers)) viewer.syncSoon()
    }),
    listen('access_changed', ({ usernames }) => {
      for (const username of usernames) viewers.get(username)?.syncSoon()
    }),
    listen('user_locked_out', ({ username }) => {
      viewers.get(username)?.close(CLOSE_LOCKED_OUT, 'signed out')
      viewers.delete(username)
    }),
    listen('session_ended', ({ sessionHash }) => {
      for (const { socket, principal } of everyMember())
        if (principal.credential.hash === sessionHash) socket.close(CLOSE_LOCKED_OUT, 'signed out')
    }),
  ]

  return {
    add(socket, { principal, address }) {
      const viewer = viewers.get(principal.username) ?? new Viewer(principal)
      viewers.set(principal.username, viewer)
      const live = new LiveSocket(socket, async () =>
        (await authenticate(principal.credential)) ? viewer.loadSync() : null,
      )
      const member = { socket: live, principal, address }
      viewer.members.add(member)
      const expiry = closeAtExpiry(live, principal)
      socket.on('close', () => {
        clearTimeout(expiry)
        viewer.members.delete(member)
      })
      live.sync()
    },
    hasRoom(username, address) {
      const own = viewers.get(username)?.members.size ?? 0
      const same = everyMember().filter((member) => member.address === address).length
      return own < MAX_SOCKETS_PER_USER && same < MAX_SOCKETS_PER_ADDRESS
    },
    close() {
      for (const stop of silence) stop()
      for (const viewer of viewers.values()) viewer.close(CLOSE_GOING_AWAY, 'the server is stopping')
    },
  }
}

function closeAtExpiry(socket: LiveSocket, { expiresAt }: Principal): NodeJS.Timeout | undefined {
  if (!expiresAt) return undefined
  const leftMs = Math.min(Math.max(0, Date.parse(expiresAt) - Date.now()), MAX_TIMEOUT_MS)
  return setTimeout(() => socket.close(CLOSE_LOCKED_OUT, 'the session has expired'), leftMs).unref()
}

import { authenticate, type Principal } from '#lib/auth/authenticate.ts'
import { listen } from '#lib/events.ts'
import { Catalog } from '#lib/live/catalog.ts'
import { createCoalescer } from '#lib/live/coalesce.ts'
import { progressFrame, statusFrame, waitingFrame } from '#lib/live/frames.ts'
import { type Beat, REAL_BEAT } from '#lib/live/heartbeat.ts'
import { CLOSE_GOING_AWAY, CLOSE_REFUSED, type Connection, LiveSocket } from '#lib/live/live-socket.ts'
import { createOutbox } from '#lib/live/outbox.ts'
import { Roster } from '#lib/live/roster.ts'
import { createSyncBodies } from '#lib/live/sync-bodies.ts'
import { createSyncer } from '#lib/live/syncer.ts'
import type { Member, Viewer } from '#lib/live/viewer.ts'
import { log } from '#lib/log.ts'

const MAX_TIMEOUT_MS = 2 ** 31 - 1

export interface Client {
  principal: Principal
  address: string
  /** Where the client's knowledge ends, when it comes back. */
  since: number | null
}

export interface Hub {
  add(connection: Connection, client: Client): void
  hasRoom(username: string, address: string): boolean
  /** Closes every socket; clients reconnect by themselves. */
  close(): void
}

/** Brings what happens in the server to those who may know it, and to nobody else. */
export function createHub({ beat = REAL_BEAT }: { beat?: Beat } = {}): Hub {
  const roster = new Roster()
  const catalog = new Catalog()
  const bodies = createSyncBodies(catalog)
  const syncer = createSyncer({ catalog, bodies })
  const outbox = createOutbox()
  const coalescer = createCoalescer((batch) => outbox.post(roster.audienceOf(batch.identity), progressFrame(batch)))

  /** Deltas cannot say what has changed for these users: each gets a new list, and nothing before it. */
  function renew(viewers: Iterable<Viewer>): void {
    for (const viewer of viewers) {
      viewer.invalidate()
      bodies.forget(viewer)
      syncer.now(viewer.members)
    }
  }

  function lockOut(username: string): void {
    for (const { socket } of roster.forget(username)?.members ?? []) socket.close(CLOSE_REFUSED, 'signed out')
  }

  const silence = [
    listen('run_waiting', (event) => {
      catalog.noteChange(event.generationId)
      coalescer.flush(event.generationId)
      outbox.post(roster.audienceOf(event.identity), waitingFrame(event))
    }),
    listen('run_progress', (event) => {
      catalog.noteChange(event.generationId)
      coalescer.push(event)
    }),
    listen('run_ended', (event) => {
      catalog.noteChange(event.generationId)
      coalescer.flush(event.generationId)
      const audience = roster.audienceOf(event.identity)
      outbox.post(audience, statusFrame(event))
      for (const viewer of audience) {
        viewer.endReplayHere()
        syncer.soon(viewer)
      }
    }),
    listen('variants_removed', (event) => {
      for (const generationId of event.variantIds) catalog.noteChange(generationId)
      coalescer.drop(event.variantIds)
      renew(roster.audienceOf(event, event.readers))
    }),
    listen('access_changed', ({ usernames }) => {
      const viewers = usernames.flatMap((username) => roster.viewer(username) ?? [])
      for (const { members } of viewers) for (const { socket } of members) socket.revoke()
      renew(viewers)
    }),
    listen('user_locked_out', ({ username }) => lockOut(username)),
    listen('session_ended', ({ sessionHash }) => {
      for (const { socket } of roster.withCredential(sessionHash)) socket.close(CLOSE_REFUSED, 'signed out')
    }),
  ]

  /** The credential is checked once more: it may have ended between the handshake and the place in the roster. */
  async function welcome(member: Member, since: number | null): Promise<void> {
    const principal = await authenticate(member.principal.credential)
    if (principal?.role !== member.viewer.role) return member.socket.close(CLOSE_REFUSED, 'signed out')
    const missed = since === null ? null : member.viewer.replay(since)
    if (missed) member.socket.catchUp(missed)
    else syncer.now([member])
  }

  return {
    add(connection, { principal, address, since }) {
      const viewer = roster.join(principal)
      const socket = new LiveSocket(connection, { needSync: () => syncer.now([member]), beat })
      const member: Member = { socket, viewer, principal, address }
      const expiry = closeAtExpiry(socket, principal)
      roster.add(member)
      connection.socket.on('close', () => {
        clearTimeout(expiry)
        roster.remove(member)
      })
      welcome(member, since).catch((error) => {
        log.error('a socket could not be served', { error })
        socket.close(CLOSE_GOING_AWAY, 'try again')
      })
    },
    hasRoom: (username, address) => roster.hasRoom(username, address),
    close() {
      for (const stop of silence) stop()
      coalescer.stop()
      outbox.stop()
      syncer.stop()
      for (const { members } of roster.all())
        for (const { socket } of members) socket.close(CLOSE_GOING_AWAY, 'the server is stopping')
    },
  }
}

function closeAtExpiry(socket: LiveSocket, { expiresAt }: Principal): NodeJS.Timeout | undefined {
  if (!expiresAt) return undefined
  const leftMs = Math.min(Math.max(0, Date.parse(expiresAt) - Date.now()), MAX_TIMEOUT_MS)
  return setTimeout(() => socket.close(CLOSE_REFUSED, 'the session has expired'), leftMs).unref()
}

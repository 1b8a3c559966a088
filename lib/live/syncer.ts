import { setImmediate as turnOfLoop } from 'node:timers/promises'
import type { Catalog } from '#lib/live/catalog.ts'
import { CLOSE_GOING_AWAY } from '#lib/live/live-socket.ts'
import { numberedPieces } from '#lib/live/shared-frame.ts'
import type { SyncBodies } from '#lib/live/sync-bodies.ts'
import type { Member, Viewer } from '#lib/live/viewer.ts'
import { log } from '#lib/log.ts'

/** Terminal states come in bursts; one sync after the last is enough, and two a second. */
const DELAY_MS = 20
const INTERVAL_MS = 500
/** Longest the event loop is held before others get a turn. */
const SLICE_MS = 5

export interface Syncer {
  /** Sends syncs to these sockets as soon as the list is read. */
  now(members: Iterable<Member>): void
  /** Sends a sync to all sockets of a viewer shortly; several requests become one. */
  soon(viewer: Viewer): void
  stop(): void
}

/** Sends whole lists: one reading of the database for all who wait, in slices that leave the event loop free. */
export function createSyncer({ catalog, bodies }: { catalog: Catalog; bodies: SyncBodies }): Syncer {
  const waiting = new Set<Member>()
  const later = new Set<Viewer>()
  let timer: NodeJS.Timeout | undefined
  let lastMs = Number.NEGATIVE_INFINITY
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.size > 0) {
      const batch = [...waiting]
      waiting.clear()
      await serve(batch).catch((error) => {
        log.error('lists could not be sent', { error })
        for (const { socket } of batch) socket.close(CLOSE_GOING_AWAY, 'try again')
      })
    }
    running = false
  }

  /** The number of each sync is taken before the list is read: what happens meanwhile follows the sync as events. */
  async function serve(batch: Member[]): Promise<void> {
    const seqs = new Map(batch.map(({ viewer }) => [viewer, viewer.seq]))
    await catalog.refresh()
    let startedMs = performance.now()
    for (const member of batch) {
      send(member, seqs.get(member.viewer) ?? 0)
      if (performance.now() - startedMs < SLICE_MS) continue
      await turnOfLoop()
      startedMs = performance.now()
    }
  }

  function send(member: Member, seq: number): void {
    const { viewer, socket } = member
    const since = viewer.framesAfter(seq)
    if (since) socket.catchUp([...numberedPieces(bodies.bodyFor(viewer), seq), ...since])
    else waiting.add(member)
  }

  function now(members: Iterable<Member>): void {
    for (const member of members) waiting.add(member)
    if (!running) void run()
  }

  function sendLater(): void {
    timer = undefined
    lastMs = performance.now()
    now([...later].flatMap((viewer) => [...viewer.members]))
    later.clear()
  }

  return {
    now,
    soon(viewer) {
      later.add(viewer)
      timer ??= setTimeout(sendLater, Math.max(DELAY_MS, lastMs + INTERVAL_MS - performance.now())).unref()
    },
    stop: () => clearTimeout(timer),
  }
}

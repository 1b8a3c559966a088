import { setTimeout as wait } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { authenticate, keyCredential, type Principal } from '#lib/auth/authenticate.ts'
import { announce } from '#lib/events.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { progressEvent } from '#lib/testing/live-events.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { atLeast, atMost, type Extent, type Goal, type Row } from '../goal.ts'
import { CHANGES, type Change, makeViewer } from './changes.ts'
import { type Feed, startFeed } from './feed.ts'

const RACES = { fast: 15, full: 500 }
const AT_ONCE = 60
const TELL_EVERY_MS = 5
const WATCHED_MS = 1500
const LATEST_MS = 1000

/** F8. A run tells all the time; access ends at any moment; whoever lost it must hear nothing of the project afterwards. */
export const revocation: Goal = { title: 'Access that ends while a run is telling', fast: true, measure }

async function measure(extent: Extent): Promise<Row[]> {
  const feed = await startFeed()
  const admin = await authenticate(keyCredential(process.env.ADMIN_KEY ?? ''))
  if (!admin) throw new Error('There is no admin')
  await makeAccount('ann')
  await readyVariant('ann', 'lib')
  const telling = setInterval(() => announce('run_progress', progressEvent('ann', 'lib')), TELL_EVERY_MS)
  const witness = follow(await feed.connect({ authorization: `Bearer ${process.env.ADMIN_KEY}` }))
  try {
    const rows: Row[] = []
    for (const kind of Object.keys(CHANGES)) rows.push(await racesOf(kind, { feed, admin, count: RACES[extent] }))
    await wait(2 * TELL_EVERY_MS)
    const id = 'F8'
    const silentMs = performance.now() - witness.lastMs()
    return [
      ...rows,
      atLeast({
        id,
        what: 'control: frames that somebody heard who lost nothing',
        figure: witness.heard(),
        least: 100,
      }),
      atMost({ id, what: 'control: since they last heard something', figure: silentMs, most: LATEST_MS, unit: 'ms' }),
    ]
  } finally {
    clearInterval(telling)
    await feed.close()
  }
}

interface Races {
  feed: Feed
  admin: Principal
  count: number
}

async function racesOf(kind: string, { feed, admin, count }: Races): Promise<Row> {
  let next = 0
  let worstMs = Number.NEGATIVE_INFINITY
  let unheard = 0
  async function work(): Promise<void> {
    while (next < count) {
      const lateMs = await race(kind, { feed, admin, count: next++ })
      if (lateMs === null) unheard += 1
      else worstMs = Math.max(worstMs, lateMs)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return {
    id: 'F8',
    what: `${kind}: last frame of the project after the change, worst of ${count - unheard} races`,
    figure: `${worstMs.toFixed(0)} ms${unheard > 0 ? `, ${unheard} heard nothing before` : ''}`,
    target: `≤ ${LATEST_MS} ms`,
    ok: worstMs <= LATEST_MS && unheard <= count / 10,
  }
}

/** Milliseconds from the change to the last frame about the project, negative when it came before; null: none came at all. */
async function race(kind: string, { feed, admin, count }: Races): Promise<number | null> {
  const change = CHANGES[kind]
  if (!change) throw new Error(`There is no change "${kind}"`)
  const { viewer, socket, heard } = await listener({ feed, admin, change, name: `${kind}-${count}` })
  await wait(Math.random() * 30)
  await change.end(admin, viewer)
  const changedMs = performance.now()
  await wait(WATCHED_MS)
  socket.terminate()
  return heard.heard() === 0 ? null : heard.lastMs() - changedMs
}

interface Listening {
  feed: Feed
  admin: Principal
  change: Change
  name: string
}

/** A viewer who hears of the project. Whose session was over before that, on a busy machine, comes again with a longer one. */
async function listener({ feed, admin, change, name }: Listening) {
  for (let times = 1; ; times *= 2) {
    const sessionMs = change.sessionMs === null ? null : change.sessionMs * times
    const viewer = await makeViewer(admin, `${name}-${times}`, { ...change, sessionMs })
    const isOver = () => Date.now() >= viewer.expiresMs
    const socket = await feed.connect(viewer.headers).catch((error) => {
      if (isOver()) return null
      throw error
    })
    if (!socket) continue
    const heard = follow(socket)
    await heard.untilFirst()
    if (heard.heard() > 0 || !isOver()) return { viewer, socket, heard }
    socket.terminate()
  }
}

/** Notes when frames that tell of the project arrive. */
function follow(socket: WebSocket) {
  let heard = 0
  let lastMs = 0
  const first = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    if (String(data) === '{"type":"ping"}') socket.send('{"type":"pong"}')
    if (!String(data).includes('"name":"lib"')) return
    heard += 1
    lastMs = performance.now()
    first.resolve()
  })
  socket.on('error', () => first.resolve())
  socket.on('close', () => first.resolve())
  return { heard: () => heard, lastMs: () => lastMs, untilFirst: () => first.promise }
}

import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { migrateDatabase } from '#db/migrate.ts'
import { insertGrant } from '#db/queries/grants.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import { announce, type ServerEvents } from '#lib/events.ts'
import { createHub } from '#lib/live/hub.ts'
import { dispatchUpgrades } from '#lib/live/upgrade.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { startLoaded } from './live-terminal.ts'

/** Servers under test; `loaded` is ours with 1,000 variants. */
export type TargetName = 'docsfy' | 'bare' | 'socketio' | 'loaded'

/** Sockets one user may have open, and one address. */
export const SOCKETS_PER_USER = 20
export const SOCKETS_PER_ADDRESS = 50

export interface Target {
  port: number
  /** Keys of users who see everything that is broadcast. */
  keys: string[]
  broadcast(): void
}

/** What a server under test sends: the same fields everywhere, about 500 bytes as JSON. */
const IDENTITY = { owner: 'bench', name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
const FILLER = 'a page title of ordinary length, repeated until the message is long enough '

export function startTarget(name: TargetName, { users, folder }: { users: number; folder: string }): Promise<Target> {
  if (name === 'docsfy') return startDocsfy(users)
  if (name === 'loaded') return startLoaded(users)
  return name === 'bare' ? startBare() : startSocketIo(folder)
}

/** Our live feed as server.ts starts it, with real accounts and grants. */
async function startDocsfy(users: number): Promise<Target> {
  await migrateDatabase()
  const { variantId } = await readyVariant(IDENTITY.owner, IDENTITY.name)
  const variant = await findVariantById(variantId)
  const keys: string[] = []
  for (let index = 0; index < users; index += 1) {
    keys.push((await makeAccount(`user${index}`)).key)
    await insertGrant(variant?.projectId ?? '', `user${index}`)
  }
  await loadGrants()
  const server = createHttpServer()
  dispatchUpgrades(server, { hub: createHub(), next: null })
  return { port: await listen(server), keys, broadcast: () => announce('run_progress', progressOf(randomUUID())) }
}

/** Another variant each time, because the progress of one is thinned out to ten frames a second. */
function progressOf(generationId: string): ServerEvents['run_progress'] {
  const title = FILLER.repeat(2).slice(0, 105)
  const event = { kind: 'page_written' as const, slug: 'guide', title, page_count: 3, kept: false }
  const recorded = { seq: 7, at: new Date().toISOString(), event }
  return { identity: IDENTITY, generationId, runId: randomUUID(), recorded, changed: { page_count: 3 } }
}

/** The floor: the same number of bytes written to each socket in a loop. */
async function startBare(): Promise<Target> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // As on the sockets of every WebSocket server: a small message must not wait for others.
    socket.setNoDelay(true)
    socket.resume()
    socket.on('error', () => sockets.delete(socket))
    socket.on('close', () => sockets.delete(socket))
  })
  const payload = Buffer.from(JSON.stringify(wirePayload()))
  const frame = Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]), payload])
  return {
    port: await listen(server),
    keys: [],
    broadcast() {
      for (const socket of sockets) socket.write(frame)
    },
  }
}

interface SocketIo {
  Server: new (
    server: ReturnType<typeof createHttpServer>,
    options: object,
  ) => { emit(name: string, message: object): void }
}

/** Socket.IO's own broadcast, WebSocket only. It is not a dependency of ours: `folder` holds it. */
async function startSocketIo(folder: string): Promise<Target> {
  const { Server } = createRequire(join(folder, 'package.json'))('socket.io') as SocketIo
  const server = createHttpServer()
  const io = new Server(server, { transports: ['websocket'], pingInterval: 300_000, serveClient: false })
  return { port: await listen(server), keys: [], broadcast: () => io.emit('progress', wirePayload()) }
}

/** The message of `progressOf` as it is on the wire. */
function wirePayload(): object {
  const { identity, generationId, runId, recorded, changed } = progressOf(randomUUID())
  const ids = { generation_id: generationId, run_id: runId }
  return { type: 'progress', ...identity, status: 'generating', ...ids, ...changed, event: recorded, seq: Date.now() }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  return (server.address() as AddressInfo).port
}

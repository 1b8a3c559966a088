import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect as connectTcp, type Socket } from 'node:net'
import { afterEach, beforeEach } from 'vitest'
import { WebSocket } from 'ws'
import { type ServerFrame, type SyncFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import type { Beat } from '#lib/live/heartbeat.ts'
import { createHub, type Hub } from '#lib/live/hub.ts'
import { dispatchUpgrades, REQUEST_LIMITS } from '#lib/live/upgrade.ts'

export type Headers = Record<string, string>
export const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` })

export interface LiveServer {
  /** `host:port` */
  readonly base: string
  /** Opens a socket, at `origin` instead of the server itself when given; rejects with the status when it is refused. */
  connect(headers: Headers, query?: string, origin?: string): Promise<LiveClient>
  /** A connection that has sent what an upgrade sends, for what no WebSocket library would do. */
  connectRaw(key: string): Promise<Socket>
  /** Ends the live feed and begins another one, as a restart of the server does. */
  restart(): void
}

/** Gives each test the live feed on a free port of loopback. Call it at the top of the file, after `withTemporaryData`. */
export function withLiveServer(options: { beat?: Beat } = {}): LiveServer {
  let hub: Hub
  let server: Server

  function start(): void {
    hub = createHub(options)
    server.removeAllListeners('upgrade')
    dispatchUpgrades(server, { hub, next: null })
  }
  const base = () => `127.0.0.1:${(server.address() as AddressInfo).port}`

  beforeEach(async () => {
    server = createServer(REQUEST_LIMITS)
    start()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    hub.close()
    server.closeAllConnections()
    server.close()
  })
  return {
    get base() {
      return base()
    },
    connect: (headers, query = '', origin = `ws://${base()}`) =>
      openClient(new WebSocket(`${origin}/api/ws${query}`, { headers, rejectUnauthorized: false })),
    connectRaw: (key) => openRaw(base(), key),
    restart() {
      hub.close()
      start()
    },
  }
}

export type LiveClient = Awaited<ReturnType<typeof openClient>>

/** A client that keeps every frame; `until` resolves when one fits. */
async function openClient(socket: WebSocket) {
  const frames: ServerFrame[] = []
  const waiting = new Set<() => void>()
  const { promise: closed, resolve: close } = Promise.withResolvers<number>()
  socket.on('message', (data) => {
    frames.push(serverFrameSchema.parse(JSON.parse(String(data))))
    for (const check of waiting) check()
  })
  socket.on('close', close)
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))))
    socket.on('error', reject)
  })

  type Of<Type> = Extract<ServerFrame, { type: Type }>
  function until<Type extends ServerFrame['type']>(type: Type, fits: (frame: Of<Type>) => boolean = () => true) {
    const { promise, resolve } = Promise.withResolvers<Of<Type>>()
    const check = () => {
      const found = frames.find((frame): frame is Of<Type> => frame.type === type && fits(frame as Of<Type>))
      if (found) resolve(found)
    }
    waiting.add(check)
    check()
    return promise
  }
  return { socket, frames, closed, until, untilSync: (names: string[]) => until('sync', (sync) => shows(sync, names)) }
}

function shows({ projects }: SyncFrame, names: string[]): boolean {
  return projects.length === names.length && projects.every((row, index) => row.name === names[index])
}

async function openRaw(base: string, key: string): Promise<Socket> {
  const socket = connectTcp(Number(base.split(':')[1]), '127.0.0.1')
  const lines = [`Host: ${base}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  lines.push('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Authorization: Bearer ${key}`)
  socket.write(`GET /api/ws HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('data', resolve))
  return socket
}

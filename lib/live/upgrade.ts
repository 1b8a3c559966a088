import type { EventEmitter } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { authenticate, credentialIn, keyCredential, type Principal } from '#lib/auth/authenticate.ts'
import { originAllowed } from '#lib/auth/origin.ts'
import { addressOf, hostOf } from '#lib/auth/remote.ts'
import type { Hub } from '#lib/live/hub.ts'
import { log } from '#lib/log.ts'

const PATH = '/api/ws'
const MAX_FRAME_BYTES = 64 * 1024
const UPGRADE_TIMEOUT_MS = 5000
const REASONS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** For `createServer`: who has not said what they want by then is not waited for. */
export const REQUEST_LIMITS = { headersTimeout: UPGRADE_TIMEOUT_MS, connectionsCheckingInterval: 1000 }

/**
 * The only listener for upgrades: `/api/ws` is ours, `/_next/…` goes to `next` (hot reload while developing), everything
 * else is closed. Next itself only ever sees `next`, or it would close our sockets.
 */
export function dispatchUpgrades(server: Server, { hub, next }: { hub: Hub; next: EventEmitter | null }): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?', 1)[0] ?? ''
    if (next && path.startsWith('/_next/')) {
      next.emit('upgrade', request, socket, head)
      return
    }
    if (path !== PATH) {
      socket.destroy()
      return
    }
    socket.on('error', destroyThis)
    const timer = setTimeout(() => refuse(socket, 503), UPGRADE_TIMEOUT_MS)
    admit(request)
      .then((principal) => {
        if (typeof principal === 'number') return refuse(socket, principal)
        const address = addressOf(request)
        if (!hub.hasRoom(principal.username, address)) return refuse(socket, 429)
        sockets.handleUpgrade(request, socket, head, (opened) =>
          hub.add({ socket: opened, raw: socket }, { principal, address, since: sinceOf(request) }),
        )
      })
      .catch((error) => {
        log.error('a socket could not be opened', { error })
        refuse(socket, 503)
      })
      .finally(() => clearTimeout(timer))
  })
}

/** Stays for as long as the connection: a closure would keep the whole request in memory. */
function destroyThis(this: Duplex): void {
  this.destroy()
}

async function admit(request: IncomingMessage): Promise<Principal | keyof typeof REASONS> {
  const { origin, authorization, cookie } = request.headers
  if (origin && !originAllowed(origin, hostOf(request))) return 403
  const token = queryOf(request).get('token')
  return (await authenticate(token ? keyCredential(token) : credentialIn({ authorization, cookie }))) ?? 401
}

/** Number of the last event a returning client knows; what is no such number counts as none. */
function sinceOf(request: IncomingMessage): number | null {
  const text = queryOf(request).get('since') ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams(request.url?.split('?', 2)[1])
}

function refuse(socket: Duplex, status: keyof typeof REASONS): void {
  if (socket.destroyed) return
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  )
}

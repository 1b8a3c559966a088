import { WebSocket } from 'ws'
import { NORMAL_CLOSE } from '#lib/domain/live-client.ts'
import type { LiveSocket, SocketHandlers } from '#lib/domain/live-feed.ts'
import type { Connection } from './connection.ts'

const ABNORMAL_CLOSE = 1006
const HANDSHAKE_WITHIN_MS = 15_000

/** Opens the live feed of a server. The key goes into a header, never into the address. */
export function liveSocketTo({ url, apiKey }: Connection) {
  return (since: number | null, handlers: SocketHandlers): LiveSocket => {
    const address = new URL(`${url}/api/ws`.replace(/^http/, 'ws'))
    if (since !== null) address.searchParams.set('since', String(since))
    const socket = new WebSocket(address, {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      perMessageDeflate: false,
    })
    socket.on('open', handlers.opened)
    socket.on('message', (data) => handlers.message(String(data)))
    socket.on('error', () => {})
    // Whoever follows one generation wants to hear its end: also a friendly good-bye is answered by trying again.
    socket.on('close', (code) => handlers.closed(code === NORMAL_CLOSE ? ABNORMAL_CLOSE : code))
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close: () => socket.close(NORMAL_CLOSE),
    }
  }
}

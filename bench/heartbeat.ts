import { connect as connectTcp } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { startServerProcess } from '../e2e/server-process.ts'

/** Two pings 30 s apart, 10 s for the second answer; the time between is what timers and a busy machine may add. */
const CLOSED_AFTER_MS = { least: 69_500, most: 75_000 }
/** A third ping: whoever was to be closed is closed by then. */
const WATCHED_MS = 95_000

/** `npm run bench -- heartbeat`: one round of the live feed's pings in real time, with clients that answer and that do not. */
export async function run(): Promise<boolean> {
  const server = await startServerProcess()
  try {
    const { host, port, hostname } = new URL(server.url)
    const headers = { authorization: `Bearer ${server.adminKey}` }
    const answering = new WebSocket(`ws://${host}/api/ws`, { headers })
    let pings = 0
    answering.on('message', (data) => {
      if (String(data) !== '{"type":"ping"}') return
      pings += 1
      answering.send('{"type":"pong"}')
    })
    const silent = closeOf(new WebSocket(`ws://${host}/api/ws`, { headers }))
    const mute = endOfRaw({ port: Number(port), hostname, key: server.adminKey })
    const [close, endedMs] = await Promise.all([silent, mute, wait(WATCHED_MS)])
    const checks: [string, boolean][] = [
      [`a silent client is closed with code 1001: ${close.code}`, close.code === 1001],
      [`… after about 70 s: ${(close.afterMs / 1000).toFixed(1)} s`, isInTime(close.afterMs)],
      [`so is a connection that speaks no WebSocket any more: ${(endedMs / 1000).toFixed(1)} s`, isInTime(endedMs)],
      [`a client that answered ${pings} pings is connected`, pings === 3 && answering.readyState === WebSocket.OPEN],
    ]
    for (const [what, holds] of checks) console.log(`  ${holds ? 'yes' : 'NO '}  ${what}`)
    answering.close()
    return checks.every(([, holds]) => holds)
  } finally {
    await server.remove()
  }
}

function isInTime(ms: number): boolean {
  return ms > CLOSED_AFTER_MS.least && ms < CLOSED_AFTER_MS.most
}

function closeOf(socket: WebSocket): Promise<{ code: number; afterMs: number }> {
  const startedMs = performance.now()
  return new Promise((resolve) =>
    socket.on('close', (code) => resolve({ code, afterMs: performance.now() - startedMs })),
  )
}

/** Milliseconds until the server ends a connection that never says anything after its upgrade. */
function endOfRaw({ port, hostname, key }: { port: number; hostname: string; key: string }): Promise<number> {
  const startedMs = performance.now()
  const socket = connectTcp(port, hostname)
  const lines = ['Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  lines.push('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Authorization: Bearer ${key}`)
  socket.write(`GET /api/ws HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  socket.on('error', () => undefined)
  socket.resume()
  return new Promise((resolve) => socket.on('close', () => resolve(performance.now() - startedMs)))
}

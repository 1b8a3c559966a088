import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { announce } from '#lib/events.ts'
import { progressEvent } from '#lib/testing/live-events.ts'
import { bearer, type LiveClient, withLiveServer } from '#lib/testing/live-server.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const server = withLiveServer()

const TEXT = 0x81
const BINARY = 0x82
const MASKED = 0x80

/** A client frame, masked with zeros; `length` is what its header claims. */
function clientFrame(head: number, payload: Buffer, length = payload.length): Buffer {
  const size = Buffer.alloc(length < 126 ? 1 : 9)
  size[0] = MASKED | (length < 126 ? length : 127)
  if (length >= 126) size.writeBigUInt64BE(BigInt(length), 1)
  return Buffer.concat([Buffer.from([head]), size, Buffer.alloc(4), payload])
}

/** The code of the close frame the server ends a raw connection with; null when it just ends. */
async function closeCodeOf(socket: Socket): Promise<number | null> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await new Promise((resolve) => socket.on('close', resolve))
  const bytes = Buffer.concat(chunks)
  const at = bytes.indexOf(0x88)
  return at < 0 ? null : bytes.readUInt16BE(at + 2)
}

/** A well-behaved client must get every event, in order, whatever others do. */
async function expectUnharmed(client: LiveClient): Promise<void> {
  client.frames.length = 0
  for (let index = 0; index < 20; index += 1) announce('run_progress', progressEvent('ann', `lib${index}`))
  await client.until('progress', ({ name }) => name === 'lib19')
  expect(client.frames.map((frame) => frame.type === 'progress' && frame.name)).toEqual(
    Array.from({ length: 20 }, (_, index) => `lib${index}`),
  )
}

async function healthyClient(): Promise<LiveClient> {
  const client = await server.connect(bearer(TEST_ADMIN_KEY))
  await client.until('sync')
  return client
}

it('ends exactly the socket whose frame breaks the protocol, with the code that says why', async () => {
  const good = await healthyClient()
  const hostile: [string, Buffer, number][] = [
    ['65 KiB of text', clientFrame(TEXT, Buffer.alloc(65 * 1024, 'x')), 1009],
    ['a frame that claims 2^40 bytes', clientFrame(TEXT, Buffer.alloc(0), 2 ** 40), 1009],
    ['binary', clientFrame(BINARY, Buffer.from('pong')), 1003],
    ['text that is no UTF-8', clientFrame(TEXT, Buffer.from([0xc3, 0x28])), 1007],
    ['an unmasked frame', Buffer.from([TEXT, 1, 0x61]), 1002],
    ['a reserved opcode', clientFrame(0x83, Buffer.from('x')), 1002],
    ['a reserved bit', clientFrame(0xc1, Buffer.from('x')), 1002],
    ['a continuation of nothing', clientFrame(0x80, Buffer.from('x')), 1002],
    ['a fragmented ping', clientFrame(0x09, Buffer.from('x')), 1002],
  ]
  for (const [what, bytes, code] of hostile) {
    const socket = await server.connectRaw(TEST_ADMIN_KEY)
    const closed = closeCodeOf(socket)
    socket.write(bytes)
    expect([what, await closed]).toEqual([what, code])
  }
  await expectUnharmed(good)
})

it('agrees to no compression, whatever a client offers', async () => {
  const socket = connectTcp(Number(server.base.split(':')[1]), '127.0.0.1')
  const lines = [`Host: ${server.base}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  lines.push('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Authorization: Bearer ${TEST_ADMIN_KEY}`)
  lines.push('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits')
  socket.write(`GET /api/ws HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /)
  expect(answer.toString('latin1')).not.toContain('Extensions')
  const closed = closeCodeOf(socket)
  socket.write(clientFrame(0xc1, Buffer.from('compressed')))
  expect(await closed).toBe(1002)
})

it('ignores what it does not understand', async () => {
  const good = await healthyClient()
  const words = [
    '',
    '{',
    'null',
    '[]',
    '{"type":"sync"}',
    '{"type":"pong","x":1}',
    '{"type":{"type":"pong"}}',
    '[[[[[[',
  ]
  for (const text of [...words, '{"__proto__":{"type":"pong"}}', 'x'.repeat(60_000), '['.repeat(60_000)])
    good.socket.send(text)
  await expectUnharmed(good)
})

it('lives through garbage instead of frames', async () => {
  const good = await healthyClient()
  const sockets = await Promise.all(Array.from({ length: 15 }, () => server.connectRaw(TEST_ADMIN_KEY)))
  for (const socket of sockets) {
    socket.resume()
    socket.write(randomBytes(4096))
  }
  await expectUnharmed(good)
})

it('closes a client that floods it', async () => {
  const good = await healthyClient()
  const flooding = await healthyClient()
  for (let index = 0; index < 1100; index += 1) flooding.socket.send('{}')
  expect(await flooding.closed).toBe(1008)
  await expectUnharmed(good)
})

it('answers a request that is no proper upgrade with an error, and never with a socket', async () => {
  const requests = [
    'GET /api/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
    'GET /api/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: short\r\n',
    'GET /api/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Version: 13\r\n',
    'POST /api/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
  ]
  for (const request of requests) {
    const socket = connectTcp(Number(server.base.split(':')[1]), '127.0.0.1')
    socket.write(`${request}Authorization: Bearer ${TEST_ADMIN_KEY}\r\n\r\n`)
    let answer = ''
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text
    })
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.on('close', resolve))
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  }
})

it('gives a client that reads too slowly one fresh sync, and nobody else waits for it', async () => {
  const good = await healthyClient()
  const slow = await healthyClient()
  slow.socket.pause()
  const plan_json = 'p'.repeat(256 * 1024)
  const first = good.frames.length
  for (let index = 0; index < 120; index += 1) {
    announce('run_progress', progressEvent('ann', `lib${index}`, { changed: { plan_json } }))
    await good.until('progress', ({ name }) => name === `lib${index}`)
  }
  expect(good.frames.slice(first)).toHaveLength(120)
  slow.socket.resume()
  const last = good.frames.at(-1)
  const newest = last && 'seq' in last ? last.seq : 0
  await slow.until('sync', ({ seq }) => seq === newest)
  const got = slow.frames.flatMap((frame) => (frame.type === 'progress' ? [frame.name] : []))
  expect(got.length).toBeLessThan(110)
  expect(got).toEqual(got.map((_, index) => `lib${index}`))
  expect(slow.frames.filter(({ type }) => type === 'sync')).toHaveLength(2)
  await expectUnharmed(slow)
})

it('keeps serving while clients stay silent, and gives up on handshakes that are never finished', {
  timeout: 60_000,
}, async () => {
  const silent = await Promise.all(Array.from({ length: 10 }, () => server.connectRaw(TEST_ADMIN_KEY)))
  for (const socket of silent) socket.pause()
  const gone = Array.from({ length: 20 }, (_, index) => {
    const socket = connectTcp(Number(server.base.split(':')[1]), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    if (index % 2 === 0) socket.write('GET /api/ws HTTP/1.1\r\nUpgrade: web')
    return new Promise((resolve) => socket.on('close', resolve))
  })
  await expectUnharmed(await healthyClient())
  await Promise.all(gone)
  for (const socket of silent) socket.destroy()
})

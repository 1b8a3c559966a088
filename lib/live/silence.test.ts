import { expect, it } from 'vitest'
import { bearer, withLiveServer } from '#lib/testing/live-server.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

const BEAT = { pingEveryMs: 150, pongWithinMs: 100 }
const PONG = Buffer.from([0x81, 0x80 | 15, 0, 0, 0, 0, ...Buffer.from('{"type":"pong"}')])

withTemporaryData()
const server = withLiveServer({ beat: BEAT })

it('closes a client that never answers at its second missed ping, with a code that says so', async () => {
  const silent = await server.connect(bearer(TEST_ADMIN_KEY))
  const startedMs = performance.now()
  expect(await silent.closed).toBe(1001)
  expect(performance.now() - startedMs).toBeGreaterThan(BEAT.pingEveryMs + BEAT.pongWithinMs)
  expect(silent.frames.filter(({ type }) => type === 'ping')).toHaveLength(2)
})

it('drops the connection of a client that does not even take part in the close', async () => {
  const silent = await server.connectRaw(TEST_ADMIN_KEY)
  silent.resume()
  await new Promise((resolve) => silent.on('close', resolve))
})

it('keeps a client that answers, in whatever words a pong comes', async () => {
  const [client, raw] = [await server.connect(bearer(TEST_ADMIN_KEY)), await server.connectRaw(TEST_ADMIN_KEY)]
  client.socket.on('message', () => client.socket.send('{"type":"pong"}'))
  raw.on('data', () => raw.write(PONG))
  await expect.poll(() => client.frames.filter(({ type }) => type === 'ping').length).toBeGreaterThan(3)
  expect([client.socket.readyState, raw.readyState]).toEqual([client.socket.OPEN, 'open'])
  raw.destroy()
})

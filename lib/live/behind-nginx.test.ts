import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { announce } from '#lib/events.ts'
import { progressEvent } from '#lib/testing/live-events.ts'
import { bearer, withLiveServer } from '#lib/testing/live-server.ts'
import { startNginx, whyNoNginx } from '#lib/testing/reverse-proxy.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

const BEAT = { pingEveryMs: 200, pongWithinMs: 150 }

withTemporaryData({ TRUST_PROXY: 'true' })
const server = withLiveServer({ beat: BEAT })
const folder = await mkdtemp(join(tmpdir(), 'docsfy-nginx-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

it('passes nginx as README sets it up: pings, pongs, events at once, the checks of origin and the close', async (ctx) => {
  const reason = whyNoNginx()
  if (reason) return ctx.skip(reason)
  const nginx = await startNginx({ folder, upstream: server.base })
  try {
    const origin = `https://${nginx.host}`
    const open = (headers: Record<string, string>) => server.connect({ ...headers, origin }, '', `wss://${nginx.host}`)
    const [answering, silent] = [await open(bearer(TEST_ADMIN_KEY)), await open(bearer(TEST_ADMIN_KEY))]
    answering.socket.on('message', () => answering.socket.send('{"type":"pong"}'))
    await expect(open({})).rejects.toThrow('401')
    const foreign = { ...bearer(TEST_ADMIN_KEY), origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' }
    await expect(server.connect(foreign, '', `wss://${nginx.host}`)).rejects.toThrow('403')

    await answering.until('sync')
    announce('run_progress', progressEvent('ann', 'lib'))
    await answering.until('progress')
    expect(await silent.closed).toBe(1001)
    await expect.poll(() => answering.frames.filter(({ type }) => type === 'ping').length).toBeGreaterThan(3)
    expect(answering.socket.readyState).toBe(answering.socket.OPEN)
    server.restart()
    expect(await answering.closed).toBe(1001)
  } finally {
    await nginx.stop()
  }
})

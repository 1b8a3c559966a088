import { expect, test } from '@playwright/test'
import { WebSocket } from 'ws'
import { send } from './api-client.ts'
import { cookieOf } from './api-world.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

const WIKI = 'https://wiki.example'
const json = { 'content-type': 'application/json' }

async function withServer(settings: Record<string, string>, work: (server: ServerProcess) => Promise<void>) {
  const server = await startServerProcess(settings)
  try {
    await work(server)
  } finally {
    await server.remove()
  }
}

function signIn({ url, adminKey }: ServerProcess, headers: Record<string, string> = {}) {
  const body = { username: 'admin', api_key: adminKey }
  return send(url, '/api/auth/login', { method: 'POST', headers, body })
}

/** Status of an upgrade: 101 when the feed opens. */
function upgrade({ url }: ServerProcess, headers: Record<string, string>, path = '/api/ws'): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers })
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0))
    socket.on('message', () => {
      resolve(101)
      socket.close()
    })
    socket.on('error', () => resolve(0))
  })
}

test('ALLOWED_ORIGINS lets pages of exactly those origins change things and follow the feed; SECURE_COOKIES=true marks every cookie', async () => {
  await withServer({ ALLOWED_ORIGINS: `${WIKI}, https://b.example`, SECURE_COOKIES: 'true' }, async (server) => {
    const signedIn = await signIn(server, { origin: WIKI })
    expect(signedIn.status).toBe(200)
    expect(signedIn.headers['set-cookie']?.[0]).toMatch(/; Secure$/)
    const cookie = cookieOf(signedIn)
    const post = (origin: string) =>
      send(server.url, '/api/generate', { method: 'POST', headers: { cookie, origin, ...json }, body: {} })
    for (const [origin, isAllowed] of [
      [WIKI, true],
      ['https://b.example', true],
      [server.url, true],
      ['http://wiki.example', false],
      [`${WIKI}:8443`, false],
      [`${WIKI}.evil.test`, false],
      ['null', false],
    ] as const) {
      expect([origin, (await post(origin)).status]).toEqual([origin, isAllowed ? 422 : 403])
      expect([origin, await upgrade(server, { cookie, origin })]).toEqual([origin, isAllowed ? 101 : 403])
      expect((await signIn(server, { origin })).status).toBe(isAllowed ? 200 : 403)
    }
  })
})

test('SECURE_COOKIES=false marks none, and no key is ever in what the server writes, whatever it logs', async () => {
  const settings = { SECURE_COOKIES: 'false', TRUST_PROXY: 'true', LOG_LEVEL: 'debug' }
  await withServer(settings, async (server) => {
    const { url, adminKey } = server
    const signedIn = await signIn(server, { 'x-forwarded-proto': 'https' })
    expect(signedIn.headers['set-cookie']?.[0]).not.toContain('Secure')
    const token = `?token=${adminKey}`
    expect(await upgrade(server, {}, `/api/ws${token}`)).toBe(101)
    expect(await upgrade(server, { origin: 'https://evil.test' }, `/api/ws${token}`)).toBe(403)
    expect(await upgrade(server, {}, `/api/ws${token}x`)).toBe(401)
    expect(await upgrade(server, {}, `/api/elsewhere${token}`)).toBe(0)
    for (const path of ['/api/ws', '/api/projects', '/api/nothing', '/docs/x/', '/login', '/%'])
      expect((await send(url, `${path}${token}`)).status).not.toBe(500)
    await send(url, '/api/auth/login', { method: 'POST', headers: json, body: `{"api_key":"${adminKey}"` })
    const written = server.output()
    expect(written).toContain(new URL(url).port)
    expect(written).not.toContain(adminKey)
  })
})

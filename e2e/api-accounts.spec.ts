import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { WebSocket } from 'ws'
import { type Answer, send } from './api-client.ts'
import { type Caller, cookieOf, createWorld, type World } from './api-world.ts'

let world: World
test.beforeAll(async () => {
  world = await createWorld()
})
test.afterAll(() => world.remove())

const json = { 'content-type': 'application/json' }

function signIn(username: string, api_key: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send(world.server.url, '/api/auth/login', { method: 'POST', body: { username, api_key }, headers })
}

/** A caller with a session of this account. */
async function sessionOf(username: string, key: string): Promise<Record<string, string>> {
  return { cookie: cookieOf(await signIn(username, key)), origin: world.server.url, ...json }
}

async function statusWith(headers: Record<string, string>, path = '/api/auth/me'): Promise<number> {
  return (await send(world.server.url, path, { headers })).status
}

/** An open live socket; `closed` resolves with the code it is closed with. */
async function liveSocket(headers: Record<string, string>): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/api/ws`, { headers })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject))
  return { closed }
}

test('each login has a cookie of its own, out of reach of scripts, and Secure when the request came by HTTPS', async () => {
  const key = await world.addUser('sara')
  const [plain, secure] = [await signIn('sara', key), await signIn('sara', key, { 'x-forwarded-proto': 'https' })]
  expect(plain.json).toEqual({ username: 'sara', role: 'user', is_admin: false })
  const cookie = /^docsfy_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/
  expect(plain.headers['set-cookie']?.[0]).toMatch(cookie)
  expect(secure.headers['set-cookie']?.[0]).toMatch(/; Secure$/)
  expect(cookieOf(plain)).not.toBe(cookieOf(secure))
  const forged = await signIn('sara', key, { 'x-docsfy-secure': '1', 'x-docsfy-address': '1.2.3.4' })
  expect(forged.headers['set-cookie']?.[0]).toMatch(cookie)
})

test('with the cookie alone no other site can change anything', async () => {
  const { cookie = '' } = await sessionOf('tina', await world.addUser('tina'))
  const post = (headers: Record<string, string>, body = '{}') =>
    send(world.server.url, '/api/generate', { method: 'POST', headers: { cookie, ...headers }, body })
  const own = { origin: world.server.url }
  expect((await post({ ...own, ...json })).status).toBe(422)
  expect((await post(json)).status).toBe(403)
  expect((await post({ ...json, origin: 'null' })).status).toBe(403)
  expect((await post({ ...json, origin: 'https://evil.example' })).status).toBe(403)
  const proxied = { ...json, origin: 'https://docs.example.com', 'x-forwarded-host': 'docs.example.com' }
  expect((await post(proxied)).status).toBe(422)
  expect((await post({ ...own, 'content-type': 'text/plain' })).status).toBe(400)
  expect((await post({ ...own, 'content-type': 'application/x-www-form-urlencoded' }, 'a=b')).status).toBe(400)
  expect(await statusWith({ cookie, origin: 'https://evil.example' })).toBe(200)
})

test('logout ends that session at once and leaves the others', async () => {
  const key = await world.addUser('uma')
  const [first, second] = [await sessionOf('uma', key), await sessionOf('uma', key)]
  const out = await send(world.server.url, '/api/auth/logout', { method: 'POST', headers: first, body: {} })
  expect(out.json).toEqual({ ok: true })
  expect(out.headers['set-cookie']?.[0]).toContain('docsfy_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
  expect([await statusWith(first), await statusWith(second)]).toEqual([401, 200])
})

test('another key ends every session and socket of the account, and the old key', async () => {
  const key = await world.addUser('wilma')
  const session = await sessionOf('wilma', key)
  const { closed } = await liveSocket({ authorization: `Bearer ${key}` })
  const answer = await send(world.server.url, '/api/auth/rotate-key', { method: 'POST', headers: session, body: {} })
  expect(answer.json).toEqual({ username: 'wilma', new_api_key: expect.stringMatching(/^docsfy_[\w-]{43}$/) })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0')
  expect(await closed).toBe(1008)
  expect([await statusWith(session), await statusWith({ authorization: `Bearer ${key}` })]).toEqual([401, 401])
  const { new_api_key } = answer.json as { new_api_key: string }
  expect(await statusWith({ authorization: `Bearer ${new_api_key}` })).toBe(200)
})

test('keys and session tokens are in no later answer, no log and no file', async () => {
  const key = await world.addUser('yara')
  const { cookie = '' } = await sessionOf('yara', key)
  const secrets = [key, cookie.split('=')[1] ?? '', world.server.adminKey]
  expect(secrets.every((secret) => secret.length > 30)).toBe(true)
  const places = [world.server.output()]
  for (const path of ['users', 'settings', 'grants', 'queue'])
    places.push((await world.ask(world.admin, `/api/admin/${path}`)).text)
  const { dataDir } = world.server
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) places.push(await readFile(join(entry.parentPath, entry.name), 'latin1'))
  expect(places.length).toBeGreaterThan(10)
  for (const secret of secrets) expect(places.filter((place) => place.includes(secret))).toEqual([])
})

test('a deleted user is gone with sessions, sockets, projects and grants, but not while a run is active', async () => {
  const key = await world.addUser('zoe')
  const zoe: Caller = { ...world.owner, username: 'zoe', headers: { authorization: `Bearer ${key}` } }
  const session = await sessionOf('zoe', key)
  const body = { repo_url: world.silentRepository('zoes') }
  await world.ask(zoe, '/api/generate', { method: 'POST', body })
  const grant = { username: 'vera', owner: 'zoe' }
  await world.ask(world.admin, '/api/admin/projects/zoes/access', { method: 'POST', body: grant })
  const removeZoe = () => world.ask(world.admin, '/api/admin/users/zoe', { method: 'DELETE' })
  expect((await removeZoe()).status).toBe(409)
  await world.ask(zoe, '/api/projects/zoes/abort', { method: 'POST', body: {} })
  const { closed } = await liveSocket(zoe.headers)
  expect((await removeZoe()).json).toEqual({ deleted: 'zoe' })
  expect(await closed).toBe(1008)
  expect([await statusWith(session), await statusWith(zoe.headers)]).toEqual([401, 401])
  expect((await world.ask(world.admin, '/api/projects')).text).not.toContain('zoes')
  expect((await world.ask(world.admin, '/api/admin/grants')).text).not.toContain('zoe')
  await world.addUser('zoe')
  expect((await removeZoe()).status).toBe(200)
})

test('nobody deletes themselves, not even an admin made by an admin', async () => {
  const key = await world.addUser('root2', 'admin')
  const headers = { authorization: `Bearer ${key}` }
  const self = await send(world.server.url, '/api/admin/users/root2', { method: 'DELETE', headers })
  expect(self.status).toBe(400)
  expect(await statusWith(headers, '/api/admin/users')).toBe(200)
})

test('a grant shows the project at once, taking it back hides it at once, and it ends with the last variant', async () => {
  const vlad = world.callers.find(({ username }) => username === 'vlad') ?? world.owner
  const path = await world.startEndless('shared')
  await world.ask(world.owner, `${path}/abort`, { method: 'POST', body: {} })
  const access = '/api/admin/projects/shared/access'
  const body = { username: 'vlad', owner: 'olga' }
  const grant = () => world.ask(world.admin, access, { method: 'POST', body })
  expect((await world.ask(vlad, path)).status).toBe(404)
  expect((await grant()).json).toEqual({ granted: 'shared', username: 'vlad', owner: 'olga' })
  expect((await world.ask(vlad, path)).status).toBe(200)
  expect((await world.ask(vlad, '/api/projects')).text).toContain('shared')
  const taken = await world.ask(world.admin, `${access}/vlad?owner=olga`, { method: 'DELETE' })
  expect(taken.json).toEqual({ revoked: 'shared', username: 'vlad', owner: 'olga' })
  expect((await world.ask(vlad, path)).status).toBe(404)
  expect((await world.ask(vlad, '/api/projects')).text).not.toContain('shared')
  await grant()
  expect((await world.ask(world.owner, path, { method: 'DELETE' })).json).toEqual({
    deleted: 'shared/main/builtin/static',
  })
  await world.startEndless('shared')
  expect((await world.ask(vlad, path)).status).toBe(404)
})

test('ten wrong logins a minute, per address and per name, then 429 with the time to wait', async () => {
  const key = await world.addUser('xena')
  for (let n = 0; n < 10; n += 1)
    expect((await signIn('xena', 'wrong', { 'x-forwarded-for': `10.5.0.${n}` })).status).toBe(401)
  const byName = await signIn('xena', key, { 'x-forwarded-for': '10.5.1.1' })
  expect(byName.status).toBe(429)
  expect(Number(byName.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(byName.headers['retry-after'])).toBeLessThanOrEqual(60)
  for (let n = 0; n < 10; n += 1) await signIn(`nobody-${n}`, 'wrong', { 'x-forwarded-for': '10.6.0.1' })
  expect((await signIn('olga', 'x', { 'x-forwarded-for': '10.6.0.1' })).status).toBe(429)
  expect((await signIn('olga', 'x', { 'x-forwarded-for': '10.6.0.2' })).status).toBe(401)
})

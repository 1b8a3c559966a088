import { setImmediate as turnOfLoop } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { insertSession } from '#db/queries/sessions.ts'
import { authenticate } from '#lib/auth/authenticate.ts'
import { hashSecret, newToken } from '#lib/auth/keys.ts'
import { announce } from '#lib/events.ts'
import { enqueueRun } from '#lib/jobs/queue.ts'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { login } from '#lib/services/sessions/login.ts'
import { logout } from '#lib/services/sessions/logout.ts'
import { removeUser } from '#lib/services/users/remove.ts'
import { rotateUserKey } from '#lib/services/users/rotate-key.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { progressEvent } from '#lib/testing/live-events.ts'
import { bearer, withLiveServer } from '#lib/testing/live-server.ts'
import { readyVariant, startInput } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData({ ALLOWED_ORIGINS: 'https://wiki.example' })
const server = withLiveServer()

async function sessionOf(key: string) {
  const { token } = await login({ username: 'ann', api_key: key }, '10.0.0.9')
  const principal = await authenticate({ kind: 'session', hash: hashSecret(token) })
  if (!principal) throw new Error('the session was not stored')
  return { headers: { cookie: `docsfy_session=${token}` }, principal }
}

it('lets in by key, session cookie or token in the address, and nobody else', async () => {
  const ann = await makeAccount('ann')
  const session = await sessionOf(ann.key)
  for (const [headers, query] of [
    [bearer(ann.key), ''],
    [session.headers, ''],
    [{}, `?token=${ann.key}`],
  ] as const)
    await (await server.connect(headers, query)).until('sync')
  await expect(server.connect({})).rejects.toThrow('401')
  await expect(server.connect(bearer('wrong'))).rejects.toThrow('401')
  await expect(server.connect({}, '?token=wrong')).rejects.toThrow('401')
  await expect(server.connect({ cookie: 'docsfy_session=wrong' })).rejects.toThrow('401')
})

it('checks the origin before anything else', async () => {
  const from = (origin: string) => server.connect({ ...bearer(TEST_ADMIN_KEY), origin })
  for (const foreign of ['http://evil.test', 'null', `http://${server.base}.evil.test`, 'http://127.0.0.1:1'])
    await expect(from(foreign)).rejects.toThrow('403')
  for (const own of [`http://${server.base}`, 'https://wiki.example']) await (await from(own)).until('sync')
})

it('closes upgrades on any other path', async () => {
  const elsewhere = new WebSocket(`ws://${server.base}/api/other`)
  await expect(new Promise((_, reject) => elsewhere.on('error', reject))).rejects.toThrow()
})

it('shows a granted project at once and takes it away at once', async () => {
  const admin = await adminPrincipal()
  const eve = await makeAccount('eve')
  await makeAccount('ann')
  await readyVariant('ann', 'lib')
  const client = await server.connect(bearer(eve.key))
  await client.untilSync([])
  await grantAccess(admin, { name: 'lib', username: 'eve' })
  await client.untilSync(['lib'])
  client.frames.length = 0
  await revokeAccess(admin, { name: 'lib', username: 'eve' })
  await client.untilSync([])
  await enqueueRun(startInput('ann', 'lib'))
  expect(client.frames.filter((frame) => frame.type === 'progress')).toEqual([])
})

it('sends no frame of a project after the sync without it, while its run goes on telling', async () => {
  const admin = await adminPrincipal()
  const eve = await makeAccount('eve')
  await makeAccount('ann')
  await readyVariant('ann', 'lib')
  const client = await server.connect(bearer(eve.key))
  await client.untilSync([])
  let isTelling = true
  const telling = (async () => {
    while (isTelling) {
      announce('run_progress', progressEvent('ann', 'lib'))
      await turnOfLoop()
    }
  })()
  for (let round = 0; round < 25; round += 1) {
    client.frames.length = 0
    await grantAccess(admin, { name: 'lib', username: 'eve' })
    await client.untilSync(['lib'])
    await client.until('progress')
    await revokeAccess(admin, { name: 'lib', username: 'eve' })
    await client.untilSync([])
    const last = client.frames.findIndex((frame) => frame.type === 'sync' && frame.projects.length === 0)
    for (let turn = 0; turn < 5; turn += 1) await turnOfLoop()
    expect(client.frames.slice(last).filter((frame) => frame.type === 'progress')).toEqual([])
  }
  isTelling = false
  await telling
})

it('closes the sockets of an ended session, and no other of the same user', async () => {
  const ann = await makeAccount('ann')
  const session = await sessionOf(ann.key)
  const bySession = await server.connect(session.headers)
  const byKey = await server.connect(bearer(ann.key))
  await Promise.all([bySession.until('sync'), byKey.until('sync')])
  await logout(session.principal)
  expect(await bySession.closed).toBe(1008)
  expect(byKey.socket.readyState).toBe(WebSocket.OPEN)
})

it('closes the sockets of a session when it expires', async () => {
  const ann = await makeAccount('ann')
  const token = newToken()
  const times = { createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 3000).toISOString() }
  await insertSession({ tokenHash: hashSecret(token), username: ann.principal.username, ...times }, null)
  const client = await server.connect({ cookie: `docsfy_session=${token}` })
  await client.until('sync')
  expect(await client.closed).toBe(1008)
})

it('closes all sockets of a user whose key or account changes', async () => {
  const admin = await adminPrincipal()
  const changes = {
    key: () => rotateUserKey(admin, 'key'),
    account: () => removeUser(admin, 'account'),
  }
  for (const [username, change] of Object.entries(changes)) {
    const { key } = await makeAccount(username)
    const clients = await Promise.all([server.connect(bearer(key)), server.connect(bearer(key))])
    for (const client of clients) await client.until('sync')
    await change()
    for (const client of clients) expect(await client.closed).toBe(1008)
  }
})

it('does not let in a credential that ends during the handshake', async () => {
  const admin = await adminPrincipal()
  for (let round = 0; round < 20; round += 1) {
    const name = `user${round}`
    const { key } = await makeAccount(name)
    const connecting = server.connect(bearer(key)).catch(() => null)
    for (let turn = 0; turn < round % 10; turn += 1) await turnOfLoop()
    await removeUser(admin, name)
    const client = await connecting
    if (client) expect(await client.closed).toBe(1008)
  }
})

it('lets a user have twenty sockets and no more, also when all come at once', async () => {
  const ann = await makeAccount('ann')
  const attempts = await Promise.allSettled(Array.from({ length: 30 }, () => server.connect(bearer(ann.key))))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  await expect(server.connect(bearer(ann.key))).rejects.toThrow('429')
})

it('lets an address have fifty sockets and no more, and counts those that left', async () => {
  const keys = [TEST_ADMIN_KEY, (await makeAccount('ann')).key, (await makeAccount('bob')).key]
  const clients = []
  for (let index = 0; index < 50; index += 1) clients.push(await server.connect(bearer(keys[index % 3] ?? '')))
  await expect(server.connect(bearer(TEST_ADMIN_KEY))).rejects.toThrow('429')
  clients[0]?.socket.close()
  await expect.poll(() => server.connect(bearer(TEST_ADMIN_KEY)).catch(() => null)).not.toBeNull()
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { authenticate } from '#lib/auth/authenticate.ts'
import { hashSecret } from '#lib/auth/keys.ts'
import type { ServerFrame } from '#lib/domain/frames.ts'
import { serverFrameSchema } from '#lib/domain/frames.ts'
import { announce } from '#lib/events.ts'
import { abortActiveRun, enqueueRun } from '#lib/jobs/queue.ts'
import { createHub, type Hub } from '#lib/live/hub.ts'
import { dispatchUpgrades } from '#lib/live/upgrade.ts'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { login } from '#lib/services/sessions/login.ts'
import { logout } from '#lib/services/sessions/logout.ts'
import { removeUser } from '#lib/services/users/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant, startInput } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
let hub: Hub
let server: ReturnType<typeof createServer>
let base = ''

beforeEach(async () => {
  server = createServer()
  hub = createHub()
  dispatchUpgrades(server, { hub, next: null })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  hub.close()
  server.closeAllConnections()
  server.close()
})

type Headers = Record<string, string>
const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` })

/** A client that keeps every frame; `until` resolves when one fits. */
async function connect(headers: Headers, query = '') {
  const socket = new WebSocket(`ws://${base}/api/ws${query}`, { headers })
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
  function until<Type extends ServerFrame['type']>(type: Type, fits: (frame: ServerFrame) => boolean = () => true) {
    const { promise, resolve } = Promise.withResolvers<Extract<ServerFrame, { type: Type }>>()
    const check = () => {
      const found = frames.find((frame) => frame.type === type && fits(frame))
      if (found) resolve(found as Extract<ServerFrame, { type: Type }>)
    }
    waiting.add(check)
    check()
    return promise
  }
  return { socket, frames, closed, until }
}

it('sends the list at once, then what happens, numbered without gaps, to owner and admins only', async () => {
  const [ann, eve] = [await makeAccount('ann'), await makeAccount('eve')]
  const [owner, admin, other] = await Promise.all([ann.key, TEST_ADMIN_KEY, eve.key].map((key) => connect(bearer(key))))
  for (const client of [owner, admin, other]) await client?.until('sync')
  const started = await enqueueRun(startInput('ann', 'lib'))
  const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }
  const event = { kind: 'stage_started' as const, stage: 'planning' as const }
  const run = { identity, generationId: started?.variantId ?? '', runId: started?.runId ?? '' }
  const recorded = { seq: 1, at: new Date().toISOString(), event }
  announce('run_progress', { ...run, recorded, changed: { current_stage: 'planning' } })
  await abortActiveRun(run.generationId, identity)
  for (const client of [owner, admin]) {
    await client?.until('sync', (frame) => frame.type === 'sync' && frame.projects.length === 1)
    const [sync, waiting, progress, status, again] = client?.frames ?? []
    expect(sync).toMatchObject({ type: 'sync', projects: [] })
    const first = sync?.type === 'sync' ? sync.seq : Number.NaN
    expect(waiting).toMatchObject({ type: 'progress', seq: first + 1, status: 'generating', run_id: run.runId })
    expect(progress).toMatchObject({ seq: first + 2, current_stage: 'planning', event: recorded })
    expect(status).toMatchObject({ type: 'status_change', seq: first + 3, status: 'aborted' })
    expect(again).toMatchObject({ type: 'sync', seq: first + 3 })
  }
  expect(other?.frames).toHaveLength(1)
})

it('refuses strangers, foreign origins and other paths', async () => {
  await expect(connect({})).rejects.toThrow('401')
  await expect(connect(bearer('wrong'))).rejects.toThrow('401')
  await expect(connect({ ...bearer(TEST_ADMIN_KEY), origin: 'http://evil.test' })).rejects.toThrow('403')
  const { until } = await connect({ origin: `http://${base}` }, `?token=${TEST_ADMIN_KEY}`)
  await until('sync')
  const elsewhere = new WebSocket(`ws://${base}/api/other`)
  await expect(new Promise((_, reject) => elsewhere.on('error', reject))).rejects.toThrow()
})

it('shows a granted project at once and takes it away at once', async () => {
  const admin = await adminPrincipal()
  const eve = await makeAccount('eve')
  await makeAccount('ann')
  await readyVariant('ann', 'lib')
  const client = await connect(bearer(eve.key))
  await client.until('sync', (frame) => frame.type === 'sync' && frame.projects.length === 0)
  await grantAccess(admin, { name: 'lib', username: 'eve' })
  await client.until('sync', (frame) => frame.type === 'sync' && frame.projects.length === 1)
  client.frames.length = 0
  await revokeAccess(admin, { name: 'lib', username: 'eve' })
  await client.until('sync', (frame) => frame.type === 'sync' && frame.projects.length === 0)
  await enqueueRun(startInput('ann', 'lib'))
  expect(client.frames.filter((frame) => frame.type === 'progress')).toEqual([])
})

it('closes the sockets of an ended session and of a deleted user', async () => {
  const ann = await makeAccount('ann')
  const { token } = await login({ username: 'ann', api_key: ann.key }, '10.0.0.9')
  const bySession = await connect({ cookie: `docsfy_session=${token}` })
  const byKey = await connect(bearer(ann.key))
  await Promise.all([bySession.until('sync'), byKey.until('sync')])
  const session = await authenticate({ kind: 'session', hash: hashSecret(token) })
  if (session) await logout(session)
  expect(await bySession.closed).toBe(1008)
  expect(byKey.socket.readyState).toBe(WebSocket.OPEN)
  await removeUser(await adminPrincipal(), 'ann')
  expect(await byKey.closed).toBe(1008)
})

it('ends a socket that sends too much or what is not text, and no other one', async () => {
  const [big, binary, good] = await Promise.all([1, 2, 3].map(() => connect(bearer(TEST_ADMIN_KEY))))
  big?.socket.send('x'.repeat(70_000))
  binary?.socket.send(Buffer.from('pong'))
  good?.socket.send('{not json')
  expect(await big?.closed).toBe(1009)
  expect(await binary?.closed).toBe(1003)
  await enqueueRun(startInput('admin', 'lib'))
  await good?.until('progress')
})

it('lets a user have twenty sockets and no more', async () => {
  const ann = await makeAccount('ann')
  await Promise.all(Array.from({ length: 20 }, () => connect(bearer(ann.key))))
  await expect(connect(bearer(ann.key))).rejects.toThrow('429')
})

import { Socket } from 'node:net'
import { expect, it, vi } from 'vitest'
import { noteRevocation } from '#lib/auth/audience.ts'
import type { ProgressFrame, ServerFrame } from '#lib/domain/frames.ts'
import { announce } from '#lib/events.ts'
import { abortActiveRun, enqueueRun } from '#lib/jobs/queue.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { progressEvent } from '#lib/testing/live-events.ts'
import { bearer, withLiveServer } from '#lib/testing/live-server.ts'
import { readyVariant, startInput } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const server = withLiveServer()
const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }
const variantQuery = { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

const seqOf = (frame: ServerFrame | undefined) => (frame && 'seq' in frame ? frame.seq : Number.NaN)
const tellProgress = (owner: string, name: string) => announce('run_progress', progressEvent(owner, name))

it('sends the list at once, then what happens, numbered without gaps, to owner and admins only', async () => {
  const [ann, eve] = [await makeAccount('ann'), await makeAccount('eve')]
  const clients = await Promise.all([ann.key, TEST_ADMIN_KEY, eve.key].map((key) => server.connect(bearer(key))))
  const [owner, admin, other] = clients
  for (const client of clients) await client.untilSync([])
  const started = await enqueueRun(startInput('ann', 'lib'))
  const run = { identity, generationId: started?.variantId ?? '', runId: started?.runId ?? '' }
  const event = progressEvent('ann', 'lib', { ...run, changed: { current_stage: 'planning' } })
  announce('run_progress', event)
  await abortActiveRun(run.generationId, identity)
  for (const client of [owner, admin]) {
    await client?.untilSync(['lib'])
    const [sync, waiting, progress, status, again] = client?.frames ?? []
    const first = seqOf(sync)
    expect(waiting).toMatchObject({ type: 'progress', seq: first + 1, status: 'generating', run_id: run.runId })
    expect(progress).toMatchObject({ seq: first + 2, current_stage: 'planning', event: event.recorded })
    expect(status).toMatchObject({ type: 'status_change', seq: first + 3, status: 'aborted' })
    expect(again).toMatchObject({ type: 'sync', seq: first + 3, projects: [{ status: 'aborted' }] })
  }
  expect(other?.frames).toHaveLength(1)
})

it('leaves out of a progress frame whatever did not change', async () => {
  const client = await server.connect(bearer(TEST_ADMIN_KEY))
  await client.until('sync')
  tellProgress('ann', 'lib')
  const fields = Object.keys(await client.until('progress')).sort()
  const always = ['type', 'name', 'branch', 'provider', 'model', 'owner', 'status', 'generation_id', 'run_id']
  expect(fields).toEqual([...always, 'event', 'seq'].sort())
})

it('loses no event of a variant that tells faster than ten times a second', async () => {
  const client = await server.connect(bearer(TEST_ADMIN_KEY))
  await client.until('sync')
  const first = progressEvent('ann', 'lib')
  for (let seq = 1; seq <= 50; seq += 1)
    announce('run_progress', { ...first, recorded: { ...first.recorded, seq }, changed: { page_count: seq } })
  const last = await client.until('progress', ({ page_count }) => page_count === 50)
  const [one, ...others] = client.frames.filter((frame) => frame.type === 'progress')
  expect(one?.event?.seq).toBe(1)
  expect(others.flatMap(({ events }) => events?.map(({ seq }) => seq))).toEqual(
    Array.from({ length: 49 }, (_, n) => n + 2),
  )
  expect(last.event?.seq).toBe(50)
})

it('writes the first event of a burst at once and the rest together', async () => {
  const client = await server.connect(bearer(TEST_ADMIN_KEY))
  await client.until('sync')
  const writes = vi.spyOn(Socket.prototype, 'write')
  for (let index = 0; index < 50; index += 1) tellProgress('ann', `lib${index}`)
  expect(writes).toHaveBeenCalledTimes(1)
  await client.until('progress', ({ name }) => name === 'lib49')
  expect(writes).toHaveBeenCalledTimes(2)
  writes.mockRestore()
})

it('sends nothing of a burst that was still waiting when access ended', async () => {
  const [ann, eve] = [await makeAccount('ann'), await makeAccount('eve')]
  await readyVariant('ann', 'lib')
  await grantAccess(await adminPrincipal(), { name: 'lib', username: 'eve' })
  const [owner, reader] = [await server.connect(bearer(ann.key)), await server.connect(bearer(eve.key))]
  for (const client of [owner, reader]) await client.untilSync(['lib'])
  for (const step of [1, 2, 3]) announce('run_progress', progressEvent('ann', 'lib', { changed: { page_count: step } }))
  noteRevocation({ owner: 'ann', name: 'lib' }, 'eve')
  announce('access_changed', { usernames: ['eve'] })
  await reader.untilSync([])
  await owner.until('progress', ({ page_count }) => page_count === 3)
  expect(reader.frames.flatMap((frame) => (frame.type === 'progress' ? [frame.page_count] : []))).toEqual([1])
})

it('gives a client that comes back exactly what it missed', async () => {
  const ann = await makeAccount('ann')
  const gone = await server.connect(bearer(ann.key))
  const known = seqOf(await gone.until('sync'))
  gone.socket.close()
  await gone.closed
  for (let index = 0; index < 3; index += 1) tellProgress('ann', 'lib')
  const back = await server.connect(bearer(ann.key), `?since=${known}`)
  await back.until('progress', ({ seq }) => seq === known + 3)
  tellProgress('ann', 'lib')
  await back.until('progress', ({ seq }) => seq === known + 4)
  expect(back.frames.map(seqOf)).toEqual([1, 2, 3, 4].map((step) => known + step))
})

it('answers with a sync when a replay cannot tell what was missed', async () => {
  const ann = await makeAccount('ann')
  await readyVariant('ann', 'lib')
  const gone = await server.connect(bearer(ann.key))
  const known = seqOf(await gone.until('sync'))
  const backSince = async (since: string | number) => {
    const back = await server.connect(bearer(ann.key), `?since=${since}`)
    await expect.poll(() => back.frames.length).toBeGreaterThan(0)
    return back.frames[0]
  }
  for (const nonsense of ['-1', 'x', '', '9'.repeat(30), known + 1000, 3])
    expect(await backSince(nonsense)).toMatchObject({ type: 'sync', seq: known })
  await removeVariant(ann.principal, variantQuery)
  expect(await backSince(known)).toMatchObject({ type: 'sync', seq: known + 1, projects: [] })
  const started = await enqueueRun(startInput('ann', 'lib'))
  await abortActiveRun(started?.variantId ?? '', identity)
  expect(await backSince(known + 1)).toMatchObject({ type: 'sync', seq: known + 3, projects: [{ status: 'aborted' }] })
  for (let index = 0; index < 600; index += 1) tellProgress('ann', 'lib')
  expect(await backSince(known + 3)).toMatchObject({ type: 'sync', seq: known + 603 })
  server.restart()
  expect(await backSince(known + 603)).toMatchObject({ type: 'sync' })
})

it('sends everybody concerned a sync after a deletion, with a number of its own', async () => {
  const ann = await makeAccount('ann')
  await readyVariant('ann', 'lib')
  await readyVariant('ann', 'tool')
  const clients = await Promise.all([ann.key, TEST_ADMIN_KEY].map((key) => server.connect(bearer(key))))
  for (const client of clients) await client.untilSync(['lib', 'tool'])
  await removeVariant(ann.principal, variantQuery)
  for (const client of clients) {
    const { seq } = await client.untilSync(['tool'])
    expect(seq).toBe(seqOf(client.frames[0]) + 1)
  }
})

it('shows in a sync the same rows as the list of the API, in the same order', async () => {
  const ann = await makeAccount('ann')
  for (const [owner, name] of [
    ['bob', 'zoo'],
    ['ann', 'lib'],
    ['ann', 'älter'],
    ['bob', 'lib'],
  ] as const)
    await readyVariant(owner, name)
  await enqueueRun(startInput('ann', 'lib', { branch: 'next' }))
  for (const [key, viewer] of [
    [TEST_ADMIN_KEY, { username: 'admin', role: 'admin' as const }],
    [ann.key, ann.principal],
  ] as const) {
    const { type, seq, ...list } = await (await server.connect(bearer(key))).until('sync')
    expect(list).toEqual(await listProjects(viewer))
  }
})

it('keeps every stream in order while many variants tell at once', async () => {
  const clients = await Promise.all(Array.from({ length: 10 }, () => server.connect(bearer(TEST_ADMIN_KEY))))
  for (const client of clients) await client.until('sync')
  for (let index = 0; index < 500; index += 1) tellProgress('ann', `lib${index}`)
  for (const client of clients) {
    await client.until('progress', ({ name }) => name === 'lib499')
    const seen = client.frames.filter((frame): frame is ProgressFrame => frame.type === 'progress')
    expect(seen.map(({ name }) => name)).toEqual(Array.from({ length: 500 }, (_, index) => `lib${index}`))
    expect(seen.every(({ seq }, index) => seq === seqOf(client.frames[0]) + index + 1)).toBe(true)
  }
})

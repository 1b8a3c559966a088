import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { extract } from 'tar-stream'
import { runEventsResponseSchema, runsResponseSchema } from '#lib/domain/runs.ts'
import { projectsResponseSchema, variantRowSchema } from '#lib/domain/variant-schema.ts'
import { type Answer, send } from './api-client.ts'
import { createWorld, SLASHED, type World } from './api-world.ts'
import { requestsWith } from './naughty-requests.ts'
import { NAUGHTY_STRINGS } from './naughty-strings.ts'

let world: World
test.beforeAll(async () => {
  world = await createWorld()
})
test.afterAll(() => world.remove())

/** Every field of a row, as clients rely on them. */
const ROW_FIELDS = [
  ...['name', 'branch', 'ai_provider', 'ai_model', 'owner', 'generation_id', 'repo_url', 'status', 'current_stage'],
  ...['last_commit_sha', 'last_generated', 'page_count', 'error_message', 'plan_json', 'repo_type', 'total_cost_usd'],
  ...['created_at', 'updated_at'],
  ...[
    'total_pages',
    'run_id',
    'generation_started_at',
    'generation_duration',
    'warnings',
    'resumable',
    'unpriced_calls',
  ],
]
const READY = '/api/projects/sample/feature~2Flamps/builtin/static'

test('a branch with a slash is one segment of the address', async () => {
  expect((await world.ask(world.owner, READY)).json).toMatchObject({
    branch: SLASHED,
    status: 'ready',
    repo_type: 'library',
  })
  expect((await world.ask(world.owner, READY.replace('~2F', '%7E2f'))).json).toMatchObject({ branch: SLASHED })
  const list = projectsResponseSchema.parse((await world.ask(world.owner, '/api/projects')).json)
  expect(list.known_branches.sample).toEqual([SLASHED])
  expect(list.known_models).toEqual({ builtin: ['static'] })
  expect(list.projects.find(({ name }) => name === 'sample')?.plan_json).toBeNull()
  expect((await world.ask(world.owner, '/api/status')).text).toBe((await world.ask(world.owner, '/api/projects')).text)
  expect((await world.ask(world.owner, '/api/cost')).json).toMatchObject({ total_cost_usd: list.total_cost_usd })
})

test('a row says all the contract names, its times in UTC, and its plan when it is asked for alone', async () => {
  const row = variantRowSchema.parse((await world.ask(world.owner, READY)).json)
  const times = [row.last_generated, row.created_at, row.updated_at, row.generation_started_at]
  for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  expect(JSON.parse(row.plan_json ?? '')).toHaveProperty('navigation')
  expect(Object.keys(row).sort()).toEqual([...ROW_FIELDS].sort())
  const [listed] = projectsResponseSchema
    .parse((await world.ask(world.owner, '/api/projects')).json)
    .projects.filter(({ name }) => name === 'sample')
  expect(listed).toEqual({ ...row, plan_json: null })
  expect((await world.ask(world.owner, `/api/projects/by-id/${row.generation_id}`)).json).toEqual(row)
})

test('local folders are for admins, and what runs is not deleted', async () => {
  const local = await world.ask(world.owner, '/api/generate', { method: 'POST', body: { repo_path: '/srv/code' } })
  expect([local.status, local.json]).toEqual([403, { detail: expect.any(String) }])
  const path = await world.startEndless('busy')
  expect((await world.ask(world.owner, path, { method: 'DELETE' })).status).toBe(409)
  expect((await world.ask(world.admin, `${path}?owner=olga`, { method: 'DELETE' })).status).toBe(409)
  const aborted = await world.ask(world.owner, `${path}/abort`, { method: 'POST', body: {} })
  expect(aborted.json).toEqual({ aborted: 'busy/main/builtin/static' })
  expect((await world.ask(world.owner, '/api/projects/busy', { method: 'DELETE' })).json).toEqual({ deleted: 'busy' })
})

test('the history holds every run, and a log can be read on from where one stopped', async () => {
  const { runs } = runsResponseSchema.parse((await world.ask(world.owner, `${READY}/runs`)).json)
  expect(runs).toMatchObject([{ run_id: world.ready.run_id, state: 'ready', requested_by: 'olga', trigger: 'api' }])
  const events = async (after: number) =>
    runEventsResponseSchema.parse(
      (await world.ask(world.owner, `${READY}/runs/${world.ready.run_id}/events?after=${after}`)).json,
    )
  const all = (await events(0)).events
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
  expect(all.at(-1)?.event).toMatchObject({ kind: 'finished', status: 'ready' })
  expect((await events(3)).events).toEqual(all.slice(3))
  expect((await events(all.length)).events).toEqual([])
})

test('a download is one folder with the site in it, for every caller who may read it', async () => {
  const answer = await world.ask(world.owner, `${READY}/download`)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/gzip',
    'content-disposition': 'attachment; filename="sample-feature-lamps-builtin-static-docs.tar.gz"',
    'x-content-type-options': 'nosniff',
  })
  const names = await namesIn(answer)
  expect(names).toContain('sample-feature-lamps-builtin-static-docs/index.html')
  expect(new Set(names.map((name) => name.split('/')[0])).size).toBe(1)
  const reader = world.callers.find(({ username }) => username === 'vera') ?? null
  expect(await namesIn(await world.ask(reader, '/api/projects/sample/download'))).toEqual(names)
  const endless = await world.startEndless('unready')
  expect((await world.ask(world.owner, `${endless}/download`)).status).toBe(400)
})

test('a second start of the same documentation is refused while the first runs, another branch is not', async () => {
  const body = { repo_url: world.silentRepository('twice') }
  const start = (more: object = {}) =>
    world.ask(world.owner, '/api/generate', { method: 'POST', body: { ...body, ...more } })
  const statuses = (await Promise.all([start(), start(), start()])).map(({ status }) => status).sort()
  expect(statuses).toEqual([202, 409, 409])
  expect((await start({ branch: 'next' })).status).toBe(202)
  expect((await world.ask(world.owner, '/api/projects/twice/abort', { method: 'POST', body: {} })).status).toBe(409)
  expect((await world.ask(world.owner, '/api/projects/twice', { method: 'DELETE' })).status).toBe(409)
  const queue = (await world.ask(world.admin, '/api/admin/queue')).json as { waiting: object[]; running: object[] }
  expect([...queue.running, ...queue.waiting]).toContainEqual(
    expect.objectContaining({ name: 'twice', branch: 'next', owner: 'olga' }),
  )
})

test('an admin says whose project is meant when several have one of that name', async () => {
  const otto = world.callers.find(({ username }) => username === 'otto') ?? world.owner
  const body = { repo_url: world.silentRepository('common') }
  for (const caller of [world.owner, otto]) {
    await world.ask(caller, '/api/generate', { method: 'POST', body })
    await world.ask(caller, '/api/projects/common/abort', { method: 'POST', body: {} })
  }
  const path = '/api/projects/common/main/builtin/static'
  expect((await world.ask(world.admin, path)).status).toBe(409)
  expect((await world.ask(world.admin, `${path}?owner=otto`)).json).toMatchObject({ owner: 'otto' })
  expect((await world.ask(otto, path)).json).toMatchObject({ owner: 'otto' })
  const gina = world.callers.find(({ username }) => username === 'gina') ?? null
  for (const owner of ['olga', 'otto'])
    await world.ask(world.admin, '/api/admin/projects/common/access', {
      method: 'POST',
      body: { username: 'gina', owner },
    })
  expect((await world.ask(gina, path)).status).toBe(409)
  expect((await world.ask(gina, `${path}?owner=olga`)).json).toMatchObject({ owner: 'olga' })
})

test('what is no endpoint is refused in JSON, and HEAD is GET without a body', async () => {
  const { url } = world.server
  expect(await send(url, '/api/nothing')).toMatchObject({
    status: 404,
    json: { detail: 'The API has no such address' },
  })
  expect(await send(url, '/api/projects', { method: 'PUT' })).toMatchObject({ status: 405, headers: { allow: 'GET' } })
  expect((await send(url, '/api/projects/%E0%A4%A')).status).toBe(400)
  expect((await send(url, '/%')).status).toBe(400)
  const head = await world.ask(world.owner, READY, { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
  const archive = await world.ask(world.owner, `${READY}/download`, { method: 'HEAD' })
  expect([archive.status, archive.text]).toEqual([200, ''])
  const chunked = await send(url, '/api/auth/login', {
    method: 'POST',
    headers: { 'transfer-encoding': 'chunked', 'content-type': 'application/json' },
    body: 'x'.repeat(70_000),
  })
  expect(chunked.status).toBe(413)
})

test('no text in any field makes the server fail', async () => {
  test.setTimeout(420_000)
  const failed: string[] = []
  const requests = NAUGHTY_STRINGS.flatMap((text) => requestsWith(text, world.silentRepository('naughty')))
  let next = 0
  async function work(): Promise<void> {
    for (let one = requests[next++]; one; one = requests[next++]) {
      const { path, method = 'GET', body } = one
      const answer = await world
        .ask(world.admin, path, { method, body })
        .catch((error) => ({ status: 599, text: String(error) }))
      if (answer.status >= 500)
        failed.push(
          `${answer.status} ${method} ${path.slice(0, 120)} ${JSON.stringify(body)?.slice(0, 120)} ${answer.text.slice(0, 100)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  expect(requests.length).toBeGreaterThan(2500)
  expect(failed).toEqual([])
  const list = await world.ask(world.admin, '/api/projects')
  expect(list.status).toBe(200)
  expect(projectsResponseSchema.safeParse(list.json).error).toBeUndefined()
  expect((await send(world.server.url, '/health')).json).toEqual({ status: 'ok' })
  expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined()
})

async function namesIn(answer: Answer): Promise<string[]> {
  expect(answer.status).toBe(200)
  const reading = extract()
  const unpacked = createGunzip()
  unpacked.pipe(reading)
  unpacked.end(answer.bytes)
  const names: string[] = []
  for await (const entry of reading) {
    names.push(entry.header.name)
    await buffer(entry)
  }
  return names
}

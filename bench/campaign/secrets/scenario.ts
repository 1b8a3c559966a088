import { gunzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { createUserResponseSchema, generateResponseSchema } from '#lib/domain/responses.ts'
import { variantPath } from '#lib/domain/variant.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { type Sent, send } from '../../../e2e/api-client.ts'
import { cookieOf } from '../../../e2e/api-world.ts'
import type { ServerProcess } from '../../../e2e/server-process.ts'
import type { Canaries } from './canaries.ts'

const PATIENCE_MS = 120_000

interface Scenario {
  server: ServerProcess
  /** Made keys and tokens are added. */
  canaries: Canaries
  /** Private repositories whose tokens are stored, and pasted with the address. */
  urls: { stored: string; pasted: string }
}

/** Uses every secret as people do, rightly and wrongly, and answers all that anybody was told afterwards. */
export async function runScenario({ server, canaries, urls }: Scenario): Promise<(readonly [string, Buffer])[]> {
  const told: (readonly [string, Buffer])[] = []
  const headers = { authorization: `Bearer ${server.adminKey}` }
  /** What is told after a secret was made is kept; the one answer that shows it once is not. */
  async function ask(path: string, sent: Sent = {}, isKept = true) {
    const answer = await send(server.url, path, { ...sent, headers: { ...headers, ...sent.headers } })
    if (isKept)
      told.push([`answer of ${path}`, Buffer.concat([Buffer.from(JSON.stringify(answer.headers)), answer.bytes])])
    return answer
  }
  const post = (path: string, body: unknown, isKept = true) => ask(path, { method: 'POST', body }, isKept)

  const made = await post('/api/admin/users', { username: 'carl', role: 'user' }, false)
  const key = createUserResponseSchema.parse(made.json).api_key
  const login = await send(server.url, '/api/auth/login', { method: 'POST', body: { username: 'carl', api_key: key } })
  const cookie = cookieOf(login)
  Object.assign(canaries, { 'key of a user': key, 'session token': cookie.split('=')[1] ?? '' })
  const mistyped = canaries['mistyped key'] ?? ''
  await post('/api/auth/login', { username: 'carl', api_key: mistyped })
  await ask('/api/auth/me', { headers: { authorization: `Bearer ${mistyped}` } })
  await ask(`/sign-in?token=${mistyped}`, { headers: { authorization: '' } })
  const sockets = [server.adminKey, mistyped].map((token) => listen(server, token))

  const host = new URL(urls.stored).origin
  await post('/api/credentials', { host, username: 'git-user', token: canaries['wrong token'] })
  told.push(...(await generate(ask, { repo_url: urls.stored, branch: 'main' })))
  await post('/api/credentials', { host, username: 'git-user', token: canaries['stored token'] })
  told.push(...(await generate(ask, { repo_url: urls.stored })))
  const address = new URL(urls.pasted)
  Object.assign(address, { username: 'git-user', password: canaries['token in an address'] ?? '' })
  told.push(...(await generate(ask, { repo_url: address.href })))
  await post('/api/generate', { repo_url: `ftp://x:${mistyped}@git.example/a/b` })
  await post('/api/generate', { repo_url: `ssh://git:${mistyped}@git.example/a/b` })

  const paths = [
    '/api/projects',
    '/api/status',
    '/api/models',
    '/api/cost',
    '/api/credentials',
    '/api/admin/users',
    '/api/admin/settings',
  ]
  const more = [
    '/api/admin/queue',
    '/api/admin/grants',
    '/api/openapi.json',
    '/health',
    '/api/nothing',
    '/docs/sample/',
    '/docs/nothing/',
  ]
  for (const path of [...paths, ...more]) await ask(path)
  for (const path of ['/', '/login', '/credentials', '/admin/users', '/p/sample', '/nothing'])
    told.push([`page ${path}`, (await send(server.url, path, { headers: { cookie } })).bytes])
  for (const socket of sockets) told.push(['frames of the live feed', Buffer.from(socket.close())])
  return told
}

type Ask = (path: string, sent?: Sent) => ReturnType<typeof send>

/** Starts a generation and waits for its end; answers its site as it is downloaded. */
async function generate(ask: Ask, body: { repo_url: string; branch?: string }): Promise<(readonly [string, Buffer])[]> {
  const started = await ask('/api/generate', { method: 'POST', body })
  if (started.status !== 202) throw new Error(`The generation was refused: ${started.text.slice(0, 200)}`)
  const { generation_id } = generateResponseSchema.parse(started.json)
  const deadlineMs = performance.now() + PATIENCE_MS
  for (;;) {
    const row = variantRowSchema.parse((await ask(`/api/projects/by-id/${generation_id}`)).json)
    if (row.status !== 'generating') {
      const place = `/api/projects/${variantPath({ name: row.name, branch: row.branch, provider: row.ai_provider, model: row.ai_model })}`
      await ask(`${place}/runs`)
      await ask(`${place}/runs/${row.run_id}/events`)
      if (row.status !== 'ready') return []
      const archive = await ask(`${place}/download`)
      return [['downloaded archive', gunzipSync(archive.bytes)]]
    }
    if (performance.now() > deadlineMs) throw new Error('The generation does not end')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function listen(server: ServerProcess, token: string): { close(): string } {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/ws?token=${token}`)
  let frames = ''
  socket.on('message', (data) => {
    frames += String(data)
  })
  socket.on('error', () => undefined)
  return {
    close() {
      socket.terminate()
      return frames
    },
  }
}

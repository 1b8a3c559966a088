import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ApiError, createApiClient } from '#lib/api-client.ts'

const IDENTITY = { owner: 'mira', name: 'atlas', branch: 'feature/new', provider: 'builtin', model: 'static' }
let server: Server | null = null

afterEach(() => server?.close())

it('writes a slash in a branch as ~2F and names the owner', async () => {
  const { client, requests } = await clientOf(200, { deleted: 'atlas/feature/new/builtin/static' })
  await client.remove(IDENTITY)
  expect(requests[0]).toMatchObject({
    method: 'DELETE',
    url: '/api/projects/atlas/feature~2Fnew/builtin/static?owner=mira',
  })
})

it('sends the key as a Bearer header and never in the address', async () => {
  const { client, requests } = await clientOf(200, { username: 'mira', role: 'user', is_admin: false })
  await client.me()
  expect(requests[0]?.headers.authorization).toBe('Bearer secret-key')
  expect(requests[0]?.url).not.toContain('secret-key')
})

it('turns a refusal into an error with its status, its sentence and its issues', async () => {
  const issues = [{ path: 'branch', message: 'Branch name is empty' }]
  const { client } = await clientOf(422, { detail: 'The request is not valid', issues })
  const error = await client.generate({ repo_url: 'https://example.org/a/b' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 422, detail: 'The request is not valid', issues })
})

it('refuses an answer that does not fit the contract', async () => {
  const { client } = await clientOf(200, { projects: [{ name: 'half a row' }] })
  await expect(client.projects()).rejects.toMatchObject({ status: 502 })
})

it('asks for an estimate again until it is there', async () => {
  const estimate = {
    project: 'atlas',
    branch: 'main',
    ai_provider: 'builtin',
    ai_model: 'static',
    repo_type: 'library',
    up_to_date: true,
    total_pages: 3,
    commit: '0123456789abcdef0123456789abcdef01234567',
    navigation: [],
    update: null,
    budget_left_usd: null,
  }
  const later: Answered = [202, { status: 'estimating' }]
  const { client, requests } = await clientOfAnswers([later, later, [200, estimate]])
  expect(await client.estimate({ repo_url: 'https://example.org/a/b' })).toEqual(estimate)
  expect(requests.map(({ url }) => url)).toEqual(Array.from({ length: 3 }, () => '/api/estimate'))
})

it('says so when no server answers', async () => {
  const client = createApiClient({ baseUrl: 'http://127.0.0.1:1' })
  await expect(client.me()).rejects.toMatchObject({ status: 0 })
})

type Answered = [status: number, answer: unknown]

async function clientOf(status: number, answer: unknown) {
  return await clientOfAnswers([[status, answer]])
}

/** Each request gets the next answer. */
async function clientOfAnswers(answers: Answered[]) {
  const requests: IncomingMessage[] = []
  const listening = createServer((request, response) => {
    const [status, answer] = answers[requests.length] ?? [500, null]
    requests.push(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return { client: createApiClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'secret-key' }), requests }
}

import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AiEvent, AiRequest } from '#lib/domain/ai.ts'
import { type FakeAiServer, fakeAiServer, json, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { withKeptReplies } from './kept-replies.ts'
import { replyStore, storedReplies } from './reply-store.ts'
import { transportOf } from './transports.ts'

let folder = ''
let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-replies-'))
  server.requests.length = 0
  server.reply(streaming(STREAMS.openai('# A page')))
})
afterEach(async () => await rm(folder, { recursive: true }))
afterAll(async () => await server.close())

const limits = { startMs: 10_000, idleMs: 10_000, wallMs: 10_000 }

interface Asking {
  path?: string
  maxBytes?: number
  asksAgain?: boolean
}

async function asked(
  changes: Partial<AiRequest> = {},
  { path = '/v1', maxBytes = 1e6, asksAgain = false }: Asking = {},
): Promise<AiEvent[]> {
  const access = { COMPATIBLE_BASE_URL: `${server.url}${path}` }
  const transport = withKeptReplies(transportOf('compatible', { access, limits }), {
    store: replyStore({ folder, maxBytes }),
    provider: 'compatible',
    access,
    asksAgain,
  })
  const { signal } = new AbortController()
  const request = { model: 'm', system: 's', prompt: 'p', maxOutputTokens: 100, signal, ...changes }
  return await Array.fromAsync(transport.ask(request))
}

async function keptFiles(): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort()
}

it('gives the same answer to the same question without asking or paying again, also in another process', async () => {
  const first = await asked()
  const second = await asked()
  expect(server.requests).toHaveLength(1)
  expect(first.at(-1)).toMatchObject({ kind: 'done', text: '# A page' })
  expect(second.filter(({ kind }) => kind !== 'start')).toMatchObject([
    { kind: 'usage', usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, costUsd: 0, reusedTokens: 107 } },
    { kind: 'done', text: '# A page' },
  ])
})

it('asks again for a reply of which nothing could be made only where all is written anew, and then it counts as new', async () => {
  const end = (await asked()).at(-1)
  await (end?.kind === 'done' && end.refuse?.())
  expect((await asked()).at(-1)).toMatchObject({ kind: 'done', text: '# A page' })
  expect(server.requests).toHaveLength(1)
  server.reply(streaming(STREAMS.openai('# Another page')))
  for (const asksAgain of [true, true, false])
    expect((await asked({}, { asksAgain })).at(-1)).toMatchObject({ kind: 'done', text: '# Another page' })
  expect(server.requests).toHaveLength(2)
})

it('asks again when anything the answer hangs on is another', async () => {
  await asked()
  const others = [{ model: 'n' }, { system: 't' }, { prompt: 'q' }, { maxOutputTokens: 101 }]
  for (const changes of others) await asked(changes)
  await asked({}, { path: '/v2' })
  expect(server.requests).toHaveLength(6)
})

it('keeps no answer that failed or was cut off', async () => {
  server.reply(streaming(STREAMS.openai('half', 'length')), json({ error: { message: 'no' } }, 500))
  for (const expected of ['truncated', 'other'] as const)
    expect((await asked()).at(-1)).toMatchObject({ kind: 'fail', code: expected })
  expect(await keptFiles()).toEqual([])
})

it('keeps files that only this account can read, and asks again when one is damaged', async () => {
  await asked()
  const [name = ''] = await keptFiles()
  const path = join(folder, name)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700)
  await writeFile(path, (await readFile(path, 'utf8')).replace('# A page', '# A lie!'))
  await asked()
  expect(server.requests).toHaveLength(2)
  expect((await asked()).at(-1)).toMatchObject({ kind: 'done', text: '# A page' })
})

it('makes room by removing what was not used for longest, and what a crash left', async () => {
  const store = replyStore({ folder, maxBytes: 4000 })
  const keys = ['a', 'b', 'c', 'd'].map((word) => createHash('sha256').update(word).digest('hex'))
  const [a = '', b = '', c = '', d = ''] = keys
  const reply = { text: 'x'.repeat(1000), inputTokens: 1, outputTokens: 1 }
  const longAgo = new Date(Date.now() - 86_400_000)
  for (const key of [a, b, c]) {
    await store.keep(key, reply)
    await utimes(join(folder, key.slice(0, 2), `${key}.json`), longAgo, longAgo)
  }
  const unfinished = join(folder, a.slice(0, 2), '.tmp-left')
  await writeFile(unfinished, 'half')
  await utimes(unfinished, longAgo, longAgo)
  expect(await store.read(a)).toEqual(reply)
  await store.keep(d, reply)
  expect(await store.read(a)).toEqual(reply)
  expect(await store.read(d)).toEqual(reply)
  expect((await storedReplies(folder)).bytes).toBeLessThan(4000)
  await expect(stat(unfinished)).rejects.toThrow('ENOENT')
})

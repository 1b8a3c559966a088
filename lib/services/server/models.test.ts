import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type FakeAiServer, fakeAiServer, json } from '#lib/testing/fake-ai-server.ts'
import { listModels } from './models.ts'

let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
  server.reply(json({ error: { message: 'pod-17.internal: key canary-c0ffee is unknown' } }, 401))
  vi.stubEnv('PATH', '/nowhere')
  vi.stubEnv('HOME', tmpdir())
  vi.stubEnv('LOG_LEVEL', 'error')
  vi.stubEnv('OLLAMA_HOST', 'http://someone:canary@127.0.0.1:1')
  vi.stubEnv('OPENAI_API_KEY', 'canary-c0ffee')
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  vi.stubEnv('ANTHROPIC_API_KEY', '')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.close()
})

it('says of every provider what is missing, in no words of theirs and without keys and hosts', async () => {
  const answer = await listModels()
  expect(answer.provider_status).toMatchObject({
    builtin: { ready: true, reason: null },
    claude: { ready: false, reason: expect.stringContaining('is not installed') },
    anthropic: { ready: false, reason: 'set ANTHROPIC_API_KEY' },
    openai: { ready: false, reason: 'it refused the key: check OPENAI_API_KEY' },
    ollama: { ready: false, reason: expect.stringContaining('OLLAMA_HOST holds a user or password') },
  })
  expect(JSON.stringify(answer)).not.toMatch(/canary|internal|127\.0\.0\.1|someone/)
})

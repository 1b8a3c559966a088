import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AiProvider } from '#lib/domain/providers.ts'
import { type FakePrograms, fakePrograms } from '#lib/testing/fake-ai-program.ts'
import { type FakeAiServer, fakeAiServer, json } from '#lib/testing/fake-ai-server.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { discover } from './discovery.ts'

const signal = new AbortController().signal

describe('a command-line tool', () => {
  let programs: FakePrograms
  beforeEach(() => {
    programs = fakePrograms()
    vi.stubEnv('PATH', `${programs.folder}:/usr/bin:/bin`)
    vi.stubEnv('HOME', programs.temp)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    programs.remove()
  })

  function install(name: string, exitCode: number): void {
    const path = join(programs.folder, name)
    writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`)
    chmodSync(path, 0o755)
  }

  it.each(['claude', 'codex', 'cursor', 'gemini'] as const)(
    '%s is not ready until it is installed and signed in',
    async (provider) => {
      const command = provider === 'cursor' ? 'cursor-agent' : provider
      expect(await discover(provider, {}, signal)).toMatchObject({
        ready: false,
        reason: expect.stringContaining('is not installed'),
      })
      install(command, 1)
      expect(await discover(provider, {}, signal)).toMatchObject({
        ready: false,
        reason: expect.stringContaining('is not signed in'),
      })
      install(command, 0)
      mkdirSync(join(programs.temp, '.gemini'))
      writeFileSync(join(programs.temp, '.gemini', 'oauth_creds.json'), '{}')
      expect(await discover(provider, {}, signal)).toMatchObject({ ready: true, reason: null })
    },
  )

  it('is ready with a key', async () => {
    install('claude', 1)
    const { ready, models } = await discover('claude', { ANTHROPIC_API_KEY: 'k' }, signal)
    expect(ready).toBe(true)
    expect(models.map(({ id }) => id)).toEqual(['default', 'sonnet', 'opus', 'haiku'])
  })
})

describe('a model API', () => {
  let server: FakeAiServer
  beforeAll(async () => {
    server = await fakeAiServer()
  })
  afterAll(async () => await server.close())

  const access: Partial<Record<AiProvider, () => Record<string, string>>> = {
    anthropic: () => ({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: server.url }),
    openai: () => ({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url }),
    google: () => ({ GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: server.url }),
    openrouter: () => ({ OPENROUTER_API_KEY: 'k', OPENROUTER_BASE_URL: server.url }),
    compatible: () => ({ COMPATIBLE_BASE_URL: server.url }),
    ollama: () => ({ OLLAMA_HOST: server.url }),
  }
  const ask = (provider: AiProvider) => discover(provider, access[provider]?.() ?? {}, signal)

  it.each([
    ['anthropic', { data: [{ id: 'claude-x', display_name: 'Claude X' }] }, [{ id: 'claude-x', name: 'Claude X' }]],
    [
      'openai',
      { data: [{ id: 'gpt-x' }, { id: 'text-embedding-3' }, { id: 'gpt-x-tts' }] },
      [{ id: 'gpt-x', name: 'gpt-x' }],
    ],
    [
      'google',
      {
        models: [
          { name: 'models/gemini-x', displayName: 'Gemini X', supportedGenerationMethods: ['generateContent'] },
          { name: 'models/aqa', supportedGenerationMethods: ['generateAnswer'] },
        ],
      },
      [{ id: 'gemini-x', name: 'Gemini X' }],
    ],
    ['openrouter', { data: [{ id: 'a/b', name: 'A: B' }] }, [{ id: 'a/b', name: 'A: B' }]],
    ['compatible', { data: [{ id: 'local' }] }, [{ id: 'local', name: 'local' }]],
    ['ollama', { models: [{ name: 'llama:8b' }] }, [{ id: 'llama:8b', name: 'llama:8b' }]],
  ] as const)('%s lists its models', async (provider, answer, models) => {
    server.reply(json(answer))
    expect(await ask(provider)).toEqual({ ready: true, reason: null, models })
  })

  it('is not ready without its key, without models, with a wrong key, and when nobody answers', async () => {
    expect(await discover('openai', {}, signal)).toEqual({ ready: false, reason: 'set OPENAI_API_KEY', models: [] })
    server.reply(json({ models: [] }))
    expect(await ask('ollama')).toMatchObject({ ready: false, reason: expect.stringContaining('ollama pull') })
    server.reply(json({ error: { message: 'bad key' } }, 401))
    expect(await ask('openai')).toMatchObject({
      ready: false,
      reason: 'it refused the key: check OPENAI_API_KEY',
      detail: 'HTTP 401: bad key',
    })
    server.reply(json({ error: { message: 'pod-17.internal is broken' } }, 500))
    expect(await ask('openai')).toMatchObject({ reason: expect.stringMatching(/^it answered with an error/) })
    server.reply((response) => void response.end('<!doctype html>'))
    expect(await ask('compatible')).toMatchObject({ reason: expect.stringMatching(/^what answers is no API/) })
    const nobody = { OLLAMA_HOST: `127.0.0.1:${await freePort()}` }
    expect(await discover('ollama', nobody, signal)).toMatchObject({
      ready: false,
      reason: 'it cannot be reached: start it ("ollama serve"), or set OLLAMA_HOST',
    })
    server.reply(() => undefined)
    const late = discover('openai', access.openai?.() ?? {}, AbortSignal.timeout(100))
    expect(await late).toMatchObject({ ready: false, reason: 'it did not answer in time' })
  })

  it('keeps keys and hosts out of what it tells, whatever the server echoes', async () => {
    const given = { OPENAI_API_KEY: 'canary-c0ffee-c0ffee', OPENAI_BASE_URL: `${server.url}/v1` }
    server.reply(json({ error: { message: `no such key ${given.OPENAI_API_KEY} at ${server.url}` } }, 400))
    const told = JSON.stringify(await discover('openai', given, signal))
    expect(told).not.toContain('canary')
    expect(told).not.toContain('127.0.0.1')
  })

  it.each([
    ['anthropic', 'ANTHROPIC_BASE_URL', '', '/v1/models?limit=1000'],
    ['anthropic', 'ANTHROPIC_BASE_URL', '/proxy/v1/', '/proxy/v1/models?limit=1000'],
    ['google', 'GOOGLE_GEMINI_BASE_URL', '/', '/v1beta/models?pageSize=1000'],
    ['compatible', 'COMPATIBLE_BASE_URL', '/v1//', '/v1/models'],
  ] as const)('%s at %s with path "%s" is asked at %s', async (...row) => {
    const [provider, variable, path, asked] = row
    server.reply(json({ data: [], models: [] }))
    await discover(provider, { ...access[provider]?.(), [variable]: `${server.url}${path}` }, signal)
    expect(server.requests.at(-1)?.path).toBe(asked)
  })
})

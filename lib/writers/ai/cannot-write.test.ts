import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AiProvider, PROVIDERS } from '#lib/domain/providers.ts'
import { type FakePrograms, fakePrograms } from '#lib/testing/fake-ai-program.ts'
import { type FakeAiServer, fakeAiServer, json } from '#lib/testing/fake-ai-server.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { makeFacts } from '#lib/testing/make-facts.ts'
import { writerFor } from '#lib/writers/registry.ts'

let programs: FakePrograms
let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
})
afterAll(async () => await server.close())
beforeEach(() => {
  programs = fakePrograms()
  vi.stubEnv('PATH', `${programs.folder}:/usr/bin:/bin`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  programs.remove()
})

/** The first question of a run; ends with why the run does. */
async function firstQuestion(provider: AiProvider, variables: Record<string, string>): Promise<unknown> {
  const writer = writerFor({ provider, model: 'some-model', ai: { variables, callTimeoutMs: 60_000 } })
  const facts = makeFacts({})
  const plan = await writer.plan({ facts, projectName: 'doors' })
  const { signal } = new AbortController()
  const asking = { facts, plan, steering: {}, kept: null, mayAsk: true, spent: () => undefined, signal }
  return await writer.arrange(asking).catch((error: unknown) => error)
}

function ends(provider: AiProvider, why: RegExp) {
  return expect.objectContaining({
    code: 'unavailable',
    message: expect.stringMatching(new RegExp(`^${provider} cannot write: ${why.source}`)),
  })
}

const TOOLS = {
  claude: { command: 'claude', signIn: /; run "claude" once .* ANTHROPIC_API_KEY/ },
  gemini: { command: 'gemini', signIn: /; run "gemini" once .* GEMINI_API_KEY/ },
  cursor: { command: 'cursor-agent', signIn: /; run "cursor-agent login", or set CURSOR_API_KEY/ },
  codex: { command: 'codex', signIn: /; run "codex login", or set CODEX_API_KEY/ },
}

describe.each(Object.keys(TOOLS) as (keyof typeof TOOLS)[])('%s ends a run at once with what to do', (provider) => {
  const { command, signIn } = TOOLS[provider]

  it('when it is not installed', async () => {
    const why = new RegExp(`.* is not installed on the server: no "${command}" in PATH. Install it, then run `)
    expect(await firstQuestion(provider, {})).toEqual(ends(provider, why))
  })

  it.each([
    ['when nobody is signed in', 'Error: Please sign in to continue', new RegExp(`Error: Please.*${signIn.source}`)],
    ['when its key is refused', 'Error: Invalid API key', new RegExp(`Error: Invalid API key${signIn.source}`)],
    [
      'when it does not know the model',
      'Error: model "some-model" does not exist',
      /.*; choose another model than "some-model" \("docsfy models" lists them\)/,
    ],
    ['when its API cannot be reached', 'Error: connect ECONNREFUSED', /.*; check the network of the server/],
  ])('%s', async (_, said, why) => {
    programs.install(command, `process.stderr.write(${JSON.stringify(said)}); process.exitCode = 1`)
    expect(await firstQuestion(provider, {})).toEqual(ends(provider, why))
  })
})

const APIS = {
  anthropic: { key: 'ANTHROPIC_API_KEY', address: 'ANTHROPIC_BASE_URL', needs: 'ANTHROPIC_API_KEY' },
  openai: { key: 'OPENAI_API_KEY', address: 'OPENAI_BASE_URL', needs: 'OPENAI_API_KEY' },
  google: { key: 'GEMINI_API_KEY', address: 'GOOGLE_GEMINI_BASE_URL', needs: 'GEMINI_API_KEY' },
  openrouter: { key: 'OPENROUTER_API_KEY', address: 'OPENROUTER_BASE_URL', needs: 'OPENROUTER_API_KEY' },
  compatible: { key: 'COMPATIBLE_API_KEY', address: 'COMPATIBLE_BASE_URL', needs: 'COMPATIBLE_BASE_URL' },
  ollama: { key: 'OLLAMA_API_KEY', address: 'OLLAMA_HOST', needs: null },
}

describe.each(Object.keys(APIS) as (keyof typeof APIS)[])('%s ends a run at once with what to do', (provider) => {
  const { key, address, needs } = APIS[provider]
  const at = (url: string) => firstQuestion(provider, { [key]: 'canary-c0ffee', [address]: url })

  it.skipIf(needs === null)('when what it needs is not set', async () => {
    expect(await firstQuestion(provider, {})).toEqual(ends(provider, new RegExp(`set ${needs}`)))
  })

  it('when its key is refused', async () => {
    server.reply(json({ error: { message: 'Invalid API key canary-c0ffee' } }, 401))
    const end = await at(server.url)
    expect(end).toEqual(ends(provider, new RegExp(`HTTP 401: .*; check ${key}`)))
    expect(String(end)).not.toContain('canary')
  })

  it('when it does not know the model', async () => {
    server.reply(json({ error: { message: 'Not here' } }, 404))
    expect(await at(server.url)).toEqual(ends(provider, /HTTP 404: .*; choose another model than "some-model"/))
  })

  it('when nobody listens at its address, without trying again', async () => {
    const why = new RegExp(`it cannot be reached: nobody listens at its address; .*${address}`)
    expect(await at(`http://127.0.0.1:${await freePort()}`)).toEqual(ends(provider, why))
  })
})

it('is shown for every provider there is', () => {
  expect(['builtin', ...Object.keys(TOOLS), ...Object.keys(APIS)].sort()).toEqual([...PROVIDERS].sort())
})

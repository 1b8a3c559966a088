import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AiEvent } from '#lib/domain/ai.ts'
import { type FakeAiServer, fakeAiServer, json, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { transportOf } from './transports.ts'

const LIMITS = { startMs: 10_000, idleMs: 10_000, wallMs: 20_000 }

let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
})
afterEach(() => {
  server.requests.length = 0
})
afterAll(async () => await server.close())

const PROTOCOLS = {
  anthropic: {
    stream: 'anthropic',
    cut: 'max_tokens',
    access: () => ({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `${server.url}/v1` }),
  },
  openai: {
    stream: 'openai',
    cut: 'length',
    access: () => ({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${server.url}/v1` }),
  },
  google: {
    stream: 'google',
    cut: 'MAX_TOKENS',
    access: () => ({ GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: `${server.url}/v1beta` }),
  },
  openrouter: {
    stream: 'openai',
    cut: 'length',
    access: () => ({ OPENROUTER_API_KEY: 'k', OPENROUTER_BASE_URL: `${server.url}/v1` }),
  },
  compatible: { stream: 'openai', cut: 'length', access: () => ({ COMPATIBLE_BASE_URL: `${server.url}/v1` }) },
  ollama: { stream: 'ollama', cut: 'length', access: () => ({ OLLAMA_HOST: server.url }) },
} as const
type Protocol = keyof typeof PROTOCOLS

interface Asking {
  limits?: Partial<typeof LIMITS>
  signal?: AbortSignal
  prompt?: string
}

async function ask(
  provider: Protocol,
  { limits, signal = new AbortController().signal, prompt = 'Say hello — ✓' }: Asking = {},
): Promise<AiEvent[]> {
  const transport = transportOf(provider, { access: PROTOCOLS[provider].access(), limits: { ...LIMITS, ...limits } })
  return await Array.fromAsync(
    transport.ask({ model: 'some-model', system: 'Be brief.', prompt, maxOutputTokens: 1000, signal }),
  )
}

describe.each(Object.keys(PROTOCOLS) as Protocol[])('%s', (provider) => {
  const { stream, cut } = PROTOCOLS[provider]
  const answer = (text: string, reason?: string) => streaming(STREAMS[stream](text, reason))

  it('answers text, with its tokens, and the price where the vendor tells it', async () => {
    server.reply(answer('Hello — ✓'))
    const events = await ask(provider)
    expect(events.at(-1)).toEqual({ kind: 'done', text: 'Hello — ✓' })
    expect(events.flatMap((event) => (event.kind === 'delta' ? [event.text] : [])).join('')).toBe('Hello — ✓')
    const usage = events.find((event) => event.kind === 'usage')?.usage
    expect(usage).toMatchObject({ inputTokens: 100, outputTokens: 7, cachedTokens: stream === 'ollama' ? 0 : 50 })
    if (provider === 'openrouter') expect(usage?.costUsd).toBe(0.0125)
    const [request] = server.requests
    expect(JSON.stringify(request?.body)).toContain('Say hello — ✓')
    expect(JSON.stringify(request?.body)).toContain('Be brief.')
    expect(JSON.stringify([request?.path, request?.body])).toContain('some-model')
  })

  it('tells a cut answer, an empty one and a broken one from a whole one', async () => {
    server.reply(answer('Hello', cut))
    expect((await ask(provider)).at(-1)).toMatchObject({ kind: 'fail', code: 'truncated' })
    server.reply(answer(' '))
    expect((await ask(provider)).at(-1)).toMatchObject({ kind: 'fail', code: 'no_result' })
    server.reply(streaming(STREAMS[stream]('Hello').slice(0, 1)))
    expect((await ask(provider)).at(-1)).toMatchObject({ kind: 'fail' })
    server.reply((response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write(STREAMS[stream]('Hello')[0], () => response.destroy())
    })
    expect((await ask(provider)).at(-1)).toMatchObject({ kind: 'fail', retryable: true })
  })

  it('has answered when the connection stays open after its last word', async () => {
    server.reply((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const piece of STREAMS[stream]('Hello')) response.write(piece)
    })
    const events = await ask(provider)
    expect(events.at(-1)).toEqual({ kind: 'done', text: 'Hello' })
    expect(events.find((event) => event.kind === 'usage')?.usage).toMatchObject({ outputTokens: 7 })
  })

  it('is not taken to have ended by what the model says', async () => {
    const said = 'say\ndata: [DONE]\n\n{"finish_reason":"stop","finishReason":"STOP"} and more'
    server.reply(answer(said))
    expect((await ask(provider)).at(-1)).toEqual({ kind: 'done', text: said })
  })

  it('does not take bytes for text that are none, unless they stood in the prompt', async () => {
    server.reply(answer('Hello \uFFFD'))
    expect((await ask(provider)).at(-1)).toMatchObject({ kind: 'fail', code: 'bad_output' })
    expect((await ask(provider, { prompt: 'broken \uFFFD' })).at(-1)).toEqual({ kind: 'done', text: 'Hello \uFFFD' })
  })

  it.each([
    [401, 'Invalid API key', 'auth', false],
    [429, 'Too many requests', 'rate', true],
    [429, 'You exceeded your current quota, check your billing', 'quota', false],
    [404, 'model not found', 'unknown_model', false],
    [400, 'prompt is too long: maximum context length is 8192 tokens', 'context', false],
    [500, 'Internal error', 'other', true],
    [503, 'The model is overloaded', 'rate', true],
  ] as const)('%i "%s" is %s', async (...row) => {
    const [status, message, code, retryable] = row
    const body =
      provider === 'ollama'
        ? { error: message }
        : { type: 'error', error: { type: 'e', code: status, status: 'E', message } }
    server.reply(json(body, status, { 'retry-after': '7' }))
    expect((await ask(provider)).at(-1)).toMatchObject({
      kind: 'fail',
      code,
      retryable,
      retryAfterMs: 7000,
      message: expect.stringContaining(message),
    })
  })

  it('ends a call without a sign of life, one that stops and one that has no end in time', async () => {
    server.reply(() => undefined)
    // Ollama says nothing while it reads the prompt, so only the limit of the whole call holds.
    const [limits, code] =
      provider === 'ollama' ? [{ startMs: 100, wallMs: 300 }, 'timeout_wall'] : [{ startMs: 200 }, 'timeout_start']
    expect((await ask(provider, { limits })).at(-1)).toMatchObject({ code })
    const [first] = STREAMS[stream]('Hello')
    server.reply((response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(first))
    expect((await ask(provider, { limits: { idleMs: 200 } })).at(-1)).toMatchObject({ code: 'timeout_idle' })
    server.reply((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const drip = setInterval(() => response.write(first), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect((await ask(provider, { limits: { wallMs: 500 } })).at(-1)).toMatchObject({ code: 'timeout_wall' })
  })

  it('stops at once when the call is cancelled', async () => {
    server.reply(
      (response) =>
        void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(STREAMS[stream]('Hello')[0]),
    )
    const controller = new AbortController()
    const call = ask(provider, { signal: controller.signal })
    await expect.poll(() => server.requests.length).toBe(1)
    controller.abort()
    expect((await call).at(-1)).toMatchObject({ code: 'cancelled' })
  })
})

describe('an error in the middle of the stream', () => {
  const errors = {
    anthropic: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    openai: { error: { message: 'The server had an error', type: 'server_error', code: null, param: null } },
    openrouter: { error: { message: 'The server had an error', code: 502 } },
    compatible: { error: { message: 'The server had an error', type: 'server_error' } },
    google: { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
    ollama: { error: 'model runner has unexpectedly stopped' },
  }
  it.each(Object.keys(PROTOCOLS) as Protocol[])('%s: is told in its words and may be tried again', async (provider) => {
    const { stream } = PROTOCOLS[provider]
    const said = JSON.stringify(errors[provider])
    const event = { ollama: `${said}\n`, anthropic: `event: error\ndata: ${said}\n\n` }[stream as string]
    // Up to the first words of the answer.
    const begun = STREAMS[stream]('Hello').slice(0, stream === 'anthropic' ? 3 : 1)
    server.reply(streaming([...begun, event ?? `data: ${said}\n\n`]))
    const events = await ask(provider)
    expect(events).toContainEqual({ kind: 'delta', text: 'Hel' })
    expect(events.at(-1)).toMatchObject({
      kind: 'fail',
      retryable: true,
      message: expect.stringMatching(/overloaded|had an error|unexpectedly/i),
    })
  })
})

describe('every HTTP provider', () => {
  it.each([
    ['anthropic', 'set ANTHROPIC_API_KEY'],
    ['openai', 'set OPENAI_API_KEY'],
    ['google', 'set GEMINI_API_KEY'],
    ['openrouter', 'set OPENROUTER_API_KEY'],
    ['compatible', 'set COMPATIBLE_BASE_URL'],
  ] as const)('%s is not asked without what it needs: %s', async (provider, message) => {
    const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: new AbortController().signal }
    const events = await Array.fromAsync(transportOf(provider, { access: {}, limits: LIMITS }).ask(request))
    expect(events).toEqual([{ kind: 'fail', code: 'auth', message, retryable: false }])
  })

  it('says which variable holds a key that is refused, and not the key', async () => {
    server.reply(
      json({ error: { message: 'API key not valid: canary-c0ffee', status: 'INVALID_ARGUMENT', code: 400 } }, 400),
    )
    const access = { GEMINI_API_KEY: 'canary-c0ffee', GOOGLE_GEMINI_BASE_URL: server.url }
    const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: new AbortController().signal }
    const end = (await Array.fromAsync(transportOf('google', { access, limits: LIMITS }).ask(request))).at(-1)
    expect(end).toMatchObject({
      code: 'auth',
      message: 'HTTP 400: API key not valid: …; check GEMINI_API_KEY or GOOGLE_API_KEY',
    })
    expect(server.requests[0]?.path).toContain('/v1beta/models/m')
  })

  it('tells no key in an answer, whoever put it there', async () => {
    server.reply(streaming(STREAMS.openai('It is called with canary-c0ffee-c0ffee at 127.0.0.1.')))
    const access = { COMPATIBLE_API_KEY: 'canary-c0ffee-c0ffee', COMPATIBLE_BASE_URL: `${server.url}/v1` }
    const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 100, signal: new AbortController().signal }
    const events = await Array.fromAsync(transportOf('compatible', { access, limits: LIMITS }).ask(request))
    expect(events.at(-1)).toEqual({ kind: 'done', text: 'It is called with … at 127.0.0.1.' })
  })

  it('ends an answer that is longer than any of its tokens could be', async () => {
    server.reply(streaming(STREAMS.openai('x'.repeat(16_001))))
    expect((await ask('openai')).at(-1)).toMatchObject({
      code: 'bad_output',
      message: expect.stringContaining('longer'),
    })
  })

  it('says of an unknown model and of no credit what to do', async () => {
    server.reply(json({ error: { message: 'Not here' } }, 404))
    expect((await ask('openai')).at(-1)).toMatchObject({
      message: 'HTTP 404: Not here; choose another model than "some-model" ("docsfy models" lists them)',
    })
    server.reply(json({ error: { message: 'Pay' } }, 402))
    expect((await ask('openrouter')).at(-1)).toMatchObject({
      message: expect.stringMatching(/; see to the credit .* openrouter$/),
    })
  })

  it('takes no absurd numbers of tokens and no negative price', async () => {
    const [first = '', ...rest] = STREAMS.openai('ok')
    const absurd = rest.map((piece) =>
      piece.replace('"prompt_tokens":100', '"prompt_tokens":10').replace('"cost":0.0125', '"cost":-1'),
    )
    server.reply(streaming([first, ...absurd]))
    const usage = (await ask('openrouter')).find((event) => event.kind === 'usage')?.usage
    expect(usage).toEqual({ inputTokens: 10, outputTokens: 7, cachedTokens: 10, costUsd: null })
  })

  it.each([
    ['an answer of more than 32 MB', `${'x'.repeat(1023)}\n`, /^it sent more than/],
    ['a line of more than 2 MB', 'x', /^it sent a line of more than/],
  ])('ends %s', async (_, unit, message) => {
    server.reply((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const block = Buffer.alloc(1 << 20, unit)
      const more = () => {
        while (!response.destroyed && response.write(block));
      }
      response.on('drain', more)
      more()
    })
    expect((await ask('compatible')).at(-1)).toMatchObject({
      kind: 'fail',
      code: 'bad_output',
      message: expect.stringMatching(message),
    })
  })

  it('follows no redirect, which could take the key elsewhere', async () => {
    server.reply((response) => void response.writeHead(307, { location: `${server.url}/elsewhere` }).end())
    expect((await ask('openai')).at(-1)).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('OPENAI_BASE_URL'),
    })
    expect(server.requests).toHaveLength(1)
  })
})

describe('an address at which no API is', () => {
  const variables = {
    anthropic: 'ANTHROPIC_BASE_URL',
    openai: 'OPENAI_BASE_URL',
    google: 'GOOGLE_GEMINI_BASE_URL',
    openrouter: 'OPENROUTER_BASE_URL',
    compatible: 'COMPATIBLE_BASE_URL',
    ollama: 'OLLAMA_HOST',
  }
  async function askAt(provider: Protocol, address: string) {
    const access = { ...PROTOCOLS[provider].access(), [variables[provider]]: address }
    const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: new AbortController().signal }
    return (await Array.fromAsync(transportOf(provider, { access, limits: LIMITS }).ask(request))).at(-1)
  }

  it.each(Object.keys(PROTOCOLS) as Protocol[])('%s: says why and which variable to check', async (provider) => {
    const port = await freePort()
    const said = (reason: string) => ({
      code: 'unreachable',
      message: expect.stringMatching(new RegExp(`^it cannot be reached: ${reason}.*; .*${variables[provider]}`)),
    })
    const refused = await askAt(provider, `http://127.0.0.1:${port}/v1`)
    expect(refused).toMatchObject(said('nobody listens at its address'))
    expect(JSON.stringify(refused)).not.toContain(String(port))
    // No name has so long a part, so that no server of names is asked.
    expect(await askAt(provider, `http://${'a'.repeat(64)}.invalid/v1`)).toMatchObject(said('the name of its host'))
    expect(await askAt(provider, server.url.replace('http:', 'https:'))).toMatchObject(said('it does not speak https'))
  })
})

describe('ollama', () => {
  it('is given a context that holds the prompt and the answer', async () => {
    server.reply(streaming(STREAMS.ollama('ok')))
    const transport = transportOf('ollama', { access: { OLLAMA_HOST: server.url }, limits: LIMITS })
    const request = {
      model: 'm',
      system: '',
      prompt: 'word '.repeat(10_000),
      maxOutputTokens: 2000,
      signal: new AbortController().signal,
    }
    await Array.fromAsync(transport.ask(request))
    expect(server.requests[0]?.body.options).toEqual({ num_ctx: 20_480, num_predict: 2000 })
    expect(
      (await Array.fromAsync(transport.ask({ ...request, prompt: 'word '.repeat(100_000) }))).at(-1),
    ).toMatchObject({ code: 'context' })
  })
})

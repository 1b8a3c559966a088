import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeAiServer, fakeAiServer, json, type Reply, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { namedLimit, withOutputLimit } from './output-limit.ts'
import { transportOf } from './transports.ts'

let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
})
afterAll(async () => await server.close())

const { signal } = new AbortController()
const request = { model: 'm', system: 's', prompt: 'p', maxOutputTokens: 16_000, signal }
const refusal = (message: string) => json({ error: { message, type: 'invalid_request_error' } }, 400)

/** As OpenAI answers who asks for more than 4,096 tokens. */
const upTo4096: Reply = async (response, asked) => {
  const most = asked.body.max_tokens
  const words = `max_tokens is too large: ${most}. This model supports at most 4096 completion tokens, whereas you provided ${most}.`
  await (most > 4096 ? refusal(words) : streaming(STREAMS.openai('# A page')))(response, asked)
}

function limited(known: number | null) {
  const limits = { startMs: 10_000, idleMs: 10_000, wallMs: 10_000 }
  const access = { COMPATIBLE_BASE_URL: `${server.url}/v1` }
  return withOutputLimit(transportOf('compatible', { access, limits }), known)
}

const asked = () => server.requests.splice(0).map(({ body }) => body.max_tokens)

it.each([
  [
    'max_tokens: 16000 > 8192, which is the maximum allowed number of output tokens for claude-3-5-haiku-20241022',
    8192,
  ],
  [
    'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
    16384,
  ],
  ['it has a maxOutputTokens value of 16000 but the supported range is from 1 (inclusive) to 8193 (exclusive).', 8192],
  ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8192],
  ['`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens`', 8192],
  ['prompt is too long: 210000 tokens > 200000 maximum', null],
  ['Rate limit reached: 16000 tokens per minute', null],
])('reads the limit in: %s', (message, limit) => {
  expect(namedLimit(message)).toBe(limit)
})

it('asks once more with the limit a refusal names, and from then on for no more', async () => {
  server.reply(upTo4096)
  const transport = limited(null)
  for (const _ of [1, 2])
    expect((await Array.fromAsync(transport.ask(request))).at(-1)).toEqual({ kind: 'done', text: '# A page' })
  expect(asked()).toEqual([16_000, 4096, 4096])
})

it('asks for no more than is known beforehand, and tells a refusal that names nothing less', async () => {
  server.reply(upTo4096)
  expect((await Array.fromAsync(limited(4096).ask(request))).at(-1)).toMatchObject({ kind: 'done' })
  expect(asked()).toEqual([4096])
  server.reply(refusal('This model supports at most 16000 completion tokens'))
  expect((await Array.fromAsync(limited(null).ask(request))).at(-1)).toMatchObject({ kind: 'fail' })
  expect(asked()).toEqual([16_000])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AiUsage } from '#lib/domain/ai.ts'
import { type FakeAiServer, fakeAiServer, json, type Reply, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { metered } from './metering.ts'
import { transportOf } from './transports.ts'

let server: FakeAiServer
beforeAll(async () => {
  server = await fakeAiServer()
})
afterAll(async () => await server.close())

const PRICE = { input: 1, output: 10, cached: 0, date: '2026-11-20', maxOutputTokens: null }
const HALF = STREAMS.openai('0123456789abcdef').slice(0, 2)

async function told(reply: Reply, idleMs = 10_000): Promise<AiUsage[]> {
  server.reply(reply)
  const limits = { startMs: 10_000, idleMs, wallMs: 20_000 }
  const transport = transportOf('compatible', { access: { COMPATIBLE_BASE_URL: `${server.url}/v1` }, limits })
  const { signal } = new AbortController()
  const request = { model: 'm', system: 's'.repeat(16), prompt: 'p'.repeat(16), maxOutputTokens: 9, signal }
  const events = await Array.fromAsync(metered(transport, PRICE).ask(request))
  return events.flatMap((event) => (event.kind === 'usage' ? [event.usage] : []))
}

it('tells what a call cost: as the provider says, else by its price', async () => {
  expect(await told(streaming(STREAMS.openai('x')))).toMatchObject([{ inputTokens: 100, costUsd: 0.0125 }])
  const [last = ''] = STREAMS.openai('x').slice(-2)
  const unpriced = STREAMS.openai('x').map((piece) => (piece === last ? piece.replace(',"cost":0.0125', '') : piece))
  expect((await told(streaming(unpriced)))[0]?.costUsd).toBeCloseTo(0.00005 + 0.00007, 10)
})

it('estimates what a provider has worked without telling it, whether or not the answer came to its end', async () => {
  const [done] = await told(streaming([...HALF, STREAMS.openai('').at(-3) ?? '', 'data: [DONE]\n\n']))
  expect(done).toMatchObject({ inputTokens: 10, outputTokens: 5, isEstimate: true })
  expect(done?.costUsd).toBeCloseTo(0.00006, 10)
  const hanging: Reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(HALF.join(''))
  }
  expect(await told(hanging, 200)).toMatchObject([{ inputTokens: 10, outputTokens: 5, isEstimate: true }])
})

it('charges nothing for a call that was refused', async () => {
  for (const status of [400, 401, 429, 500]) expect(await told(json({ error: { message: 'no' } }, status))).toEqual([])
})

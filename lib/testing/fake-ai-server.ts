import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeAiRequest {
  path: string
  headers: IncomingMessage['headers']
  // biome-ignore lint/suspicious/noExplicitAny: whatever the adapter sends, for tests to look into.
  body: any
}

/** Answers one request; nothing is sent that it does not send. */
export type Reply = (response: ServerResponse, request: FakeAiRequest) => void | Promise<void>

export interface FakeAiServer {
  url: string
  requests: FakeAiRequest[]
  /** What the next requests get, in turn; the last one stays. */
  reply(...replies: Reply[]): void
  close(): Promise<void>
}

/** A model API on loopback that says what a test wants: the boundary that is not real in our tests. */
export async function fakeAiServer(): Promise<FakeAiServer> {
  const requests: FakeAiRequest[] = []
  let replies: Reply[] = []
  const server = createServer(async (incoming, response) => {
    const text = (await Array.fromAsync(incoming.setEncoding('utf8'))).join('')
    const request = { path: incoming.url ?? '', headers: incoming.headers, body: text ? JSON.parse(text) : null }
    requests.push(request)
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    await reply?.(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    reply(...given) {
      replies = given
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An answer as JSON, with a status. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

/** An answer that streams these pieces of text. */
export function streaming(pieces: readonly string[], type = 'text/event-stream'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': type })
    for (const piece of pieces) response.write(piece)
    response.end()
  }
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const named = (value: { type: string }) => `event: ${value.type}\n${data(value)}`
const halves = (answer: string) => [answer.slice(0, 3), answer.slice(3)]

/** What each protocol streams for an answer of 100 tokens in (50 of them cached) and 7 out, as the vendor documents it. */
export const STREAMS = {
  anthropic: (answer: string, reason = 'end_turn') => [
    named({
      type: 'message_start',
      message: {
        id: 'm',
        type: 'message',
        role: 'assistant',
        model: 'x',
        content: [],
        stop_reason: null,
        usage: { input_tokens: 50, cache_read_input_tokens: 50, cache_creation_input_tokens: 0, output_tokens: 1 },
      },
    } as { type: string }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as { type: string }),
    ...halves(answer).map((text) =>
      named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as { type: string }),
    ),
    named({ type: 'content_block_stop', index: 0 } as { type: string }),
    named({ type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 7 } } as { type: string }),
    named({ type: 'message_stop' }),
  ],
  openai: (answer: string, reason = 'stop') => [
    ...halves(answer).map((content) =>
      data({
        id: 'c',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'x',
        choices: [{ index: 0, delta: { content } }],
      }),
    ),
    data({ id: 'c', created: 1, model: 'x', choices: [{ index: 0, delta: {}, finish_reason: reason }] }),
    data({
      id: 'c',
      created: 1,
      model: 'x',
      choices: [],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 7,
        total_tokens: 107,
        prompt_tokens_details: { cached_tokens: 50 },
        cost: 0.0125,
      },
    }),
    'data: [DONE]\n\n',
  ],
  google: (answer: string, reason = 'STOP') => [
    ...halves(answer).map((text) =>
      data({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] } }] }),
    ),
    data({
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text: '' }] }, finishReason: reason }],
      usageMetadata: {
        promptTokenCount: 100,
        candidatesTokenCount: 7,
        cachedContentTokenCount: 50,
        totalTokenCount: 107,
      },
    }),
  ],
  ollama: (answer: string, reason = 'stop') => [
    ...halves(answer).map(
      (content) => `${JSON.stringify({ model: 'x', message: { role: 'assistant', content }, done: false })}\n`,
    ),
    `${JSON.stringify({ model: 'x', message: { role: 'assistant', content: '' }, done: true, done_reason: reason, prompt_eval_count: 100, eval_count: 7 })}\n`,
  ],
} as const

import type { AiEvent, CallLimits, Transport } from '#lib/domain/ai.ts'
import type { Access } from './base-urls.ts'
import { failure } from './failures.ts'
import { failureOfAnswer, type HttpCall, underLimits } from './http-call.ts'
import { linesOf } from './lines-of.ts'
import { count, object, text } from './program-adapter.ts'
import { tokensOf } from './token-count.ts'

const LINES = { lineBytes: 1024 * 1024, totalBytes: 32 * 1024 * 1024 }
const PORT = 11_434
const LARGEST_CONTEXT = 131_072
const CONTEXT_STEP = 4096

/**
 * Asks Ollama through its own `/api/chat`: its OpenAI-compatible one cannot set the context length, and a longer prompt is
 * cut without a word there. `num_ctx` is what this call needs, or OLLAMA_CONTEXT_LENGTH.
 */
export function ollamaTransport({ access, limits }: { access: Access; limits: CallLimits }): Transport {
  return { ask: (request) => underLimits(request, limits, (call) => chat(call, access)) }
}

/** Address of the server, from what OLLAMA_HOST may hold: `host`, `host:port` or a URL. */
export function ollamaAddress(given: string | undefined): URL {
  const address = given?.trim() || '127.0.0.1'
  if (/^https?:\/\//.test(address)) return new URL(address)
  const url = new URL(`http://${address.startsWith(':') ? `127.0.0.1${address}` : address}`)
  if (url.port === '') url.port = String(PORT)
  return url
}

/** Headers of every request: the key of ollama.com or of a proxy in front of the server. */
export function ollamaHeaders({ OLLAMA_API_KEY }: Access): Record<string, string> {
  return OLLAMA_API_KEY ? { authorization: `Bearer ${OLLAMA_API_KEY}` } : {}
}

async function* chat({ request, fetch, signal }: HttpCall, access: Access): AsyncGenerator<AiEvent> {
  const contextLength = contextFor(request, access)
  if (contextLength === null)
    return yield failure('context', `the prompt needs more than ${LARGEST_CONTEXT} tokens of context`)
  const response = await fetch(new URL('/api/chat', ollamaAddress(access.OLLAMA_HOST)), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ollamaHeaders(access) },
    body: JSON.stringify({
      model: request.model,
      stream: true,
      messages: [
        { role: 'system', content: request.system },
        { role: 'user', content: request.prompt },
      ],
      options: { num_ctx: contextLength, num_predict: request.maxOutputTokens },
    }),
    signal,
  })
  if (!response.ok || !response.body) {
    const body = await response.text()
    const message = text(parsed(body).error) || response.statusText
    return yield failureOfAnswer({ status: response.status, message, body, headers: response.headers })
  }
  yield* answerOf(response.body)
}

async function* answerOf(body: ReadableStream<Uint8Array>): AsyncGenerator<AiEvent> {
  yield { kind: 'start' }
  let answer = ''
  for await (const line of linesOf(body, LINES)) {
    const chunk = parsed(line)
    if (typeof chunk.error === 'string') return yield failure('other', chunk.error, { retryable: true })
    const delta = text(object(chunk.message).content)
    answer += delta
    if (delta) yield { kind: 'delta', text: delta }
    if (chunk.done !== true) continue
    const usage = { inputTokens: count(chunk.prompt_eval_count), outputTokens: count(chunk.eval_count) }
    yield { kind: 'usage', usage: { ...usage, cachedTokens: 0, costUsd: 0 } }
    if (chunk.done_reason === 'length')
      return yield failure('truncated', 'the answer was cut off at the limit of output tokens')
    return yield answer.trim() ? { kind: 'done', text: answer } : failure('no_result', 'the answer was empty')
  }
  yield failure('no_result', 'the answer ended before it was complete')
}

function contextFor({ system, prompt, maxOutputTokens }: HttpCall['request'], access: Access): number | null {
  const set = Number(access.OLLAMA_CONTEXT_LENGTH)
  if (set > 0) return set
  const tokens = tokensOf(system) + tokensOf(prompt) + maxOutputTokens
  return tokens > LARGEST_CONTEXT ? null : Math.ceil(tokens / CONTEXT_STEP) * CONTEXT_STEP
}

function parsed(line: string): Record<string, unknown> {
  try {
    return object(JSON.parse(line))
  } catch {
    return {}
  }
}

import { APICallError } from '@ai-sdk/provider'
import type { AiEvent, AiFailure, AiRequest, CallLimits } from '#lib/domain/ai.ts'
import { timeoutFailure, watchDeadlines } from './deadlines.ts'
import { codeOfStatus, codeOfText, failure } from './failures.ts'
import { OutputLimitError } from './lines-of.ts'
import { object, text } from './program-adapter.ts'
import { whyUnreachable } from './unreachable.ts'
import { watchedFetch } from './watched-fetch.ts'

const MAX_CAUSES = 8

export interface HttpCall {
  request: AiRequest
  fetch: typeof fetch
  /** Aborted by the caller or by a limit. */
  signal: AbortSignal
}

/** Runs the events of one HTTP call under its limits; whatever is thrown becomes a failure. */
export async function* underLimits(
  request: AiRequest,
  limits: CallLimits,
  call: (given: HttpCall) => AsyncGenerator<AiEvent>,
): AsyncGenerator<AiEvent> {
  let late: AiFailure | null = null
  const controller = new AbortController()
  const deadlines = watchDeadlines(limits, (code) => {
    late = timeoutFailure(code, limits)
    controller.abort()
  })
  const signal = AbortSignal.any([request.signal, controller.signal])
  try {
    yield* call({ request, fetch: watchedFetch(deadlines), signal })
  } catch (error) {
    yield request.signal.aborted ? failure('cancelled', 'the call was cancelled') : (late ?? failureOfError(error))
  } finally {
    deadlines.stop()
    controller.abort()
  }
}

/** Sorts what was thrown: an answer that is no success, a connection that failed, or too much of an answer. */
export function failureOfError(error: unknown): AiFailure {
  const chain = causesOf(error)
  const answer = chain.find((one) => APICallError.isInstance(one))
  if (answer?.statusCode !== undefined && answer.statusCode >= 300) {
    const { statusCode: status, message, responseBody: body = '', responseHeaders = {} } = answer
    return failureOfAnswer({ status, message, body, headers: new Headers(responseHeaders) })
  }
  const limit = chain.find((one) => one instanceof OutputLimitError)
  if (limit) return failure('bad_output', `it sent ${limit.message}`)
  const told = toldInStream(error)
  if (told) return told
  const unreachable = whyUnreachable(chain)
  if (unreachable) return failure('unreachable', unreachable)
  const said = chain.map(({ message }) => message).join(': ')
  const connection = chain.some((one) => 'code' in one && typeof one.code === 'string')
  return connection ? failure('other', said, { retryable: true }) : failure(codeOfText(said), said || String(error))
}

/**
 * An error a vendor sends in the middle of its stream. The AI SDK hands it on as a plain object or a text, or as the `value`
 * of an error that says it fits no schema. Null for anything else.
 */
function toldInStream(error: unknown): AiFailure | null {
  const given = error instanceof Error ? object('value' in error ? error.value : null).error : error
  if (given === undefined || given === null || given instanceof Error) return null
  const { message: said, statusCode, code, status, type, isRetryable } = object(given)
  const message = text(given) || text(object(said).message) || text(said)
  const words = [message, type, code, status].filter((word) => typeof word === 'string').join(' ')
  if (words === '') return null
  const number = [statusCode, code].find((one) => typeof one === 'number' && one >= 400)
  if (typeof number === 'number')
    return failureOfAnswer({ status: number, message: message || words, body: words, headers: new Headers() })
  const kind = codeOfText(words)
  const retryable =
    kind === 'rate' ||
    (typeof isRetryable === 'boolean' ? isRetryable : kind === 'other' && !/invalid.request/i.test(words))
  return failure(kind, message || words, { retryable })
}

export interface RefusedAnswer {
  status: number
  message: string
  body: string
  headers: Headers
}

/** The failure an HTTP status tells of, with how long its `Retry-After` asks to wait. */
export function failureOfAnswer({ status, message, body, headers }: RefusedAnswer): AiFailure {
  const code = codeOfStatus(status, `${message} ${body}`)
  const retryable = code === 'rate' || status >= 500 || status === 408
  return failure(code, `HTTP ${status}: ${message}`, {
    retryable,
    retryAfterMs: retryAfterMs(headers) ?? retryDelayMs(body),
  })
}

function retryAfterMs(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (exact >= 0) return exact
  const given = headers.get('retry-after')
  if (given === null) return undefined
  const ms = /^\d+(\.\d+)?$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

/** Google says in the body how long to wait (google.rpc.RetryInfo). */
function retryDelayMs(body: string): number | undefined {
  const seconds = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = []
  for (let one = error; one instanceof Error && chain.length < MAX_CAUSES; one = one.cause) chain.push(one)
  return chain
}

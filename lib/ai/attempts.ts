import { setTimeout as sleepFor } from 'node:timers/promises'
import type { AiEvent, AiFailure, AiRequest, Transport } from '#lib/domain/ai.ts'
import { failure } from './failures.ts'

const ATTEMPTS = 4
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** After so many calls in a row that failed for good, the provider is left alone for a while. */
const BREAK_AFTER = 3
const BREAK_MS = 60_000
/** Another call cannot succeed before a person has done something. */
const HOPELESS = new Set<AiFailure['code']>(['auth', 'quota', 'missing_binary', 'unknown_model'])

export interface Patience {
  now?: () => number
  /** Rejects when the signal is aborted. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. */
  random?: () => number
}

/**
 * A transport that tries again: after what the provider asks for, else after a random time below 1, 2, 4 s. While the
 * provider is broken (three calls in a row failed for good, or one that only a person can mend), calls fail at once with the
 * same words; after a minute one is let through.
 */
export function withRetries(transport: Transport, patience: Patience = {}): Transport {
  const { now = Date.now, sleep = defaultSleep, random = Math.random } = patience
  const breaker = { failures: 0, until: 0, last: null as AiFailure | null }

  function isOpen(): boolean {
    if (breaker.until <= now()) return false
    return breaker.last !== null
  }
  function settle(end: AiEvent): void {
    if (end.kind === 'done') Object.assign(breaker, { failures: 0, until: 0, last: null })
    if (end.kind !== 'fail' || end.code === 'cancelled') return
    breaker.failures += 1
    const until = HOPELESS.has(end.code) || breaker.failures >= BREAK_AFTER ? now() + BREAK_MS : breaker.until
    Object.assign(breaker, { until, last: end })
  }
  async function* attempts(request: AiRequest): AsyncGenerator<AiEvent> {
    for (let attempt = 1; ; attempt += 1) {
      const end = yield* once(transport, request)
      if (end.kind === 'done' || !end.retryable || attempt === ATTEMPTS) return yield end
      const afterMs = end.retryAfterMs ?? random() * FIRST_WAIT_MS * 2 ** (attempt - 1)
      if (afterMs > LONGEST_WAIT_MS)
        return yield { ...end, message: `${end.message}; it asks to wait ${Math.ceil(afterMs / 1000)} s` }
      yield { kind: 'retry', afterMs, message: end.message }
      try {
        await sleep(afterMs, request.signal)
      } catch {
        return yield failure('cancelled', 'the call was cancelled')
      }
    }
  }
  return {
    async *ask(request) {
      if (breaker.last && isOpen()) return yield { ...breaker.last, retryable: false }
      for await (const event of attempts(request)) {
        settle(event)
        yield event
      }
    },
  }
}

type End = Extract<AiEvent, { kind: 'done' | 'fail' }>

/** Hands on everything but the end. */
async function* once(transport: Transport, request: AiRequest): AsyncGenerator<AiEvent, End> {
  for await (const event of transport.ask(request)) {
    if (event.kind === 'done' || event.kind === 'fail') return event
    yield event
  }
  return failure('no_result', 'the call ended without an answer')
}

async function defaultSleep(ms: number, signal: AbortSignal): Promise<void> {
  await sleepFor(ms, undefined, { signal })
}

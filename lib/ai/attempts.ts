import { setTimeout as sleepFor } from 'node:timers/promises'
import type { AiEvent, AiFailure, AiRequest, Transport } from '#lib/domain/ai.ts'
import { type Breaker, breakerOf } from './breaker.ts'
import { failure } from './failures.ts'
import type { Places } from './places.ts'

const ATTEMPTS = 4
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** So that calls which are told the same time do not all come back in the same moment. */
const JITTER = 0.2

export interface Calls {
  /** A further attempt begins no later than this after the first one. */
  limitMs: number
  places: Places
}

export interface Patience {
  now?: () => number
  /** Rejects when the signal is aborted. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. */
  random?: () => number
}

/**
 * A transport that tries again: after what the provider asks for and up to a fifth more, else after a random time below 1, 2,
 * 4 s; once only when an answer that had begun ran out of time. A call keeps its place while it waits. While the provider is
 * broken, calls wait for one probe, or fail at once with the same words where there is no hope.
 */
export function withRetries(transport: Transport, { limitMs, places }: Calls, patience: Patience = {}): Transport {
  const { now = Date.now, sleep = defaultSleep, random = Math.random } = patience
  const breaker = breakerOf(now)

  // An address at which nobody has ever answered is a wrong one.
  const isHopeless = ({ code, retryable }: AiFailure) =>
    !retryable || (code === 'unreachable' && !breaker.hasAnswered())

  async function* attempts(request: AiRequest): AsyncGenerator<AiEvent> {
    let lateAnswers = 0
    const lastMs = now() + limitMs
    for (let attempt = 1; ; attempt += 1) {
      const { end, started } = yield* once(transport, request)
      if (started && end.kind === 'fail' && end.code.startsWith('timeout_')) lateAnswers += 1
      if (end.kind === 'done' || isHopeless(end) || attempt === ATTEMPTS || lateAnswers > 1) return yield end
      const afterMs = waitMs(end, { attempt, random })
      if ((end.retryAfterMs ?? 0) > LONGEST_WAIT_MS || now() + afterMs > lastMs) return yield tooLate(end)
      yield { kind: 'retry', afterMs, message: end.message }
      try {
        await sleep(afterMs, request.signal)
      } catch {
        return yield cancelled()
      }
    }
  }
  return {
    async *ask(request) {
      const release = await places(request.signal)
      let leave: (() => void) | null = null
      try {
        const admitted = yield* admission(breaker, { request, sleep })
        if (typeof admitted !== 'function') return yield admitted
        leave = admitted
        for await (const event of attempts(request)) {
          breaker.settle(event)
          yield event
        }
      } finally {
        leave?.()
        release()
      }
    },
  }
}

function waitMs({ retryAfterMs }: AiFailure, { attempt, random }: { attempt: number; random: () => number }): number {
  if (retryAfterMs !== undefined) return Math.round(retryAfterMs * (1 + random() * JITTER))
  return random() * FIRST_WAIT_MS * 2 ** (attempt - 1)
}

function tooLate(end: AiFailure): AiFailure {
  if (end.retryAfterMs === undefined) return end
  return { ...end, message: `${end.message}; it asks to wait ${Math.ceil(end.retryAfterMs / 1000)} s` }
}

interface Waiting {
  request: AiRequest
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Waits until the call may be made and enters it in the same moment, or another one would as well: answers what ends it, or
 * the failure where it may not be made.
 */
async function* admission(
  breaker: Breaker,
  { request: { signal }, sleep }: Waiting,
): AsyncGenerator<AiEvent, AiFailure | (() => void)> {
  for (;;) {
    if (signal.aborted) return cancelled()
    const state = breaker.state()
    if (state.kind === 'closed') return breaker.enter()
    if (state.kind === 'hopeless') return { ...state.last, retryable: false }
    try {
      if (state.kind === 'probing') await orAborted(state.ended, signal)
      else {
        yield { kind: 'retry', afterMs: state.forMs, message: state.last.message }
        await sleep(state.forMs, signal)
      }
    } catch {
      return cancelled()
    }
  }
}

async function orAborted(ended: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  await Promise.race([ended, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}

type End = Extract<AiEvent, { kind: 'done' | 'fail' }>

/** Hands on everything but the end. */
async function* once(
  transport: Transport,
  request: AiRequest,
): AsyncGenerator<AiEvent, { end: End; started: boolean }> {
  let started = false
  for await (const event of transport.ask(request)) {
    if (event.kind === 'done' || event.kind === 'fail') return { end: event, started }
    started = true
    yield event
  }
  return { end: failure('no_result', 'the call ended without an answer'), started }
}

function cancelled(): AiFailure {
  return failure('cancelled', 'the call was cancelled')
}

async function defaultSleep(ms: number, signal: AbortSignal): Promise<void> {
  await sleepFor(ms, undefined, { signal })
}

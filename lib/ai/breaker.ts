import type { AiEvent, AiFailure } from '#lib/domain/ai.ts'

/** After so many calls in a row that failed for good, the provider is left alone for a while. */
const BREAK_AFTER = 3
const BREAK_MS = 60_000
/** Another call cannot succeed before a person has done something. */
const HOPELESS = new Set<AiFailure['code']>(['auth', 'quota', 'missing_binary', 'unknown_model'])
/** Tell of the provider, not of one prompt or one answer. */
const BROKEN = new Set<AiFailure['code']>([
  'rate',
  'unreachable',
  'timeout_start',
  'timeout_idle',
  'timeout_wall',
  'no_result',
])

export type BreakerState =
  | { kind: 'closed' }
  /** Nobody should wait: it never answered, the probe failed too, or only a person can mend it. */
  | { kind: 'hopeless'; last: AiFailure }
  | { kind: 'open'; forMs: number; last: AiFailure }
  | { kind: 'probing'; ended: Promise<void> }

export interface Breaker {
  /** Whether a call may be made now. */
  state(): BreakerState
  /** Whether a call has ever succeeded. */
  hasAnswered(): boolean
  /** Begins a call that may be made, at once after `state`; what it answers ends the call. */
  enter(): () => void
  /** Learns from an event of a call. */
  settle(event: AiEvent): void
}

/**
 * Opens when a provider is broken. One that has answered before gets a minute, then exactly one call goes through, and its end
 * decides for all that wait.
 */
export function breakerOf(now: () => number): Breaker {
  let failures = 0
  let untilMs = 0
  let last: AiFailure | null = null
  let probe: Promise<void> | null = null
  let hasAnswered = false
  let hasProbed = false

  const close = () => {
    failures = 0
    last = null
    hasProbed = false
  }
  const open = (reason: AiFailure) => {
    untilMs = now() + BREAK_MS
    last = reason
  }
  return {
    state() {
      if (!last) return { kind: 'closed' }
      const forMs = untilMs - now()
      const isHopeless = HOPELESS.has(last.code) || !hasAnswered || hasProbed
      if (forMs > 0) return isHopeless ? { kind: 'hopeless', last } : { kind: 'open', forMs, last }
      return probe ? { kind: 'probing', ended: probe } : { kind: 'closed' }
    },
    hasAnswered: () => hasAnswered,
    enter() {
      if (!last) return () => undefined
      const { promise, resolve } = Promise.withResolvers<void>()
      probe = promise
      return () => {
        probe = null
        hasProbed = last !== null
        resolve()
      }
    },
    settle(event) {
      if (event.kind === 'done') {
        hasAnswered = true
        close()
      }
      if (event.kind !== 'fail' || event.code === 'cancelled' || event.code === 'budget') return
      if (HOPELESS.has(event.code)) return open(event)
      // It answered, though not with what was wanted.
      if (!BROKEN.has(event.code) && !(event.code === 'other' && event.retryable)) return close()
      failures += 1
      // Nobody was there, or a whole call has passed in vain: nothing says that another one will do better.
      const isSilent = !hasAnswered && (event.code === 'unreachable' || event.code.startsWith('timeout_'))
      if (isSilent || failures >= BREAK_AFTER) open(event)
    },
  }
}

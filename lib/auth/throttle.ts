import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

const WINDOW_MS = 60_000
const MAX_FAILURES = 10
const MAX_TRACKED = 20_000

interface Attempts {
  /** Times of failures, by `address …` and `name …`. */
  failures: Map<string, number[]>
  /** The attempt that is being checked; the next waits, so that many at once are not all let through. */
  last: Promise<unknown>
}

function attempts(): Attempts {
  return remember('login-attempts', () => ({ failures: new Map(), last: Promise.resolve() }))
}

/**
 * Runs `verify`, and counts null as a failure under all `keys`. Throws `too_many_requests`, without verifying, when one
 * of the keys failed ten times within the last minute.
 */
export function throttled<Value>(
  keys: string[],
  verify: () => Promise<Value | null>,
  now: () => number = Date.now,
): Promise<Value | null> {
  const attempt = attempts().last.then(async () => {
    refuseTooMany(keys, now())
    const verified = await verify()
    if (verified === null) noteFailure(keys, now())
    return verified
  })
  attempts().last = attempt.catch(() => undefined)
  return attempt
}

function refuseTooMany(keys: string[], nowMs: number): void {
  for (const key of keys) {
    const oldest = recentOf(key, nowMs).at(-MAX_FAILURES)
    if (oldest === undefined) continue
    throw new DocsfyError('too_many_requests', 'Too many failed logins: wait a minute and try again', {
      retryAfterSeconds: Math.max(1, Math.ceil((oldest + WINDOW_MS - nowMs) / 1000)),
    })
  }
}

function noteFailure(keys: string[], nowMs: number): void {
  const { failures } = attempts()
  for (const key of keys) {
    const recent = [...recentOf(key, nowMs), nowMs].slice(-MAX_FAILURES)
    failures.delete(key)
    failures.set(key, recent)
  }
  for (const key of failures.keys()) {
    if (failures.size <= MAX_TRACKED) break
    failures.delete(key)
  }
}

function recentOf(key: string, nowMs: number): number[] {
  return (attempts().failures.get(key) ?? []).filter((at) => at > nowMs - WINDOW_MS)
}

import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

const WINDOW_MS = 60_000
const MAX_FAILURES = 10
const MAX_TRACKED = 20_000

/** Times of failed logins, by `address …` and `name …`. */
function failures(): Map<string, number[]> {
  return remember('login-failures', () => new Map())
}

/** Throws `too_many_requests` when one of the keys failed ten times within the last minute. */
export function checkThrottle(keys: string[], nowMs = Date.now()): void {
  for (const key of keys) {
    const recent = recentOf(key, nowMs)
    const oldest = recent.at(-MAX_FAILURES)
    if (oldest === undefined) continue
    throw new DocsfyError('too_many_requests', 'Too many failed logins: wait a minute and try again', {
      retryAfterSeconds: Math.max(1, Math.ceil((oldest + WINDOW_MS - nowMs) / 1000)),
    })
  }
}

export function noteFailure(keys: string[], nowMs = Date.now()): void {
  for (const key of keys) {
    const recent = [...recentOf(key, nowMs), nowMs].slice(-MAX_FAILURES)
    failures().delete(key)
    failures().set(key, recent)
  }
  for (const key of failures().keys()) {
    if (failures().size <= MAX_TRACKED) break
    failures().delete(key)
  }
}

function recentOf(key: string, nowMs: number): number[] {
  return (failures().get(key) ?? []).filter((at) => at > nowMs - WINDOW_MS)
}

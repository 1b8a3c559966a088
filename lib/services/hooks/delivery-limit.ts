import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

const WINDOW_MS = 60_000
const MAX_DELIVERIES = 60

/** Counts a delivery to a hook. Throws `too_many_requests` when it had sixty within the last minute. */
export function countDelivery(projectId: string, nowMs: number): void {
  const times = remember('hook-deliveries', () => new Map<string, number[]>())
  forgetOld(times, nowMs)
  const recent = (times.get(projectId) ?? []).filter((at) => at > nowMs - WINDOW_MS)
  const [oldest] = recent
  if (oldest !== undefined && recent.length >= MAX_DELIVERIES)
    throw new DocsfyError('too_many_requests', `A hook takes ${MAX_DELIVERIES} deliveries a minute: try again later`, {
      retryAfterSeconds: Math.max(1, Math.ceil((oldest + WINDOW_MS - nowMs) / 1000)),
    })
  // Set anew, so that the map stays in the order of the last deliveries.
  times.delete(projectId)
  times.set(projectId, [...recent, nowMs])
}

function forgetOld(times: Map<string, number[]>, nowMs: number): void {
  for (const [projectId, deliveries] of times) {
    if ((deliveries.at(-1) ?? 0) > nowMs - WINDOW_MS) return
    times.delete(projectId)
  }
}

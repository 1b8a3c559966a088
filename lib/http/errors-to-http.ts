import { type ErrorCode, type Issue, isDocsfyError, messageFor } from '#lib/errors.ts'
import { log } from '#lib/log.ts'

/** The only place that chooses an HTTP status for an error. */
const STATUS = {
  invalid_input: 422,
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  unavailable: 503,
  refused_address: 400,
  repository_unavailable: 502,
  limit_reached: 413,
  timed_out: 504,
  aborted: 409,
  start_up: 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>

export interface ErrorAnswer {
  status: number
  body: { detail: string; issues?: Issue[] }
  headers: Record<string, string>
}

/** What a client gets for an error. Unexpected ones are masked, and logged with their cause. */
export function errorAnswer(error: unknown): ErrorAnswer {
  const known = isDocsfyError(error)
  if (!known || STATUS[error.code] === 500) log.error('a request failed', { error, cause: causeOf(error) })
  const issues = known ? error.data.issues : undefined
  const retryAfter = known ? error.data.retryAfterSeconds : undefined
  return {
    status: known ? STATUS[error.code] : 500,
    body: { detail: messageFor(error), ...(issues ? { issues } : {}) },
    headers: { 'cache-control': 'no-store', ...(retryAfter ? { 'retry-after': String(retryAfter) } : {}) },
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

const BRAND = Symbol.for('docsfy.error')

export const ERROR_CODES = [
  'invalid_input',
  'bad_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_many_requests',
  'unavailable',
  'refused_address',
  'repository_unavailable',
  'limit_reached',
  'timed_out',
  'aborted',
  'start_up',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export interface Issue {
  path: string
  message: string
}

/** An expected failure: a code that decides the reaction, a sentence for people, and data. */
export class DocsfyError extends Error {
  readonly [BRAND] = true
  readonly code: ErrorCode
  readonly data: { issues?: Issue[]; retryAfterSeconds?: number }

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: Issue[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'DocsfyError'
    this.code = code
    this.data = { issues: options.issues, retryAfterSeconds: options.retryAfterSeconds }
  }
}

/** True for a DocsfyError of any copy of this module (the server and the route handlers load two). */
export function isDocsfyError(error: unknown): error is DocsfyError {
  return typeof error === 'object' && error !== null && (error as { [BRAND]?: boolean })[BRAND] === true
}

/** The sentence of an expected failure; for anything else a neutral one, so that internals never reach people. */
export function messageFor(error: unknown): string {
  return isDocsfyError(error) ? error.message : 'Something went wrong inside docsfy; the server log has the details'
}

/** Throws the abort error when the signal is aborted; call it before every side effect. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError()
}

export function abortError(): DocsfyError {
  return new DocsfyError('aborted', 'Generation aborted by user')
}

export function isAbort(error: unknown): boolean {
  return (isDocsfyError(error) && error.code === 'aborted') || (error instanceof Error && error.name === 'AbortError')
}

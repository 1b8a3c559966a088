/**
 * Why a call to a model failed. `rate` passes by itself, `quota` does not; `context` means that the prompt is too long,
 * `unreachable` that there was no connection on which anything could have been said.
 */
export const AI_FAILURES = [
  'auth',
  'quota',
  'rate',
  'context',
  'unknown_model',
  'timeout_start',
  'timeout_idle',
  'timeout_wall',
  'no_result',
  'truncated',
  'bad_output',
  'missing_binary',
  'unreachable',
  'cancelled',
  'budget',
  'other',
] as const
export type AiFailureCode = (typeof AI_FAILURES)[number]

/** Tokens of one call. `cachedTokens` is a part of `inputTokens`. */
export interface AiUsage {
  inputTokens: number
  outputTokens: number
  cachedTokens: number
  /** As the provider itself says, else by the table of prices; null when neither is known. */
  costUsd: number | null
  /** Tokens of a kept reply, which were paid when it was made. */
  reusedTokens?: number
  /** The provider told no tokens: they are counted from the text. */
  isEstimate?: true
}

export interface AiFailure {
  kind: 'fail'
  code: AiFailureCode
  /** Sentence for people: what happened and what to do. */
  message: string
  /** Whether the same call may succeed a little later. */
  retryable: boolean
  /** How long the provider asks to wait. */
  retryAfterMs?: number
}

/** A whole answer. */
export interface Answered {
  kind: 'done'
  text: string
  /** Where replies are kept: tells that nothing could be made of it, so that a run that writes all anew asks again. */
  refuse?: () => Promise<void>
}

/** What happens during one call, whoever answers it. Exactly one `done` or `fail` ends it. */
export type AiEvent =
  | { kind: 'start' }
  | { kind: 'delta'; text: string }
  | { kind: 'usage'; usage: AiUsage }
  | { kind: 'retry'; afterMs: number; message: string }
  | Answered
  | AiFailure

export interface AiRequest {
  model: string
  /** Standing instructions. */
  system: string
  prompt: string
  maxOutputTokens: number
  signal: AbortSignal
}

/** How long a call may take until its first sign of life, between two of them, and in all. */
export interface CallLimits {
  startMs: number
  idleMs: number
  wallMs: number
}

/** Text in, text out. Never throws: what goes wrong is a `fail`. */
export interface Transport {
  ask(request: AiRequest): AsyncGenerator<AiEvent, void, undefined>
}

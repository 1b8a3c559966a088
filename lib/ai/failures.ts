import type { AiFailure, AiFailureCode } from '#lib/domain/ai.ts'

/** What vendors' texts give away, most telling first. Matched against error messages only, never against answers. */
const TELLING: readonly [AiFailureCode, RegExp][] = [
  [
    'quota',
    /quota|billing|insufficient.{0,12}(credit|fund|balance)|credit balance|usage limit|spending limit|payment required/i,
  ],
  ['rate', /rate.?limit|too many requests|\b429\b|overloaded|\b529\b|resource.?exhausted|temporarily unavailable/i],
  [
    'context',
    /context.{0,20}(length|window|limit)|prompt is too long|too many tokens|input_too_large|maximum.{0,30}tokens|request too large/i,
  ],
  [
    'unknown_model',
    /model.{0,60}(not found|not exist|does not exist|unknown|unsupported|not supported|invalid|no access)|(unknown|invalid|unsupported).{0,10}model|no such model/i,
  ],
  [
    'unreachable',
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|connection ?refused|getaddrinfo|could ?n.?t resolve|name or service not known|dns error/i,
  ],
  [
    'auth',
    /\bnot (logged|signed) in\b|\b(log|sign)[ -]?in\b|\bapi.?key|\bunauthori[sz]ed|\b401\b|\b403\b|\bauthenticat|\b(invalid|missing|expired|no)\b.{0,20}credential|\bforbidden\b/i,
  ],
]
/** Limits of a minute; some vendors call them quota as well. */
const PER_MINUTE = /per.?min|rate limit reached/i
const SOON = /(try again|retry) in \d[\d.]*\s?(ms|s|m\d|min)|retryDelay/i
const NOT_SOON = /per.?day|usage limit/i
const WRONG_KEY = /api.?key.{0,12}(not valid|invalid|expired)|API_KEY_INVALID|(invalid|incorrect) api.?key/i

/** Words for what is over a little later, of servers and of the way to them. */
const PASSING =
  /\b(500|502|503|504|520|522|524)\b|internal server error|bad gateway|gateway time-?out|service unavailable|stream disconnected|connection (error|reset|closed|lost)|socket hang up|ECONNRESET|ETIMEDOUT/i

const RETRYABLE = new Set<AiFailureCode>(['rate', 'unreachable', 'no_result', 'timeout_start', 'timeout_idle'])
const MAX_QUOTED = 300

/** Sorts the words of a vendor into our codes. */
export function codeOfText(text: string): AiFailureCode {
  if (PER_MINUTE.test(text) || (SOON.test(text) && !NOT_SOON.test(text))) return 'rate'
  return TELLING.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
}

/** Sorts an HTTP answer that is no success. */
export function codeOfStatus(status: number, text: string): AiFailureCode {
  const said = codeOfText(text)
  if (status === 402) return 'quota'
  if (status === 429) return said === 'quota' ? 'quota' : 'rate'
  if (status === 413) return 'context'
  if (status === 404) return 'unknown_model'
  if (status === 401 || status === 403) return said === 'quota' || said === 'unknown_model' ? said : 'auth'
  if (status >= 500) return said === 'rate' ? 'rate' : 'other'
  if (WRONG_KEY.test(text)) return 'auth'
  return said === 'auth' || said === 'rate' || said === 'unreachable' ? 'other' : said
}

/** `message` is quoted on one line and cut; `retryable` follows from the code and the words where it is not given. */
export function failure(code: AiFailureCode, message: string, more: Partial<AiFailure> = {}): AiFailure {
  const line = printable(message).slice(0, MAX_QUOTED)
  const retryable = RETRYABLE.has(code) || (code === 'other' && PASSING.test(line))
  return { kind: 'fail', code, message: line, retryable, ...more }
}

/** Words of a program or server on one line, without control characters and what looks like a key. */
function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\b(sk|pk|key|AIza|ghp|xox[bp])[-_A-Za-z0-9]{12,}/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
}

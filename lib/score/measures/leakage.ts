import type { Context } from '#lib/score/context.ts'
import { countFinding, type Finding, type ScoreMiss } from '#lib/score/finding.ts'
import { type Block, inlinesOf, plainText } from '#lib/score/pages/page.ts'

const CHATTER = [
  /<\/?(?:think|thinking|tool_call|function_calls?|invoke|scratchpad)\b[^>]*>/i,
  /\bas an ai\b(?: language model)?/i,
  /\b(?:i(?:'|’)m sorry|i apologi[sz]e), (?:but )?i (?:can(?:'|’)?t|cannot)\b/i,
  /\b(?:here is|here(?:'|’)s) (?:the|your) (?:updated |complete |full )?(?:documentation|page|markdown)\b/i,
  /^(?:sure|certainly|of course)[!,] (?:here|i(?:'|’)ll|let me)\b/i,
  /\blet me (?:know if you|check|look at|start by)\b/i,
  /\[(?:INST|\/INST)\]|<\|(?:im_start|im_end|endoftext)\|>/,
]

const SECRETS: [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{40,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/],
  ['a Google key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['an API key', /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20,}\b/],
]
const ASSIGNED =
  /(?:secret|token|passw(?:or)?d|api[_-]?key|private[_-]?key|credential)\w*["'`]?\s*[:=]\s*["'`]?([A-Za-z0-9+/_=-]{20,})/gi
const PLACEHOLDER = /example|placeholder|xxxx|your|changeme|dummy|test|sample|0000|1234|abcd|<|\*\*\*/i
const LEAST_BITS = 3.8

/** Places that show the talk of a model, or a secret: by known patterns, and by entropy where something secret is assigned. */
export function measureLeakage({ target }: Context): Finding {
  const misses = target.pages.flatMap((page) =>
    page.blocks.flatMap((block): ScoreMiss[] => {
      const found = [...chatterIn(block), ...secretsIn(block)]
      return found.map(({ claim, what }) => ({ page: page.file, line: block.line, claim, found: what }))
    }),
  )
  return countFinding(target.pages.length, misses)
}

/** Code may show such tags on purpose; running text may not. */
function chatterIn(block: Block): { claim: string; what: string }[] {
  if (block.kind === 'fence') return []
  const text = plainText(inlinesOf(block).filter(({ isCode }) => !isCode)).trim()
  return CHATTER.flatMap((pattern) => {
    const match = pattern.exec(text)
    return match ? [{ claim: match[0], what: 'the talk of a model' }] : []
  })
}

function secretsIn(block: Block): { claim: string; what: string }[] {
  const text = block.kind === 'fence' ? block.code : plainText(inlinesOf(block))
  const known = SECRETS.flatMap(([what, pattern]) => {
    const match = pattern.exec(text)
    return match && !PLACEHOLDER.test(match[0]) ? [{ claim: masked(match[0]), what: `looks like ${what}` }] : []
  })
  if (known.length > 0) return known
  return [...text.matchAll(ASSIGNED)].flatMap(([, value = '']) => {
    const isSecret =
      !isPhrase(value) &&
      /\d/.test(value) &&
      /[A-Za-z]/.test(value) &&
      !PLACEHOLDER.test(value) &&
      bitsPerChar(value) >= LEAST_BITS
    return isSecret ? [{ claim: masked(value), what: 'a value as random as a secret' }] : []
  })
}

/** Words with signs between them, as people write in place of a secret: `set-a-long-password-of-16`. */
function isPhrase(value: string): boolean {
  const parts = value.split(/[-_]/)
  return parts.length >= 4 && parts.every((part) => /^(?:[a-z]{1,14}|[A-Z]{1,14}|\d{1,4})$/.test(part))
}

/** The report must not leak it once more. */
function masked(secret: string): string {
  return `${secret.slice(0, 6)}… (${secret.length} characters)`
}

/** Shannon entropy. */
function bitsPerChar(text: string): number {
  const counts = Map.groupBy(text, (char) => char)
  let bits = 0
  for (const { length } of counts.values()) bits -= (length / text.length) * Math.log2(length / text.length)
  return bits
}

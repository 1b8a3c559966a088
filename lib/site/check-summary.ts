import { CHECK_KINDS, type CheckKind, type PageCheck } from '#lib/domain/page.ts'

const WORDS: Record<CheckKind, { one: string; many: string; verb: string; verbMany: string }> = {
  citation: { one: 'citation', many: 'citations', verb: 'resolves', verbMany: 'resolve' },
  link: { one: 'link', many: 'links', verb: 'leads somewhere', verbMany: 'lead somewhere' },
  path: { one: 'path', many: 'paths', verb: 'exists', verbMany: 'exist' },
  identifier: { one: 'identifier', many: 'identifiers', verb: 'exists', verbMany: 'exist' },
}

export interface CheckLine {
  kind: CheckKind
  ok: number
  total: number
  /** `14 of 14 citations resolve`. */
  text: string
}

/** One line per kind of claim that occurs, summed over the given pages. */
export function checkLines(checks: PageCheck[]): CheckLine[] {
  return ['citation', ...CHECK_KINDS.filter((kind) => kind !== 'citation')].flatMap((name) => {
    const kind = name as CheckKind
    const ok = sum(checks.map((check) => check.counts[kind].ok))
    const total = sum(checks.map((check) => check.counts[kind].total))
    return total ? [{ kind, ok, total, text: sentence(kind, ok, total) }] : []
  })
}

function sentence(kind: CheckKind, ok: number, total: number): string {
  const words = WORDS[kind]
  return `${ok} of ${total} ${total === 1 ? words.one : words.many} ${total === 1 ? words.verb : words.verbMany}`
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, value) => total + value, 0)
}

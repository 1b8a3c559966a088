import type { Miss, Repair } from '#lib/domain/page.ts'
import { inlineSpans, markdownLines } from '#lib/links/markdown-blocks.ts'

const UNVERIFIED = '*(unverified)*'

/** What a claim that does not hold should say instead; null where no rule tells. */
export type Correct = (miss: Pick<Miss, 'kind' | 'claim'>, line: string) => string | null

export interface Repaired {
  markdown: string
  /** Claims that say something else now. */
  repairs: Repair[]
  /** Claims that no rule could mend: taken out, or marked where they stand. */
  left: Miss[]
}

/**
 * Mends the claims of a page that do not hold. What `correct` knows takes their place; otherwise a link becomes its text,
 * a citation a visible mark, and code that nothing bears out is marked. `misses` are those of this page.
 */
export function repairPage(markdown: string, misses: Miss[], correct: Correct = () => null): Repaired {
  const repairs: Repair[] = []
  const left: Miss[] = []
  const byLine = Map.groupBy(misses, ({ line }) => line)
  const lines = markdownLines(markdown).map(({ text, kind }, at) => {
    const own = byLine.get(at + 1) ?? []
    const isText = kind === 'prose' || kind === 'heading'
    return own.length === 0 || !isText ? text : repairLine(text, { misses: own, correct, repairs })
  })
  const mended = new Set(repairs.map(({ line, claim }) => `${line} ${claim}`))
  left.push(...misses.filter(({ line, claim }) => !mended.has(`${line} ${claim}`)))
  return { markdown: lines.join('\n'), repairs, left }
}

interface LineRepair {
  misses: Miss[]
  correct: Correct
  repairs: Repair[]
}

function repairLine(line: string, { misses, correct, repairs }: LineRepair): string {
  return inlineSpans(line)
    .map((span) => {
      const parts = span.kind === 'link' ? /^!?\[([\s\S]*)\]\(([^)]*)\)$/.exec(span.text) : null
      const claim = parts ? (parts[2] ?? '') : span.text.replace(/^`+ ?| ?`+$/g, '')
      const miss = misses.find((one) => one.claim === claim && isLink(one) === (parts !== null))
      if (!miss || (span.kind !== 'link' && span.kind !== 'code')) return span.text
      const now = correct(miss, line)
      if (now === null) return withoutClaim(span.text, miss, parts?.[1] ?? '')
      repairs.push({ line: miss.line, claim, now })
      return parts ? `[${labelFor(miss, now, parts[1] ?? '')}](${now})` : `\`${now}\``
    })
    .join('')
}

function isLink({ kind }: Miss): boolean {
  return kind === 'link' || kind === 'citation'
}

function withoutClaim(text: string, { kind }: Miss, label: string): string {
  if (kind === 'citation') return UNVERIFIED
  return kind === 'link' ? label : `${text} ${UNVERIFIED}`
}

/** The label of a citation names its lines; that of a link stays. */
function labelFor({ kind }: Miss, now: string, label: string): string {
  if (kind !== 'citation') return label
  const [path = '', lines = ''] = decodeURIComponent(now.replace(/^source:/, '')).split('#L')
  return `${path}:${lines.replace('-L', '-')}`.replace(/[\\[\]()!*_`<>]/g, '\\$&')
}

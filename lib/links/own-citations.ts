import { createHash } from 'node:crypto'
import { encodeRepositoryPath, parseCitation, rangeFragment, SOURCE_SCHEME } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { citationTargets } from '#lib/links/citation-targets.ts'

/** Lines of a text file at a commit; null for what is none. */
export type LinesOf = (path: string) => Promise<string[] | null>

/** Citations that stand for no fact, by target: what their lines said when the page was written, as a hash. */
export type OwnCitations = Record<string, string>

const LONGEST_SEARCHED = 20_000

/** The citations of a page that the places of its facts do not cover. Citations that lead nowhere are left out. */
export async function ownCitations(markdown: string, places: SourceRange[], linesOf: LinesOf): Promise<OwnCitations> {
  const covered = new Set(places.map(targetOf))
  const own: OwnCitations = {}
  for (const target of citationTargets(markdown)) {
    const range = covered.has(target) ? null : parseCitation(target)
    const lines = range && (await linesOf(range.path))
    if (range && lines && range.start > 0 && range.end <= lines.length) own[target] = hashOf(lines, range)
  }
  return own
}

/** Where the lines of a citation stand now: the nearest ones in the same file that say the same; null when none do. */
export async function placeOfSame(target: string, hash: string, linesOf: LinesOf): Promise<SourceRange | null> {
  const range = parseCitation(target)
  const lines = range && (await linesOf(range.path))
  if (!range || !lines) return null
  if (range.end <= lines.length && hashOf(lines, range) === hash) return range
  return lines.length > LONGEST_SEARCHED ? null : nearest(lines, range, hash)
}

/** Link target of a citation. */
export function targetOf(range: SourceRange): string {
  return `${SOURCE_SCHEME}${encodeRepositoryPath(range.path)}${rangeFragment(range)}`
}

function nearest(lines: string[], range: SourceRange, hash: string): SourceRange | null {
  const length = range.end - range.start + 1
  const starts = Array.from({ length: Math.max(0, lines.length - length + 1) }, (_, at) => at + 1)
  const byDistance = starts.sort((a, b) => Math.abs(a - range.start) - Math.abs(b - range.start) || a - b)
  const start = byDistance.find((at) => hashOf(lines, { ...range, start: at, end: at + length - 1 }) === hash)
  return start === undefined ? null : { ...range, start, end: start + length - 1 }
}

/** SHA-256 of the lines, white space folded, first 16 hex digits. */
function hashOf(lines: string[], { start, end }: SourceRange): string {
  const text = lines
    .slice(start - 1, end)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

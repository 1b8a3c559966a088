import type { Context } from '#lib/score/context.ts'
import type { Finding, ScoreMiss } from '#lib/score/finding.ts'
import { claimOf } from './citations-resolve.ts'

const LISTED_FROM_LINES = 80

/** Lines per cited range: the median and the 90th percentile. Long ranges are listed, longest first. */
export function measureCitationsTight({ citations }: Context): { median: Finding; p90: Finding } {
  const ranges = citations.flatMap((citation) =>
    citation.lines ? [{ citation, length: Math.max(1, citation.lines.end - citation.lines.start + 1) }] : [],
  )
  ranges.sort((left, right) => left.length - right.length)
  const checked = ranges.length
  const misses = ranges
    .filter(({ length }) => length > LISTED_FROM_LINES)
    .reverse()
    .map(({ citation, length }): ScoreMiss => {
      const { page, inline } = citation
      return { page: page.file, line: inline.line, claim: claimOf(citation), found: `${length} lines: hard to check` }
    })
  const at = (share: number) => ranges[Math.max(0, Math.ceil(checked * share) - 1)]?.length ?? null
  return { median: { value: at(0.5), checked, misses: [] }, p90: { value: at(0.9), checked, misses } }
}

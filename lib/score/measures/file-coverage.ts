import type { Context } from '#lib/score/context.ts'
import { type Finding, shareFinding } from '#lib/score/finding.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'

/** Source files that some page cites, links to or names. */
export function measureFileCoverage({ pages, citations, ground }: Context): Finding {
  const reached = new Set(citations.map(({ path }) => path))
  for (const { text } of pages.flatMap(({ blocks }) => blocks.flatMap(inlinesOf)))
    for (const piece of text.split(/[\s`"',;()]+/)) if (piece.includes('.')) reached.add(piece.replace(/^\.\//, ''))
  const source = ground.facts.files.filter(({ role, language }) => role === 'source' && language !== null)
  const missed = source.filter(({ path }) => !reached.has(path))
  return shareFinding(
    source.length,
    missed.map(({ path }) => ({ page: null, line: 0, claim: path, found: 'a source file that no page leads to' })),
  )
}

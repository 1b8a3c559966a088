import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { identifierParts, unknownParts } from '#lib/score/identifiers.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'

/**
 * Calls with arguments and flags with a value in inline code whose name occurs nowhere in the repository. Too strict for the
 * Doc Score, whose pages may call what others offer; here only what the built-in page does not say counts.
 */
export async function loosenedNames({ pages, byInline, citations, ground }: Context): Promise<Finding> {
  const named = pages.flatMap((page) =>
    page.blocks.flatMap(inlinesOf).flatMap((inline) => {
      const parts = inline.isCode && !byInline.has(inline) ? partsOf(inline.text.trim()) : []
      return parts.length === 0 ? [] : [{ page: page.file, line: inline.line, claim: inline.text.trim(), parts }]
    }),
  )
  const likely = new Set(citations.map(({ path }) => path))
  const known = await ground.text.knownWords(new Set(named.flatMap(({ parts }) => parts)), likely)
  const misses = named.flatMap(({ parts, ...claim }): ScoreMiss[] => {
    const unknown = unknownParts(parts, known)
    return unknown.length === 0
      ? []
      : [{ ...claim, found: `"${unknown.join('", "')}" occurs nowhere in the repository` }]
  })
  return shareFinding(named.length, misses)
}

/** None for what the score itself looks at: bare names and flags. */
function partsOf(code: string): string[] {
  const flag = /^--(?:no-)?([a-z][\w-]*)[= ]/i.exec(code)?.[1]
  if (flag) return flag.split('-').filter((part) => part.length > 1)
  const call = /^([^\s(]+)\(.+\)$/.exec(code)?.[1]
  return call ? identifierParts(call) : []
}

import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { identifierParts, unknownParts } from '#lib/score/identifiers.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'
import { isPathLike } from '#lib/score/paths.ts'

interface Named {
  page: string
  line: number
  text: string
  parts: string[]
}

/** Names and flags in inline code that occur somewhere in the repository; names in capitals in any letter case. */
export async function measureIdentifiers(context: Context): Promise<Finding> {
  const named = context.pages.flatMap((page) =>
    page.blocks.flatMap(inlinesOf).flatMap((inline): Named[] => {
      if (!inline.isCode || context.byInline.has(inline) || isPathLike(inline.text)) return []
      const text = inline.text.trim()
      const parts = /^--[a-z][\w-]+$/i.test(text) ? flagParts(text) : identifierParts(text)
      return parts.length === 0 ? [] : [{ page: page.file, line: inline.line, text, parts }]
    }),
  )
  const likely = new Set(context.citations.map(({ path }) => path))
  const known = await context.ground.text.knownWords(new Set(named.flatMap(({ parts }) => parts)), likely)
  const misses = named.flatMap(({ page, line, text, parts }): ScoreMiss[] => {
    const unknown = unknownParts(parts, known)
    if (unknown.length === 0) return []
    return [{ page, line, claim: text, found: `"${unknown.join('", "')}" occurs nowhere in the repository` }]
  })
  return shareFinding(named.length, misses)
}

/** A flag may be defined without its dashes, or in snake case: each word of it must occur. */
function flagParts(flag: string): string[] {
  return flag
    .replace(/^--(?:no-)?/, '')
    .split('-')
    .filter((part) => part.length > 1)
}

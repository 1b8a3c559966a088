import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { joinedForms } from '#lib/score/flag-forms.ts'
import { identifierParts, unknownParts } from '#lib/score/identifiers.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'
import { isPathLike } from '#lib/score/paths.ts'

interface Named {
  page: string
  line: number
  text: string
  parts: string[]
}

/**
 * Names and flags in inline code that occur somewhere in the repository; names in capitals in any letter case, flags also as
 * code names them.
 */
export async function measureIdentifiers(context: Context): Promise<Finding> {
  const named = context.pages.flatMap((page) =>
    page.blocks.flatMap(inlinesOf).flatMap((inline): Named[] => {
      if (!inline.isCode || context.byInline.has(inline) || isPathLike(inline.text)) return []
      const text = inline.text.trim()
      const parts = isFlag(text) ? flagParts(text) : identifierParts(text)
      return parts.length === 0 ? [] : [{ page: page.file, line: inline.line, text, parts }]
    }),
  )
  const likely = new Set(context.citations.map(({ path }) => path))
  const known = await context.ground.text.knownWords(new Set(named.flatMap(({ parts }) => parts)), likely)
  const missed = named.filter(({ parts }) => unknownParts(parts, known).length > 0)
  const joined = new Set(missed.flatMap(formsOf))
  const knownForms = joined.size > 0 ? await context.ground.text.knownWords(joined, likely) : joined
  const misses = missed.flatMap((name): ScoreMiss[] => {
    if (formsOf(name).some((form) => knownForms.has(form))) return []
    const { page, line, text, parts } = name
    const unknown = unknownParts(parts, known)
    return [{ page, line, claim: text, found: `"${unknown.join('", "')}" occurs nowhere in the repository` }]
  })
  return shareFinding(named.length, misses)
}

/** Code may have a flag only as `max_depth` or `maxDepth`, of which its parser makes `--max-depth`. */
function formsOf({ text }: Named): string[] {
  return isFlag(text) && text.includes('-', 2) ? joinedForms(text) : []
}

function isFlag(text: string): boolean {
  return /^--[a-z][\w-]+$/i.test(text)
}

/** A flag may be defined without its dashes: each word of it must occur. */
function flagParts(flag: string): string[] {
  return flag
    .replace(/^--(?:no-)?/, '')
    .split('-')
    .filter((part) => part.length > 1)
}

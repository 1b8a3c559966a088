import type { Citation, Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { identifierParts } from '#lib/score/identifiers.ts'
import type { Inline } from '#lib/score/pages/page.ts'
import { isPathLike } from '#lib/score/paths.ts'
import { sentencesOf } from '#lib/score/sentences.ts'

/**
 * Cited sentences of prose whose names in code are no symbols, and stand in none of the lines they cite. The Doc Score asks
 * this of symbols alone; here only what the built-in page does not say counts.
 */
export async function shownNames(context: Context): Promise<Finding> {
  const misses: ScoreMiss[] = []
  let checked = 0
  for (const page of context.pages) {
    for (const block of page.blocks) {
      if (block.kind !== 'paragraph' && block.kind !== 'item') continue
      for (const sentence of sentencesOf(block, context.byInline)) {
        const names = namesIn(sentence, context)
        const cited = sentence.flatMap((inline) => context.byInline.get(inline) ?? [])
        const [first] = cited
        if (names.length === 0 || !first) continue
        checked += 1
        if (await isShown(names, cited, context.ground)) continue
        const claim = `${first.inline.text} shows ${names.join(', ')}`
        misses.push({
          page: page.file,
          line: first.inline.line,
          claim,
          found: 'the cited lines have none of the names',
        })
      }
    }
  }
  return shareFinding(checked, misses)
}

/** None when one of them is a symbol or a path: then the score judges. */
function namesIn(sentence: readonly Inline[], { byInline, ground }: Context): string[] {
  const code = sentence.filter((inline) => inline.isCode && !byInline.has(inline)).map(({ text }) => text.trim())
  const parts = code.map((text) => identifierParts(text.replace(/\(.*\)$/, '')))
  const isJudged = code.some((text) => isPathLike(text) || ground.text.hasPath(text))
  return isJudged || parts.some((names) => names.length === 0 || names.some((name) => ground.symbols.has(name)))
    ? []
    : parts.flat()
}

/** Lines that cannot be read are judged elsewhere. */
async function isShown(names: readonly string[], cited: readonly Citation[], ground: Ground): Promise<boolean> {
  for (const { path, lines: range } of cited) {
    const lines = await ground.linesOf(path)
    if (!range || !lines) return true
    const words = new Set(
      lines
        .slice(range.start - 1, range.end)
        .join('\n')
        .toLowerCase()
        .match(/[\w$]+/g) ?? [],
    )
    if (names.some((name) => words.has(name.toLowerCase()))) return true
  }
  return false
}

import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'
import { isPathLike, pathExists } from '#lib/score/paths.ts'

/** Paths in inline code that exist at the commit. */
export function measurePaths(context: Context): Finding {
  const misses: ScoreMiss[] = []
  let checked = 0
  for (const page of context.pages) {
    for (const inline of page.blocks.flatMap(inlinesOf)) {
      if (!inline.isCode || context.byInline.has(inline) || !isPathLike(inline.text)) continue
      checked += 1
      if (!pathExists(inline.text, context.ground.text))
        misses.push({
          page: page.file,
          line: inline.line,
          claim: inline.text,
          found: 'no such file or folder at the commit',
        })
    }
  }
  return shareFinding(checked, misses)
}

import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { type DocPage, inlinesOf } from '#lib/score/pages/page.ts'
import { isPathLike, pathExists } from '#lib/score/paths.ts'

/** Paths in inline code that exist at the commit. */
export function measurePaths(context: Context): Finding {
  const misses: ScoreMiss[] = []
  let checked = 0
  const words = wordsOfCode(context.pages)
  for (const page of context.pages) {
    for (const inline of page.blocks.flatMap(inlinesOf)) {
      if (!inline.isCode || context.byInline.has(inline) || !isPathLike(inline.text)) continue
      const isThere = pathExists(inline.text, context.ground.text)
      if (!isThere && isOfReader(inline.text, words, context)) continue
      checked += 1
      if (!isThere)
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

/** Folders that builds write into. */
const BUILT = /^(?:dist|build|out|target|coverage|site)$/

/**
 * A path of the project that a guide has its reader make, or of what a build writes: it begins with no folder of the
 * repository, and the code of the documentation names its parts, as a tree or in a command.
 */
function isOfReader(path: string, words: Set<string>, { ground }: Context): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const [first = ''] = parts
  // `./a.js` alone is what a file of the reader's imports.
  if (path.startsWith('./') && parts.length === 1) return true
  return !ground.text.hasPath(first) && (BUILT.test(first) || parts.every((part) => words.has(part)))
}

function wordsOfCode(pages: DocPage[]): Set<string> {
  const code = pages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'fence' ? [block.code] : [])))
  return new Set(code.flatMap((text) => text.split(/[^\w.@-]+/)))
}

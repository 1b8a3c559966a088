import type { Context } from '#lib/score/context.ts'
import { countFinding, type Finding } from '#lib/score/finding.ts'
import { isReference } from '#lib/score/page-kind.ts'
import { type DocPage, type Inline, inlinesOf, plainText, wordsOf } from '#lib/score/pages/page.ts'

const LEAST_WORDS = 100

/** Pages under 100 words, citations not counted, that are not reference. */
export function measureThinPages({ pages, byInline, ground }: Context): Finding {
  const ownText = (inlines: Inline[]) => plainText(inlines.filter((inline) => !byInline.has(inline)))
  const count = (page: DocPage) => wordsOf(page.blocks.map((block) => ownText(inlinesOf(block))).join('\n')).length
  const thin = pages.map((page) => ({ page, words: count(page) })).filter(({ words }) => words < LEAST_WORDS)
  const misses = thin
    .filter(({ page }) => !isReference(page, ground) && !includesText(page))
    .map(({ page, words }) => ({ page: page.file, line: 0, claim: 'is a page', found: `${words} words` }))
  return countFinding(pages.length, misses)
}

/** A page that takes its text from another file is as long as that. */
function includesText({ blocks }: DocPage): boolean {
  return blocks.some((block) => block.kind === 'fence' && block.language === 'include')
}

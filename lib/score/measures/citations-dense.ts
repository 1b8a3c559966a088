import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { type Block, type DocPage, inlinesOf, plainText, wordsOf } from '#lib/score/pages/page.ts'

const PROSE_WORDS = 8

/** Pages with a citation, and paragraphs of prose with one: in them, or alone in the block below. */
export function measureCitationsDense(context: Context): { pages: Finding; paragraphs: Finding } {
  const pageMisses: ScoreMiss[] = []
  const paragraphMisses: ScoreMiss[] = []
  let paragraphs = 0
  for (const page of context.pages) {
    if (!page.blocks.some((block) => isCited(block, context)))
      pageMisses.push({ page: page.file, line: 0, claim: titleOf(page), found: 'the page cites nothing' })
    for (const [index, block] of page.blocks.entries()) {
      if (block.kind !== 'paragraph' || proseWords(block, context) < PROSE_WORDS) continue
      paragraphs += 1
      const next = page.blocks[index + 1]
      if (isCited(block, context) || (next && isCited(next, context) && proseWords(next, context) < 3)) continue
      const claim = plainText(block.inlines).trim().slice(0, 80)
      paragraphMisses.push({ page: page.file, line: block.line, claim, found: 'no citation' })
    }
  }
  return {
    pages: shareFinding(context.pages.length, pageMisses),
    paragraphs: shareFinding(paragraphs, paragraphMisses),
  }
}

function isCited(block: Block, { byInline }: Context): boolean {
  return inlinesOf(block).some((inline) => byInline.has(inline))
}

function proseWords(block: Block, { byInline }: Context): number {
  return wordsOf(plainText(inlinesOf(block).filter((inline) => !byInline.has(inline)))).length
}

function titleOf(page: DocPage): string {
  const heading = page.blocks.find((block) => block.kind === 'heading')
  return heading ? plainText(inlinesOf(heading)) : page.key
}

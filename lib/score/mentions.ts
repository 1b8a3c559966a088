import { type Block, type DocPage, inlinesOf, plainText } from '#lib/score/pages/page.ts'

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** Everything the documentation names, wherever it does. */
export interface Mentions {
  /** Words in headings, in code and in the text of links that are code. */
  inCode: Set<string>
  /** Words of paragraphs and list items. */
  inProse: Set<string>
  /** Flags with their dashes, anywhere. */
  flags: Set<string>
  /** Pieces between blanks, quotes, commas and brackets, anywhere: routes, scripts, commands. */
  pieces: Set<string>
}

export function mentionsOf(pages: DocPage[]): Mentions {
  const mentions: Mentions = { inCode: new Set(), inProse: new Set(), flags: new Set(), pieces: new Set() }
  for (const block of pages.flatMap(({ blocks }) => blocks)) collect(block, mentions)
  return mentions
}

function collect(block: Block, { inCode, inProse, flags, pieces }: Mentions): void {
  const all = block.kind === 'fence' ? block.code : plainText(block.inlines)
  for (const [flag] of all.matchAll(/(?<![\w-])--?[A-Za-z][\w-]*/g)) flags.add(flag)
  for (const piece of all.split(/[\s`"',;()]+/)) pieces.add(piece.replace(/[.:]+$/, ''))
  const code =
    block.kind === 'fence' || block.kind === 'heading'
      ? all
      : inlinesOf(block)
          .filter(({ isCode }) => isCode)
          .map(({ text }) => text)
          .join(' ')
  for (const [word] of code.matchAll(WORD)) inCode.add(word)
  for (const { isCode, text } of inlinesOf(block)) if (isCode) pieces.add(text.trim())
  if (block.kind !== 'paragraph' && block.kind !== 'item') return
  for (const [word] of all.matchAll(WORD)) inProse.add(word)
}

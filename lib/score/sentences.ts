import type { Citation } from '#lib/score/context.ts'
import type { Block, Inline } from '#lib/score/pages/page.ts'

/** Where no blanks stand between words, none stands behind a full stop either. */
const END = /(?<!\b(?:e\.g|i\.e|etc|vs|cf|no|approx))[.!?]["”’)]?(?=\s|$)|[。！？｡]["”’」』）]?/i

/**
 * Sentences of a block as runs of inlines; a table row is one. Citations that follow the end of a sentence belong to it.
 */
export function sentencesOf(block: Block, byInline: Map<Inline, Citation>): Inline[][] {
  if (block.kind === 'fence' || block.kind === 'heading') return []
  if (block.kind === 'row') return [block.inlines]
  const sentences: Inline[][] = []
  let current: Inline[] = []
  for (const inline of block.inlines) {
    if (inline.kind !== 'text') {
      current.push(inline)
      continue
    }
    const pieces = splitAtEnds(inline.text)
    for (const [index, text] of pieces.entries()) {
      if (text !== '') current.push({ ...inline, text })
      if (index < pieces.length - 1) {
        sentences.push(current)
        current = []
      }
    }
  }
  if (current.length > 0) sentences.push(current)
  return joinCitations(sentences, byInline)
}

function splitAtEnds(text: string): string[] {
  const pieces: string[] = []
  let rest = text
  for (let match = END.exec(rest); match; match = END.exec(rest)) {
    pieces.push(rest.slice(0, match.index + match[0].length))
    rest = rest.slice(match.index + match[0].length)
  }
  return [...pieces, rest]
}

/** Moves citations at the start of a sentence, and sentences of nothing but citations, to the sentence before. */
function joinCitations(sentences: Inline[][], byInline: Map<Inline, Citation>): Inline[][] {
  const joined: Inline[][] = []
  for (const sentence of sentences) {
    const before = joined.at(-1)
    const own = sentence.findIndex((inline) => !byInline.has(inline) && !isPunctuation(inline))
    const moved = before ? sentence.slice(0, own === -1 ? sentence.length : own) : []
    if (before && moved.some((inline) => byInline.has(inline))) before.push(...moved)
    const rest = before && moved.some((inline) => byInline.has(inline)) ? sentence.slice(moved.length) : sentence
    if (rest.some((inline) => !isPunctuation(inline))) joined.push(rest)
  }
  return joined
}

function isPunctuation({ kind, text }: Inline): boolean {
  return kind === 'text' && !/[\p{L}\p{N}]/u.test(text)
}

import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type Block, type DocPage, plainText } from '#lib/score/pages/page.ts'
import { declarationOf } from '#lib/score/signature-text.ts'

const FOUND = 'nothing of this name is declared in the code'

/**
 * Signatures and rows of parameters below a heading in code that names no symbol. Not for the Doc Score, whose pages may
 * speak of what others declare; here only what the built-in page does not say counts.
 */
export function straySignatures({ pages, ground }: Context): Finding {
  const misses = pages.flatMap((page) => strayOf(page, ground))
  return shareFinding(misses.length, misses)
}

function strayOf({ file, blocks }: DocPage, ground: Ground): ScoreMiss[] {
  let name: string | null = null
  return blocks.flatMap((block, at) => {
    if (block.kind === 'heading') name = unknownName(block, ground)
    if (name === null) return []
    const isSignature =
      block.kind === 'fence' && blocks[at - 1]?.kind === 'heading' && declarationOf(block.code, name) !== null
    const isParameter = block.kind === 'row' && block.header.some((title) => /^param(?:eter)?s?$/i.test(title.trim()))
    return isSignature || isParameter ? [{ page: file, line: block.line, claim: name, found: FOUND }] : []
  })
}

function unknownName(heading: Exclude<Block, { kind: 'fence' }>, { symbols }: Ground): string | null {
  const name = plainText(heading.inlines).replace(/\(.*\)$/, '')
  const isCode = heading.inlines.length > 0 && heading.inlines.every((inline) => inline.isCode)
  return isCode && /^[\w$.:#]+$/.test(name) && !symbols.has(name) && !symbols.has(name.replaceAll(/::|#/g, '.'))
    ? name
    : null
}

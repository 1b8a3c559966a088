import { headerText, isNotice } from './doc-text.ts'
import { endRow, isComment } from './documented-children.ts'
import { commentLines } from './jsdoc.ts'
import type { Node } from './node.ts'
import type { ParsedFile } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const MAX_LEADING_COMMENTS = 200
const NOT_PROSE =
  /^\s*(?:\/(?:usr\/)?(?:local\/)?bin\/|frozen_string_literal|shellcheck|rubocop|encoding:|phpcs|<\?php|typed:)/i

/**
 * The comment at the top of a file that is neither licence nor instruction to a tool. A block that stands directly
 * above a declaration belongs to that, unless `above` says which declarations it may stand on.
 */
export function commentHeader(root: Node, source: SourceText, above: (next: Node) => boolean): ParsedFile['header'] {
  const { blocks, next } = leadingBlocks(root)
  for (const [index, block] of blocks.entries()) {
    const [first, last] = [block[0], block.at(-1)]
    if (!first || !last) continue
    const isLast = index === blocks.length - 1
    if (isLast && next && next.startPosition.row === endRow(last) + 1 && !above(next)) continue
    const lines = block
      .flatMap((comment) => commentLines(source.written(comment)))
      .filter((line) => !NOT_PROSE.test(line))
    const prose = lines.join('\n').replace(/^\s*[\\@](?:file|brief)\b[^\S\n]*(?:\S+\.\w+[^\S\n]*(?=\n))?/gm, '')
    const text = isNotice(prose) || !/\p{L}/u.test(prose) ? null : headerText(prose.replace(/^[\s=*#-]*\n/, ''))
    if (text) return { text, range: source.range(first, last) }
  }
  return null
}

function leadingBlocks(root: Node): { blocks: Node[][]; next: Node | null } {
  const blocks: Node[][] = []
  let previousRow = -2
  for (const node of root.namedChildren.slice(0, MAX_LEADING_COMMENTS)) {
    if (/^(?:php_tag|hash_bang_line)$/.test(node.type)) continue
    if (!isComment(node)) return { blocks, next: node }
    if (node.startPosition.row === previousRow + 1) blocks.at(-1)?.push(node)
    else blocks.push([node])
    previousRow = endRow(node)
  }
  return { blocks, next: null }
}

const MAX_BLOCK_CHARS = 16_384
const MAX_LIST_CHARS = 131_072
const MAX_LINE_CHARS = 4000
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/
const DEEP = /^[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]){100}/m
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/

/**
 * The block at the start of `source`, up to the next empty line or code, when it is larger, or nested deeper, than people
 * write: its emphasis, links and lists could take time that grows with the square of its length. Null for code and tables.
 */
export function oversizedBlock(source: string): string | null {
  const end = blockEnd(source)
  if (end <= 100 || FENCE.test(source)) return null
  const block = source.slice(0, end)
  if (DEEP.test(block)) return block
  if (end <= MAX_LINE_CHARS) return null
  const lines = block.split('\n')
  if (lines.every((line) => line.length <= MAX_LINE_CHARS)) {
    const isTable = /^[\s|]*:?-+:?[\s|:-]*$/.test(lines[1] ?? '') && lines[1]?.includes('|')
    const isList = lines.filter((line) => ITEM.test(line)).length > lines.length / 2
    if (isTable || block.length <= (isList ? MAX_LIST_CHARS : MAX_BLOCK_CHARS)) return null
  }
  return block
}

function blockEnd(source: string): number {
  const end = /\n(?:[ \t]*\n| {0,3}(?:```|~~~))/.exec(source)
  return end ? end.index + 1 : source.length
}

import { fenceLines } from '#lib/writers/fence-lines.ts'

/** Lines of a page that stand or fall together; indices of the first and the last. */
export interface PageBlock {
  kind: 'paragraph' | 'item' | 'row' | 'section' | 'fence'
  from: number
  to: number
}

const HEADING = /^ {0,3}(#{1,6})\s/
const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s/
const ROW = /^\s*\|/

/**
 * Finds the block around a line: the innermost list item with what is indented below it, a row of a table (its head is the
 * whole table), a section with all below its heading, a code block, else the run of lines between blank ones. Null for
 * blank lines and the title.
 */
export function pageBlocks(lines: readonly string[]): (at: number) => PageBlock | null {
  const fences = fenceLines(lines)
  const known = new Map<string, PageBlock>()
  // Two claims about one block must find the same object.
  const same = (kind: PageBlock['kind'], from: number, to: number): PageBlock => {
    const key = `${kind} ${from}`
    const block = known.get(key) ?? { kind, from, to }
    known.set(key, block)
    return block
  }
  const isText = (at: number) => {
    const line = lines[at]
    return line !== undefined && line.trim() !== '' && !fences[at] && !HEADING.test(line) && !ROW.test(line)
  }
  return (at) => {
    const line = lines[at] ?? ''
    const fence = fences[at]
    if (fence) return same('fence', fence.from, fence.to)
    if (line.trim() === '') return null
    const level = HEADING.exec(line)?.[1]?.length
    if (level !== undefined) return level === 1 ? null : same('section', at, sectionEnd(lines, fences, { at, level }))
    if (ROW.test(line)) return same('row', at, isTableHead(lines, at) ? runEnd(lines, at) : at)
    return same(...textAround(lines, at, isText))
  }
}

function textAround(
  lines: readonly string[],
  at: number,
  isText: (at: number) => boolean,
): [kind: 'item' | 'paragraph', from: number, to: number] {
  const isItem = (index: number) => ITEM.test(lines[index] ?? '')
  let from = at
  while (!isItem(from) && isText(from - 1)) from -= 1
  if (isItem(from)) return ['item', from, itemEnd(lines, from, isText)]
  let to = at
  while (isText(to + 1) && !isItem(to + 1)) to += 1
  return ['paragraph', from, to]
}

function sectionEnd(
  lines: readonly string[],
  fences: readonly unknown[],
  { at, level }: { at: number; level: number },
): number {
  let to = at
  while (to + 1 < lines.length) {
    const other = fences[to + 1] ? undefined : HEADING.exec(lines[to + 1] ?? '')?.[1]?.length
    if (other !== undefined && other <= level) break
    to += 1
  }
  return to
}

function isTableHead(lines: readonly string[], at: number): boolean {
  const isLine = (text = '') => /^\s*\|[\s:|-]*-[\s:|-]*$/.test(text)
  return isLine(lines[at]) || isLine(lines[at + 1])
}

function runEnd(lines: readonly string[], at: number): number {
  let to = at
  while (ROW.test(lines[to + 1] ?? '')) to += 1
  return to
}

/** Lines indented below the marker belong to an item, after blank lines too; text right below it does wherever it begins. */
function itemEnd(lines: readonly string[], from: number, isText: (at: number) => boolean): number {
  const indent = ITEM.exec(lines[from] ?? '')?.[1]?.length ?? 0
  let to = from
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    const isInside = /^\s*/.exec(line)?.[0].length ?? 0
    const isLazy = to === at - 1 && isText(at) && !ITEM.test(line)
    if (isInside <= indent && !isLazy) break
    to = at
  }
  return to
}

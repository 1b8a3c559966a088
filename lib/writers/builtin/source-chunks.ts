import { fenceAfter } from '#lib/domain/code-fence.ts'
import type { DocComment, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import { tight } from './ranges.ts'
import { tabsClosing } from './tabs.ts'

export interface SourceChunk {
  text: string
  range: SourceRange
}

/** Longest range a piece of a document is cited with. */
const LONGEST_CITED = 80

/** A paragraph that does not belong to the list, the code or the directive before it. */
const FRESH = /^(?:[\p{L}("'_[]|\*{1,2}[^\s*]|`(?!``)|!\[|<)/u
const FENCE = /^ {0,3}(`{3,}|~{3,}|:{3,})(.*)$/s

/** A section paragraph by paragraph, each with the list or code that belongs to it and with its own lines. */
export function sectionChunks({ text, textStart, range }: SectionFact): SourceChunk[] {
  return chunksOf(text).map(({ lines, start }) => {
    const first = textStart + start
    const end = first + Math.min(lines.length, LONGEST_CITED) - 1
    return { text: lines.join('\n'), range: { path: range.path, start: first, end } }
  })
}

/** The body of a doc comment in the same way; one piece where nothing tells which lines of the file it stands on. */
export function docChunks({ body, bodyLines, range }: DocComment): SourceChunk[] {
  if (body.trim() === '') return []
  if (!bodyLines) return [{ text: body, range: tight(range) }]
  const lineOf = (at: number) => {
    const [from, line] = bodyLines.findLast(([first]) => first <= at) ?? bodyLines[0] ?? [0, range.start]
    return Math.min(Math.max(line + at - from, range.start), range.end)
  }
  // Where markup moved words, the end of a paragraph may stand one line further down.
  const slack = bodyLines.length > 1 ? 1 : 0
  return chunksOf(body).map(({ lines, start }) => {
    const first = lineOf(start)
    const last = Math.min(lineOf(start + lines.length - 1) + slack, range.end)
    const end = Math.min(Math.max(first, last), first + LONGEST_CITED - 1)
    return { text: lines.join('\n'), range: { path: range.path, start: first, end } }
  })
}

/** Runs of lines that begin with a fresh paragraph, without the blank lines behind them. */
function chunksOf(text: string): { lines: string[]; start: number }[] {
  const lines = text.split('\n')
  const starts = cuts(lines)
  return starts.map((start, at) => {
    const own = lines.slice(start, starts[at + 1] ?? lines.length)
    while (own.length > 1 && own.at(-1)?.trim() === '') own.pop()
    return { lines: own, start }
  })
}

function cuts(lines: string[]): number[] {
  const starts = [0]
  let fence: string | null = null
  let tabsEnd = -1
  for (const [at, line] of lines.entries()) {
    if (at > 0 && fence === null && at > tabsEnd && lines[at - 1]?.trim() === '' && FRESH.test(line)) starts.push(at)
    if (fence === null && at > tabsEnd) tabsEnd = endOfTabs(lines, at)
    fence = fenceAfter(line, fence, FENCE)
  }
  return starts
}

/** Tabs stay together; the line itself where it opens none, or none that end. */
function endOfTabs(lines: string[], at: number): number {
  const closing = tabsClosing(lines[at] ?? '')
  return closing === null ? at : Math.max(at, lines.indexOf(closing, at))
}

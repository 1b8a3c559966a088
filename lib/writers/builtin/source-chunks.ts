import type { SectionFact, SourceRange } from '#lib/domain/facts.ts'

export interface SourceChunk {
  text: string
  range: SourceRange
}

/** A section of at most this many lines is one chunk. */
const WHOLE_LINES = 25

/** A paragraph that does not belong to the list, the code or the directive before it. */
const FRESH = /^(?:[\p{L}("'_[]|\*{1,2}[^\s*]|`(?!``)|!\[|<)/u
const FENCE = /^ {0,3}(`{3,}|~{3,}|:{3,})/

/** A section in pieces of at least `fewestLines` that can be read and cited one by one, cut between paragraphs only. */
export function sourceChunks({ text, textStart, range }: SectionFact, fewestLines: number): SourceChunk[] {
  const lines = text.split('\n')
  const starts = lines.length <= Math.min(WHOLE_LINES, fewestLines * 2) ? [0] : cuts(lines, fewestLines)
  return starts.map((start, at) => {
    const own = lines.slice(start, starts[at + 1] ?? lines.length)
    while (own.length > 1 && own.at(-1)?.trim() === '') own.pop()
    const first = textStart + start
    return { text: own.join('\n'), range: { path: range.path, start: first, end: first + own.length - 1 } }
  })
}

function cuts(lines: string[], fewestLines: number): number[] {
  const starts = [0]
  let fence: string | null = null
  for (const [at, line] of lines.entries()) {
    const isFresh = fence === null && lines[at - 1]?.trim() === '' && FRESH.test(line)
    if (isFresh && at - (starts.at(-1) ?? 0) >= fewestLines) starts.push(at)
    const mark = FENCE.exec(line)?.[1]
    if (mark && fence === null) fence = mark
    else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length) fence = null
  }
  return starts
}

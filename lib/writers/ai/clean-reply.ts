import { type FenceLine, fenceLines } from '#lib/writers/fence-lines.ts'

const THOUGHT = /^(?:think|thinking|reasoning|scratchpad)$/i
const TAG = /<(\/?)([a-z]+)>/gi
const TITLE = /^#[ \t]+\S/

/** A reply as a page, or why it is none. */
export type Cleaned = { markdown: string } | { problem: string }

/**
 * Takes off what models put around a page: thoughts, a fence around the whole, words before the title, a farewell. One
 * linear scan; a tag that closes before it opens ends a thought that began unseen. The title is the plan's.
 */
export function cleanReply(reply: string, title: string): Cleaned {
  const lines = unfenced(withoutThoughts(reply.replace(/\r\n?/g, '\n')).trim()).split('\n')
  const start = titleAt(lines)
  if (start < 0) return { problem: 'it has no line "# Title"' }
  const body = withoutFarewell(lines.slice(start + 1))
    .join('\n')
    .trim()
  if (body === '') return { problem: 'there is nothing below the title' }
  if (fenceLines(body.split('\n')).some((fence) => fence?.isOpen)) return { problem: 'a code block is not closed' }
  return { markdown: `# ${title}\n\n${body}\n` }
}

/** What a line can be part of while thoughts are looked for. */
interface Position {
  depth: number
  /** A title has been seen outside of thoughts: code below it is text of the page. */
  isPage: boolean
}

function withoutThoughts(text: string): string {
  const lines = text.split('\n')
  const fences = fencesBelowTitle(lines)
  const at: Position = { depth: 0, isPage: false }
  let kept: string[] = []
  for (const [index, line] of lines.entries()) {
    if (at.depth === 0 && TITLE.test(line)) at.isPage = true
    if (at.depth === 0 && fences[index]) {
      kept.push(line)
      continue
    }
    const { text: rest, isEnd, hadTag } = lineWithoutThoughts(line, at)
    if (isEnd) kept = []
    if (!hadTag && at.depth > 0) continue
    kept.push(rest)
  }
  return kept.join('\n')
}

/** Closed code blocks that begin below a title; a tag that stands in one is text. */
function fencesBelowTitle(lines: string[]): (FenceLine | null)[] {
  const title = lines.findIndex((line) => TITLE.test(line))
  if (title < 0) return []
  const below = fenceLines(lines.slice(title)).map((fence) => (fence?.isOpen ? null : fence))
  return [...Array.from({ length: title }, () => null), ...below]
}

/** `isEnd`: a thought that began unseen ends here, so that all before it was thought. */
function lineWithoutThoughts(line: string, at: Position): { text: string; isEnd: boolean; hadTag: boolean } {
  let [text, from, isEnd, hadTag] = ['', 0, false, false]
  for (const { index, end, isCode, isClosing } of thoughtTags(line)) {
    if (isCode && at.isPage && at.depth === 0) continue
    hadTag = true
    if (!isClosing) {
      if (at.depth === 0) text += line.slice(from, index)
      at.depth += 1
      continue
    }
    from = end
    if (at.depth > 0) at.depth -= 1
    else {
      text = ''
      isEnd = true
      at.isPage = false
    }
    at.isPage ||= at.depth === 0 && text === '' && TITLE.test(line.slice(from))
  }
  return { text: at.depth > 0 ? text : text + line.slice(from), isEnd, hadTag }
}

function thoughtTags(line: string) {
  const spans = codeSpans(line)
  let span = 0
  return [...line.matchAll(TAG)].flatMap(({ 0: tag, 1: slash, 2: name = '', index }) => {
    while (span < spans.length && (spans[span]?.end ?? 0) <= index) span += 1
    const isCode = (spans[span]?.start ?? line.length) < index
    return THOUGHT.test(name) ? [{ index, end: index + tag.length, isCode, isClosing: slash !== '' }] : []
  })
}

/** Code spans of a line: from a run of backticks to the next run of the same length. */
function codeSpans(line: string): { start: number; end: number }[] {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }))
  const next = new Map<number, number>()
  const closing = runs.map(() => -1)
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const length = runs[at]?.length ?? 0
    closing[at] = next.get(length) ?? -1
    next.set(length, at)
  }
  const spans: { start: number; end: number }[] = []
  for (let at = 0; at < runs.length; at += 1) {
    const [open, close] = [runs[at], runs[closing[at] ?? -1]]
    if (!open || !close) continue
    spans.push({ start: open.index, end: close.index + close.length })
    at = closing[at] ?? at
  }
  return spans
}

/** The inside of a fence that holds a whole page, wherever words stand around it. Below a title it is code of the page. */
function unfenced(text: string): string {
  const open = /^(`{3,})(?:markdown|md)?[ \t]*\n(?=#\s)/m.exec(text)
  if (!open || /^#[ \t]+\S/m.test(text.slice(0, open.index))) return text
  const inside = text.slice(open.index + open[0].length)
  const end = inside.lastIndexOf(`\n${open[1]}`)
  return end < 0 ? inside : inside.slice(0, end)
}

function titleAt(lines: string[]): number {
  const fences = fenceLines(lines)
  return lines.findIndex((line, at) => TITLE.test(line) && (!fences[at] || fences[at].isOpen))
}

const FAREWELL =
  /^(?:let me know|i hope|feel free|if you(?:'d| would) like|would you like|this (?:page|document|documentation) (?:covers|provides|now))\b/i

function withoutFarewell(lines: string[]): string[] {
  let end = lines.length
  const isEmpty = (line = '') => /^(?:-{3,})?$/.test(line.trim())
  while (end > 0 && (isEmpty(lines[end - 1]) || FAREWELL.test(lines[end - 1] ?? ''))) end -= 1
  return lines.slice(0, end)
}

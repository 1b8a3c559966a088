export interface Heading {
  heading: string
  level: number
  /** Line of the heading, and the line its text begins on. */
  line: number
  after: number
}

const ADORNMENT = /^([!-/:-@[-`{-~])\1{2,}\s*$/

/** Headings of reStructuredText: an underlined line, with or without a line above; levels in the order they first occur. */
export function* rstHeadings(lines: string[]): Generator<Heading> {
  const levels: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const found = overlined(lines, at) ?? underlined(lines, at)
    if (!found) continue
    if (!levels.includes(found.style)) levels.push(found.style)
    yield { heading: plain(found.text), level: levels.indexOf(found.style) + 1, line: at + 1, after: found.last + 2 }
    at = found.last
  }
}

interface Found {
  text: string
  style: string
  /** Index of the last adornment line. */
  last: number
}

function underlined(lines: string[], at: number): Found | null {
  const text = lines[at] ?? ''
  const mark = ADORNMENT.exec(lines[at + 1] ?? '')?.[1]
  const isTitle = /^\S/.test(text) && !ADORNMENT.test(text) && !text.startsWith('.. ') && /[\p{L}\p{N}]/u.test(text)
  const isLong = (lines[at + 1] ?? '').trimEnd().length >= Math.min(text.trimEnd().length, 4)
  if (!mark || !isTitle || !isLong || (lines[at - 1] ?? '').trim() !== '') return null
  return { text, style: mark, last: at + 1 }
}

function overlined(lines: string[], at: number): Found | null {
  const mark = ADORNMENT.exec(lines[at] ?? '')?.[1]
  const text = lines[at + 1] ?? ''
  if (!mark || (lines[at + 2] ?? '').trimEnd() !== (lines[at] ?? '').trimEnd() || !/\p{L}/u.test(text)) return null
  return { text: text.trim(), style: `${mark}${mark}`, last: at + 2 }
}

function plain(text: string): string {
  return text
    .replace(/:(?:[a-z]+:)?[a-z]+:`([^`<]+?)(?:\s*<[^>]*>)?`/gi, '$1')
    .replace(/`([^`<]+?)\s*<[^>]*>`__?/g, '$1')
    .replace(/``([^`]+)``/g, '$1')
    .replace(/\*{1,2}(\S[^*]*)\*{1,2}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

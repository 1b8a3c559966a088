import { fenceAfter } from '#lib/domain/code-fence.ts'
import type { DocumentFact, SectionFact } from '#lib/domain/facts.ts'
import { type Heading, rstHeadings } from './rst-headings.ts'

const MAX_SECTION_CHARS = 20_000
/** Lines of a heading written as HTML. */
const LONGEST_TAG_HEADING = 6

/**
 * Headings and sections of a Markdown or reStructuredText file. Text before the first heading is a section with an empty
 * heading, level 0.
 */
export function documentOf(text: string, path: string): DocumentFact {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const sections: SectionFact[] = []
  let current: Heading | null = null
  const close = (end: number) => {
    const section = current && sectionOf({ lines, path, end }, current)
    if (section) sections.push(section)
  }
  const isRst = path.endsWith('.rst')
  const frontMatterEnd = isRst ? 0 : endOfFrontMatter(lines)
  const headings = isRst ? rstHeadings(lines) : headingsOf(lines, frontMatterEnd)
  if (lines.length > frontMatterEnd)
    current = { heading: '', level: 0, line: frontMatterEnd + 1, after: frontMatterEnd + 1 }
  for (const heading of headings) {
    close(heading.line - 1)
    current = heading
  }
  close(lines.length)
  const titled = sections.find(({ level }) => level === 1)
  const title = titled?.heading ?? frontMatterTitle(lines.slice(0, frontMatterEnd))
  return { path, title: title ?? sections.find(({ level }) => level > 0)?.heading ?? null, sections }
}

/** The text keeps the indentation of its first line: a list may begin with it. Null for nothing below no heading. */
function sectionOf(file: { lines: string[]; path: string; end: number }, heading: Heading): SectionFact | null {
  const { lines, path, end } = file
  const body = lines.slice(heading.after - 1, end)
  const blank = Math.max(
    0,
    body.findIndex((line) => line.trim() !== ''),
  )
  const text = body.slice(blank).join('\n').trimEnd().slice(0, MAX_SECTION_CHARS)
  if (heading.level === 0 && text === '') return null
  return {
    heading: heading.heading,
    level: heading.level,
    text,
    range: { path, start: heading.line, end: Math.max(heading.line, end) },
    textStart: Math.min(heading.after + blank, Math.max(heading.line, end)),
  }
}

function* headingsOf(lines: string[], skip: number): Generator<Heading> {
  let fence: string | null = null
  for (let at = skip; at < lines.length; at += 1) {
    const before: string | null = fence
    fence = fenceAfter(lines[at] ?? '', before)
    const isCode = before !== null || fence !== null
    const heading = isCode ? null : (headingAt(lines, at) ?? tagHeadingAt(lines, at))
    if (heading?.heading) yield heading
  }
}

/** A heading by number signs, or a paragraph of one line that is underlined. */
function headingAt(lines: string[], at: number): Heading | null {
  const line = lines[at] ?? ''
  const signs = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line)
  if (signs?.[1]) {
    const heading = plainHeading((signs[2] ?? '').replace(/[ \t]+#+[ \t]*$/, ''))
    return { heading, level: signs[1].length, line: at + 1, after: at + 2 }
  }
  const underline = /^ {0,3}(=+|-+)[ \t]*$/.exec(lines[at + 1] ?? '')?.[1]
  if (!underline || !isParagraph(line) || isParagraph(lines[at - 1] ?? '')) return null
  return { heading: plainHeading(line), level: underline.startsWith('=') ? 1 : 2, line: at + 1, after: at + 3 }
}

/** A heading written as HTML, on up to six lines; what is aligned is decoration. */
function tagHeadingAt(lines: string[], at: number): Heading | null {
  const level = /^<h([1-6])(?:\s(?![^>]*\balign\b)[^>]*)?>/i.exec(lines[at] ?? '')?.[1]
  if (!level) return null
  const own = lines.slice(at, at + LONGEST_TAG_HEADING)
  const end = own.findIndex((line) => line.trimEnd().toLowerCase().endsWith(`</h${level}>`))
  if (end < 0) return null
  const heading = plainHeading(own.slice(0, end + 1).join(' '))
  return { heading, level: Number(level), line: at + 1, after: at + end + 2 }
}

function isParagraph(line: string): boolean {
  return line.trim() !== '' && !/^(?: {4}|\t| {0,3}(?:[-*+>|#]|\d+[.)]|<))/.test(line)
}

function endOfFrontMatter(lines: string[]): number {
  if (lines[0]?.trim() !== '---') return 0
  const end = lines.indexOf('---', 1)
  return end > 0 && end < 60 ? end + 1 : 0
}

function frontMatterTitle(lines: string[]): string | undefined {
  const line = lines.find((one) => /^title:\s*\S/.test(one))
  return line
    ?.slice('title:'.length)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
}

/** Text of a heading without images, links, code marks and HTML; what stands in code is kept as it is. */
function plainHeading(markdown: string): string {
  return markdown
    .slice(0, 1_000)
    .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/(?<!\\)\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .split(/((?<!\\)`+[^`]*`+)/)
    .map((part, at) => (at % 2 === 1 ? part.replaceAll('`', '') : withoutMarkup(part)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/<[^>]*>/g, '')
    .replace(/(?<!\\)\*/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

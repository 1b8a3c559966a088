import type { DocumentFact, SectionFact } from '#lib/domain/facts.ts'

const MAX_SECTION_CHARS = 20_000

/** Headings and sections of a Markdown file. Text before the first heading is a section with an empty heading, level 0. */
export function documentOf(text: string, path: string): DocumentFact {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const sections: SectionFact[] = []
  let current: { heading: string; level: number; start: number; from: number } | null = null
  const close = (end: number) => {
    if (!current) return
    const body = lines
      .slice(current.from - 1, end)
      .join('\n')
      .trim()
      .slice(0, MAX_SECTION_CHARS)
    const { heading, level, start } = current
    if (level > 0 || body)
      sections.push({ heading, level, text: body, range: { path, start, end: Math.max(start, end) } })
  }
  const frontMatterEnd = endOfFrontMatter(lines)
  if (lines.length > frontMatterEnd)
    current = { heading: '', level: 0, start: frontMatterEnd + 1, from: frontMatterEnd + 1 }
  for (const { heading, level, line, after } of headingsOf(lines, frontMatterEnd)) {
    close(line - 1)
    current = { heading, level, start: line, from: after }
  }
  close(lines.length)
  const title = sections.find(({ level }) => level === 1) ?? sections.find(({ level }) => level > 0)
  return { path, title: title?.heading ?? null, sections }
}

interface Heading {
  heading: string
  level: number
  /** Line of the heading, and the line its text begins on. */
  line: number
  after: number
}

function* headingsOf(lines: string[], skip: number): Generator<Heading> {
  let fence: string | null = null
  for (let at = skip; at < lines.length; at += 1) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(lines[at] ?? '')?.[1]
    if (mark && endsOrBegins(mark, fence)) fence = fence ? null : mark
    const heading = fence || mark ? null : headingAt(lines, at)
    if (heading?.heading) yield heading
  }
}

function endsOrBegins(mark: string, fence: string | null): boolean {
  return fence === null || (mark[0] === fence[0] && mark.length >= fence.length)
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

function isParagraph(line: string): boolean {
  return line.trim() !== '' && !/^(?: {4}|\t| {0,3}(?:[-*+>|#]|\d+[.)]|<))/.test(line)
}

function endOfFrontMatter(lines: string[]): number {
  if (lines[0]?.trim() !== '---') return 0
  const end = lines.indexOf('---', 1)
  return end > 0 && end < 60 ? end + 1 : 0
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

import { fenceAfter } from '#lib/domain/code-fence.ts'

/** Reads Markdown line by line, telling prose from code: enough to edit single spans without reformatting a page. */

export type LineKind = 'prose' | 'heading' | 'fence' | 'code'

export interface MarkdownLine {
  text: string
  kind: LineKind
}

/** Every line with what it is. Lines of a fenced block, its delimiters and indented code are never prose. */
export function markdownLines(markdown: string): MarkdownLine[] {
  let open: string | null = null
  return markdown.split('\n').map((text) => {
    const before = open
    open = fenceAfter(text, before)
    if (open !== before) return { text, kind: 'fence' }
    if (open !== null) return { text, kind: 'code' }
    if (/^ {0,3}#{1,6}\s/.test(text)) return { text, kind: 'heading' }
    return { text, kind: /^( {4}|\t)/.test(text) ? 'code' : 'prose' }
  })
}

/** Level and plain text of a heading line: inline code ticks, emphasis, escapes and link targets taken off. */
export function headingOf(line: string): { level: number; text: string } | null {
  const match = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line)
  if (!match?.[1]) return null
  return { level: match[1].length, text: plainText(match[2] ?? '') }
}

/** Inline Markdown without its markup. */
export function plainText(inline: string): string {
  const unlinked = inline.replace(/\[((?:`[^`]*`|[^\]])*)\]\([^)]*\)/g, '$1')
  return unlinked
    .split(/(`+[^`]+`+)/)
    .map((part) => (part.startsWith('`') ? part.replace(/^`+|`+$/g, '') : withoutMarks(part)))
    .join('')
}

function withoutMarks(text: string): string {
  return text.replace(/(\*\*|__)(.+?)\1/g, '$2').replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, '$1')
}

/** A line cut into links, inline code and other text, in order; joining the texts gives the line back. */
export function inlineSpans(line: string): { text: string; kind: 'link' | 'code' | 'text' }[] {
  const spans: { text: string; kind: 'link' | 'code' | 'text' }[] = []
  const pattern = /(!?\[(?:\\.|`[^`]*`|[^\]\\])*\]\([^)]*\))|(`+)(?:(?!\2)[\s\S])+?\2(?!`)/g
  let end = 0
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) spans.push({ text: line.slice(end, match.index), kind: 'text' })
    spans.push({ text: match[0], kind: match[1] ? 'link' : 'code' })
    end = match.index + match[0].length
  }
  if (end < line.length) spans.push({ text: line.slice(end), kind: 'text' })
  return spans
}

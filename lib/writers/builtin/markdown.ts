/** Collapses white space and control characters to single blanks: a name or summary never spans lines. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control and bidirectional characters of hostile names are removed here
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()
}

/** Plain text as Markdown that shows exactly this text: every character that could open markup is escaped. */
export function escapeText(text: string): string {
  return escapeLineStart(escapeMarkup(oneLine(text).replaceAll('&', '&amp;')))
}

/**
 * Escapes markup inside a line. `!` and `(` beside brackets too: the lexer drops backslashes before brackets in a label.
 * Entities stay as they are, because they can only ever become literal characters.
 */
export function escapeMarkup(text: string): string {
  return text
    .replace(/!(?=\[)|(?<=\])\(|[\\`*[\]<>|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
}

/** Escapes what would open a block (heading, list, rule, setext underline) at the start of a line. */
export function escapeLineStart(line: string): string {
  return line.replace(/^(\s*)([#+=:-])/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
}

/** Inline code around any text, with as many backticks as it needs. */
export function code(text: string): string {
  const folded = oneLine(text)
  if (folded === '') return ''
  const ticks = '`'.repeat(longestRun(folded) + 1)
  const pad = folded.startsWith('`') || folded.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${folded}${pad}${ticks}`
}

/** Fenced code block; the fence is longer than any run of backticks inside, so that nothing can close it early. */
export function fence(text: string, language = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1))
  const info = /^[A-Za-z0-9+#.-]{1,20}$/.test(language) ? language : ''
  return `${ticks}${info}\n${text.replace(/\r\n?/g, '\n').replace(/\s+$/, '')}\n${ticks}`
}

/** Heading of ready-made inline Markdown. No list can begin there: `1.` needs no escape. */
export function heading(level: number, markdown: string): string {
  return `${'#'.repeat(Math.min(Math.max(level, 1), 6))} ${withoutListEscape(markdown)}`
}

function withoutListEscape(markdown: string): string {
  return markdown.replace(/^(\d+)\\([.)])/, '$1$2')
}

/** Where a column stands that is not set from the left. */
export type Alignment = 'center' | 'left' | 'right' | null

/** Table of ready-made inline Markdown; columns that are empty in every row are left out. Empty without rows. */
export function table(header: string[], rows: string[][], align: Alignment[] = []): string {
  if (rows.length === 0) return ''
  const kept = header.map((_, column) => column).filter((column) => rows.some((row) => (row[column] ?? '') !== ''))
  const line = (cells: string[]) => `| ${kept.map((column) => tableCell(cells[column] ?? '')).join(' | ')} |`
  return [
    line(header),
    `| ${kept.map((column) => RULE[align[column] ?? 'left']).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n')
}

const RULE = { center: ':-:', left: '---', right: '--:' }

/** Blocks of a page joined by blank lines; empty ones vanish. */
export function blocks(...parts: (string | false | null | undefined)[]): string {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '').join('\n\n')
}

export function bullets(items: string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** Link to another page of this documentation, optionally to a heading of it. `label` is ready-made Markdown. */
export function pageLink(label: string, slug: string, anchor?: string): string {
  return `[${withoutListEscape(label)}](${slug}.md${anchor ? `#${anchor}` : ''})`
}

function tableCell(markdown: string): string {
  return markdown
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(\\*)\|/g, (_, slashes: string) => (slashes.length % 2 === 1 ? `${slashes}|` : `${slashes}\\|`))
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length))
}

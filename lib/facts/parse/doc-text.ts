import type { DocComment, SourceRange } from '#lib/domain/facts.ts'

/** More than any person writes about one thing; keeps a hostile comment cheap to read. */
export const MAX_DOC_CHARS = 20_000

/** Roles of reStructuredText: with a title, and with a name, of which `~a.b.c` shows the last part. */
const TITLED_ROLE = /:(?:[a-z]+:)?[a-z]+:`([^`<\n]*[^`<\s])\s*<[^`>\n]*>`/g
const ROLE = /:(?:[a-z]+:)?[a-z]+:`(?:~(?:[\w.]*\.)?|[.!])?([^`\n]+)`/g

/** Markdown on one line without markup: links keep their text, code its words. */
export function plainText(markdown: string): string {
  return markdown
    .replace(TITLED_ROLE, '$1')
    .replace(ROLE, '$1')
    .replace(
      /\{@(?:link|linkcode|linkplain|inheritDoc)\s+([^}|\s]+)(?:[|\s]\s*([^}]*))?\}/g,
      (_, to, text) => text || to,
    )
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/``?([^`]+)``?/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^*_]+)\1/g, '$2')
    .replace(/(?<![\w`])_([A-Za-z][A-Za-z0-9-]*)_(?![\w`])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A blank line, a list, an example of Python or a fence: on one line with the words before they cannot be read. */
const SECOND_PARAGRAPH = /\n[^\S\n]*(?:\n|(?:[-*+•]|1[.)])[^\S\n]+\S|>>> |```)/

/** Blank lines and a blank or two: a deeper indentation says that what follows is code. */
const NO_CODE = /^(?:[^\S\n]*\n)+(?: {1,3}(?=\S))?/

/** Splits text behind its first paragraph into a one-line summary and the Markdown that follows. */
export function summaryAndBody(text: string): { summary: string; body: string } {
  const trimmed = text.slice(0, MAX_DOC_CHARS).replace(/\r/g, '').trim()
  const blank = trimmed.search(SECOND_PARAGRAPH)
  if (blank === -1) return { summary: plainText(trimmed), body: '' }
  return { summary: plainText(trimmed.slice(0, blank)), body: trimmed.slice(blank).replace(NO_CODE, '') }
}

/** A doc comment that has nothing but prose. */
export function proseDoc(text: string, range: SourceRange): DocComment {
  return {
    ...summaryAndBody(text),
    params: {},
    returns: null,
    raises: [],
    examples: [],
    deprecated: null,
    range,
  }
}

/** What an annotation alone says of something that nobody described. */
export function deprecatedDoc(deprecated: string, range: SourceRange): DocComment {
  return { ...proseDoc('', range), deprecated }
}

/** First sentences of a header, at most about 400 characters, plain text; null when nothing is left. */
export function headerText(text: string): string | null {
  const { summary } = summaryAndBody(text)
  if (!/\p{L}{2}/u.test(summary)) return null
  if (summary.length <= 400) return summary
  const cut = summary.slice(0, 400)
  const end = cut.lastIndexOf('. ')
  return end > 80 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))} …`
}

const NOT_A_HEADER =
  /copyright|©|\(c\) \d{4}|spdx-license|licen[sc]ed under|all rights reserved|permission is hereby granted|redistribution and use|^\s*(?:eslint|biome|prettier|tslint|jshint|jslint|globals?\b|@ts-|@flow|istanbul|c8 |v8 |pylint|flake8|ruff|type:|mypy|isort|fmt:|noqa|pyright|coding[:=]|-\*-|vim:|\+build|go:|nolint|@jsx|@vitest|@jest|\/ ?<reference|#region|webpack|\*?indent-o(?:n|ff)\b|clang-format o(?:n|ff)\b|nolint|cppcheck-suppress|astyle)/i

/** A comment that speaks to lawyers or tools, not to readers. */
export function isNotice(text: string): boolean {
  return NOT_A_HEADER.test(text.slice(0, 2_000))
}

const REMARK = /^\s*(?:TODO|FIXME|XXX|HACK)\b/

/** Prose without the paragraphs that people leave for themselves: where every comment may be documentation, these are none. */
export function withoutRemarks(lines: string[]): string[] {
  let isRemark = false
  return lines.filter((line) => {
    if (REMARK.test(line)) isRemark = true
    else if (line.trim() === '' || /^\s*@\w/.test(line)) isRemark = false
    return !isRemark
  })
}

/** A record that is safe for any key, `__proto__` and `constructor` included. */
export function recordOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const record: Record<string, Value> = Object.create(null)
  for (const [key, value] of entries) record[key] = value
  return record
}

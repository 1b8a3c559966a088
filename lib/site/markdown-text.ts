import type { Token, Tokens } from 'marked'
import { SOURCE_SCHEME } from '#lib/domain/citations.ts'
import type { TabsToken } from '#lib/site/containers.ts'
import { decodeEntities } from '#lib/site/html.ts'

/** Tokens directly inside a token, in reading order. */
export function childTokens(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items
  if (token.type === 'table') {
    const table = token as Tokens.Table
    return [table.header, ...table.rows].flatMap((row) => row.flatMap((cell) => [...cell.tokens, CELL_END]))
  }
  if (token.type === 'tabs') return (token as TabsToken).tabs.flatMap(({ tokens }) => tokens)
  return 'tokens' in token && token.tokens ? token.tokens : []
}

/** Plain text of inline tokens: no markup, no raw HTML, character references decoded. Citations keep their label. */
export function inlineText(tokens: Token[]): string {
  return tokens.map((token) => textOf(token, false)).join('')
}

/**
 * Text of block tokens for search, white space folded, without citations, and without paragraphs that are nothing but
 * places: `Declared at . Imported at .` would be left of them.
 */
export function searchText(tokens: Token[]): string {
  return tokens
    .filter((token) => !isPlaces(token))
    .map((token) => textOf(token, true))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function isPlaces(token: Token): boolean {
  const [first, second] = token.type === 'paragraph' ? (token.tokens ?? []) : []
  return (
    second !== undefined && isCitation(second) && /^(?:Sources?:|[A-Z][a-z]+ (?:at|by|in)) $/.test(first?.raw ?? '')
  )
}

function isCitation(token: Token): boolean {
  return token.type === 'link' && (token as Tokens.Link).href.startsWith(SOURCE_SCHEME)
}

const CELL_END: Tokens.Space = { type: 'space', raw: ' ' }
const NO_TEXT = new Set(['html', 'def', 'checkbox', 'footnote_mark'])
const BLOCKS = new Set([
  'paragraph',
  'list',
  'list_item',
  'blockquote',
  'table',
  'heading',
  'code',
  'tabs',
  'fold',
  'note',
  'footnote_text',
])

function textOf(token: Token, forSearch: boolean): string {
  if (NO_TEXT.has(token.type)) return ''
  if (token.type === 'br' || token.type === 'space' || token.type === 'hr') return ' '
  if (forSearch && isCitation(token)) return ''
  if (token.type === 'code' || token.type === 'plain' || token.type === 'codespan' || token.type === 'escape')
    return (token as Tokens.Code).text
  const children = childTokens(token)
  const text = children.length
    ? children.map((child) => textOf(child, forSearch)).join('')
    : decodeEntities((token as Tokens.Text).text ?? '')
  return BLOCKS.has(token.type) ? `${text} ` : text
}

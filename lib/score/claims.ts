import { Lexer, type Token } from 'marked'

/** Something a page says that can be held against the repository. */
export interface Claim {
  kind: 'link' | 'code' | 'heading'
  /** 1-based line of the Markdown. */
  line: number
  /** Link target, inline code or plain text of the heading. */
  text: string
}

/** Links, inline code and headings of a page in reading order. Fenced and indented code makes no claims. */
export function claimsOf(markdown: string): Claim[] {
  const claims: Claim[] = []
  let line = 1
  for (const block of new Lexer().lex(markdown)) {
    collect(block, { claims, raw: block.raw, line, offset: 0 })
    line += newlines(block.raw, 0, block.raw.length)
  }
  return claims
}

interface Block {
  claims: Claim[]
  raw: string
  /** How far into `raw` the last claim was found, for claims come in order, and the line that is. */
  offset: number
  line: number
}

function collect(token: Token, block: Block): void {
  if (token.type === 'code' || token.type === 'html') return
  if (token.type === 'heading')
    block.claims.push({ kind: 'heading', line: lineOf(token.raw, block), text: plain(token) })
  if (token.type === 'link')
    block.claims.push({ kind: 'link', line: lineOf(token.raw, block), text: String(token.href) })
  if (token.type === 'codespan')
    block.claims.push({ kind: 'code', line: lineOf(token.raw, block), text: decode(String(token.text)) })
  for (const child of childrenOf(token)) collect(child, block)
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'table') {
    const rows: { tokens: Token[] }[][] = [token.header, ...token.rows]
    return rows.flatMap((row) => row.flatMap((cell) => cell.tokens))
  }
  if (token.type === 'list') return token.items
  return 'tokens' in token ? (token.tokens ?? []) : []
}

function lineOf(raw: string, block: Block): number {
  const found = block.raw.indexOf(raw, block.offset)
  if (found > block.offset) {
    block.line += newlines(block.raw, block.offset, found)
    block.offset = found
  }
  return block.line
}

/** How many there are from one place up to another: of a long table, counted once and not anew for each claim. */
function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

function plain(token: Token): string {
  const children = childrenOf(token)
  if (children.length > 0) return children.map(plain).join('')
  return 'text' in token ? decode(String(token.text)) : ''
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

function decode(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}

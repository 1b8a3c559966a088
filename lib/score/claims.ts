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
    line += newlines(block.raw)
  }
  return claims
}

interface Block {
  claims: Claim[]
  raw: string
  line: number
  /** How far into `raw` the last claim was found: claims come in order. */
  offset: number
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
  if (found >= 0) block.offset = found
  return block.line + newlines(block.raw.slice(0, block.offset))
}

function newlines(text: string): number {
  return text.split('\n').length - 1
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

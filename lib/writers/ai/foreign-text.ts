import { Lexer, type Token } from 'marked'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'

type Miss = PageVerdict['misses'][number]

/** HTML outside code, and addresses anywhere, that a page has and its material does not: nothing could prove them. */
export function foreignText(markdown: string, material: string): Miss[] {
  const known = new Set(addressesIn(material))
  const addresses = markdown.split('\n').flatMap((line, at) =>
    addressesIn(line)
      .filter((address) => !known.has(address))
      .map((claim) => ({ line: at + 1, claim, found: 'this address is not in the given text' })),
  )
  return [...foreignHtml(markdown, material), ...addresses]
}

function foreignHtml(markdown: string, material: string): Miss[] {
  const misses: Miss[] = []
  let line = 1
  for (const block of new Lexer().lex(markdown)) {
    let offset = 0
    for (const raw of htmlIn(block)) {
      offset = Math.max(offset, block.raw.indexOf(raw, offset))
      const first = line + newlines(block.raw.slice(0, offset))
      for (const [at, text] of raw.split('\n').entries()) {
        const claim = text.trim()
        if (claim === '' || material.includes(claim)) continue
        misses.push({ line: first + at, claim, found: 'HTML that is not in the given text' })
      }
      offset += raw.length
    }
    line += newlines(block.raw)
  }
  return misses
}

function htmlIn(token: Token): string[] {
  if (token.type === 'code' || token.type === 'codespan') return []
  if (token.type === 'html') return [token.raw]
  return childrenOf(token).flatMap(htmlIn)
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'table') {
    const rows: { tokens: Token[] }[][] = [token.header, ...token.rows]
    return rows.flatMap((row) => row.flatMap((cell) => cell.tokens))
  }
  if (token.type === 'list') return token.items
  return 'tokens' in token ? (token.tokens ?? []) : []
}

function addressesIn(text: string): string[] {
  const found = text.match(/(?:https?:\/\/|\bwww\.)[^\s<>"'`|\])}]+/gi) ?? []
  return found.map((address) => address.replace(/[.,;:!?*_]+$/, ''))
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}

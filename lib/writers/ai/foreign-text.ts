import { decodeHTML } from 'entities/decode'
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
  const isSeen = new Set(addresses.map(({ line }) => line))
  const hidden = foreignLinks(markdown, material, known).filter(({ line }) => !isSeen.has(line))
  return [...foreignHtml(markdown, material), ...addresses, ...hidden]
}

function foreignHtml(markdown: string, material: string): Miss[] {
  return placesOf(markdown, ({ type }) => type === 'html').flatMap(({ line, token: { raw } }) =>
    raw.split('\n').flatMap((text, at) => {
      const claim = text.trim()
      if (claim === '' || material.includes(claim)) return []
      return { line: line + at, claim, found: 'HTML that is not in the given text' }
    }),
  )
}

/** Addresses of links that nobody reads as such before a browser has: with character references or blanks, or of mail. */
function foreignLinks(markdown: string, material: string, known: ReadonlySet<string>): Miss[] {
  return placesOf(markdown, ({ type }) => type === 'link' || type === 'image').flatMap(({ line, token }) => {
    const claim: string = 'href' in token ? token.href : ''
    const address = decodeHTML(decodeHTML(claim)).replace(/[\p{Cc}\p{Cf}\s]/gu, '')
    const isMail = /^mailto:/i.test(address) && !material.includes(address.slice('mailto:'.length))
    const isForeign = isMail || (/^https?:/i.test(address) && addressesIn(address).some((one) => !known.has(one)))
    return isForeign ? { line, claim, found: 'this address is not in the given text' } : []
  })
}

/** Tokens outside code, at any depth, with the lines they begin on. */
function placesOf(markdown: string, isWanted: (token: Token) => boolean): { line: number; token: Token }[] {
  const places: { line: number; token: Token }[] = []
  let line = 1
  for (const block of new Lexer().lex(markdown)) {
    let offset = 0
    for (const token of tokensIn(block).filter(isWanted)) {
      offset = Math.max(offset, block.raw.indexOf(token.raw, offset))
      places.push({ line: line + newlines(block.raw.slice(0, offset)), token })
      offset += token.type === 'html' ? token.raw.length : 1
    }
    line += newlines(block.raw)
  }
  return places
}

function tokensIn(token: Token): Token[] {
  if (token.type === 'code' || token.type === 'codespan') return []
  return [token, ...childrenOf(token).flatMap(tokensIn)]
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

import { Lexer, type Token, type Tokens } from 'marked'
import { HeadingIds, otherIds } from './anchor-ids.ts'
import { frontMatter } from './front-matter.ts'
import { LineFinder } from './line-finder.ts'
import { type Block, type DocPage, type Inline, plainText } from './page.ts'
import { toctreeEntry } from './rst-page.ts'

type Parsed = Pick<DocPage, 'type' | 'blocks' | 'navigation' | 'isOrphan'> & { anchors: Set<string> }

interface Reader {
  blocks: Block[]
  anchors: Set<string>
  ids: HeadingIds
  lines: LineFinder
  navigation: Inline[]
  /** The site stands beside it: the ids of its headings are known. */
  isBuilt: boolean
}

/** Reads Markdown, or MDX whose imports and tags are passed over; `isBuilt` when the site made of it lies beside it. */
export function markdownPage(text: string, isBuilt = false): Parsed {
  const { type, title, isOrphan, body } = frontMatter(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))
  const source = withoutImports(body)
  const reader: Reader = {
    blocks: [],
    anchors: new Set(),
    ids: new HeadingIds(),
    lines: new LineFinder(source),
    navigation: [],
    isBuilt,
  }
  let offset = 0
  for (const token of new Lexer().lex(source)) {
    reader.lines.within(offset, token.raw.length)
    readBlock(token, reader)
    offset += token.raw.length
  }
  if (title && !reader.blocks.some((block) => block.kind === 'heading' && block.level === 1))
    reader.blocks.unshift({ kind: 'heading', line: 1, level: 1, inlines: [textInline(title, 1)] })
  return { type, blocks: reader.blocks, anchors: reader.anchors, navigation: reader.navigation, isOrphan }
}

/** MDX begins with imports: they are made blank, so that lines keep their numbers. */
function withoutImports(text: string): string {
  const head = /^(?:\s*(?:import|export)\s[^\n]*\sfrom\s+['"][^'"\n]+['"];?[ \t]*(?=\n|$))+/.exec(text)?.[0] ?? ''
  return head.replace(/[^\n]/g, '') + text.slice(head.length)
}

function readBlock(token: Token, reader: Reader): void {
  if (token.type === 'heading') readHeading(token as Tokens.Heading, reader)
  else if (token.type === 'code') readCode(token as Tokens.Code, reader)
  else if (token.type === 'table') readTable(token as Tokens.Table, reader)
  else if (token.type === 'list') for (const item of (token as Tokens.List).items) readItem(item, reader)
  else if (token.type === 'blockquote') for (const child of token.tokens ?? []) readBlock(child, reader)
  else if (token.type === 'html') readHtml(token.raw, reader.lines.lineOf(token.raw, true), reader)
  else if (token.type === 'paragraph' || token.type === 'text') {
    const line = reader.lines.lineOf(token.raw, false)
    const inlines = inlinesIn(token, reader)
    if (inlines.length > 0) reader.blocks.push({ kind: 'paragraph', line, level: 0, inlines })
  }
}

function readHeading(token: Tokens.Heading, reader: Reader): void {
  const line = reader.lines.lineOf(token.raw, false)
  const inlines = inlinesIn(token, reader)
  const own = /\s*\{#([\w-]+)\}\s*$/.exec(plainText(inlines))?.[1]
  reader.anchors.add(own ?? reader.ids.next(plainText(inlines)))
  if (!own && !reader.isBuilt) for (const id of otherIds(plainText(inlines))) reader.anchors.add(id)
  reader.blocks.push({ kind: 'heading', line, level: token.depth, inlines })
}

/** A fence `{toctree}` of MyST is a table of contents. */
function readCode(token: Tokens.Code, { blocks, lines, navigation }: Reader): void {
  const line = lines.lineOf(token.raw, true) + (/^ {0,3}(?:```|~~~)/.test(token.raw) ? 1 : 0)
  const language = /^[{.]*([\w+#.-]+)/.exec(token.lang ?? '')?.[1] ?? ''
  if (language === 'toctree')
    for (const [index, entry] of token.text.split('\n').entries()) navigation.push(...toctreeEntry(entry, line + index))
  else blocks.push({ kind: 'fence', line, language: language.toLowerCase(), code: token.text })
}

/** Every row is a line of its own, below the header and the line under it. */
function readTable(token: Tokens.Table, reader: Reader): void {
  const first = reader.lines.lineOf(token.raw.split('\n')[0] ?? '', false)
  const header = token.header.map((cell) => plainText(inlinesOfTokens(cell.tokens, reader)))
  for (const [index, row] of token.rows.entries()) {
    const line = first + 2 + index
    const cells = reader.lines.inLine(line, () => row.map((cell) => inlinesOfTokens(cell.tokens, reader)))
    const inlines = cells.flatMap((cell) => [...cell, textInline(' ', line)])
    reader.blocks.push({ kind: 'row', line, header, cells, inlines })
  }
}

/** Lines of its own text form one block; lists and code inside follow as their own. */
function readItem(item: Tokens.ListItem, reader: Reader): void {
  for (const child of item.tokens) {
    if (child.type === 'text' || child.type === 'paragraph') {
      const line = reader.lines.lineOf(child.raw, false)
      reader.blocks.push({ kind: 'item', line, level: 0, inlines: inlinesIn(child, reader) })
    } else readBlock(child, reader)
  }
}

/** Tags in Markdown: their ids can be named, their links are links, their text says nothing that could be checked. */
function readHtml(raw: string, line: number, { blocks, anchors }: Reader): void {
  for (const [, id] of raw.matchAll(/<[a-z][^>]*?\s(?:id|name)\s*=\s*["']([^"']+)["']/gi)) if (id) anchors.add(id)
  const inlines = [...raw.matchAll(/<a\s(?:[^>]*?\s)?href\s*=\s*["']([^"']+)["']/gi)].map(
    ([, href = '']): Inline => ({ kind: 'link', text: '', href, isCode: false, line }),
  )
  if (inlines.length > 0) blocks.push({ kind: 'item', line, level: 0, inlines })
}

function inlinesIn(token: Token, reader: Reader): Inline[] {
  return inlinesOfTokens('tokens' in token && token.tokens ? token.tokens : [], reader)
}

function inlinesOfTokens(tokens: Token[], reader: Reader): Inline[] {
  return tokens.flatMap((token) => inlineOf(token, reader))
}

function inlineOf(token: Token, reader: Reader): Inline[] {
  const { lines } = reader
  if (token.type === 'codespan') {
    return [{ kind: 'code', text: String(token.text), href: null, isCode: true, line: lines.lineOf(token.raw, true) }]
  }
  if (token.type === 'link') {
    const line = lines.lineOf(token.raw, false)
    const inside = inlinesIn(token, reader)
    lines.lineOf(')', true)
    const isCode = inside.length > 0 && inside.every((inline) => inline.isCode)
    return [{ kind: 'link', text: plainText(inside), href: String(token.href), isCode, line }]
  }
  if (token.type === 'image') {
    const line = lines.lineOf(token.raw, true)
    return [{ kind: 'image', text: String(token.text), href: String(token.href), isCode: false, line }]
  }
  if (token.type === 'html') {
    for (const [, id] of token.raw.matchAll(/\s(?:id|name)\s*=\s*["']([^"']+)["']/gi)) if (id) reader.anchors.add(id)
    return []
  }
  if (token.type === 'br') return [textInline(' ', lines.lineOf(token.raw, true))]
  if ('tokens' in token && token.tokens && token.tokens.length > 0) return inlinesIn(token, reader)
  const text = 'text' in token ? decoded(String(token.text)) : ''
  return text === '' ? [] : [textInline(text.replace(/\n/g, ' '), lines.lineOf(token.raw, true))]
}

function textInline(text: string, line: number): Inline {
  return { kind: 'text', text, href: null, isCode: false, line }
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

function decoded(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}

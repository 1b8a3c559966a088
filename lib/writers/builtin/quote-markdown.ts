import type { MarkedToken, Token, Tokens } from 'marked'
import { encodeRepositoryPath } from '#lib/domain/citations.ts'
import { codeLanguage, commentLanguage } from './code-language.ts'
import type { FindAnchor, FindImage, FindPage } from './document-links.ts'
import { withEmoji } from './emoji.ts'
import {
  blocks,
  bullets,
  code,
  escapeLineStart,
  escapeMarkup,
  escapeText,
  fence,
  oneLine,
  pageLink,
  table,
} from './markdown.ts'
import { type NoteName, type OwnToken, type PairToken, quoteTokens } from './quote-lexer.ts'

/** What a quoted text may name as code: a path-like span that is not in the repository is shown as plain words. */
export interface QuoteContext {
  hasPath(path: string): boolean
  /** Whether a link leads to a file of this repository that it no longer has: such a link is shown as its text. */
  isGone?: (href: string) => boolean
  /** Info string of code blocks that name none. */
  language: string
  /** Follows links to other documents; without it such a link is shown as its text. */
  findPage?: FindPage
  /** Follows images that stand alone; without it they go. */
  findImage?: FindImage
  /** Follows links within the document; without it such a link is shown as its text. */
  findAnchor?: FindAnchor
  /** Knows the footnotes of the document; without it their marks are shown as they are written. */
  noteName?: NoteName
}

const LONGEST_TEXT = 24_000
const LONGEST_LINE = 2_000
const DEEPEST_NESTING = 12
const HTML_NAMES =
  /^<\/?(?:a|abbr|article|aside|audio|b|blockquote|br|caption|center|code|colgroup|dd|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|hr|i|iframe|img|ins|kbd|li|link|mark|nav|ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video|wbr)\b[^>]*>$/i
/** A component of MDX or Vue, which has attributes or an end, unlike a type parameter. */
const COMPONENT =
  /^<(?:\/[A-Z][\w.]*|[A-Z][\w.]*(?!\s+extends\b)(?:\s+[\w:@#.-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}))?)+|[A-Z][\w.]*\s*\/)\s*\/?>$/
/** The end of an element, or one with values of attributes: no type parameter is written like that. */
const ELEMENT = /^<(?:\/[a-z][\w-]*\s*|[a-z][\w-]*(?:\s+[\w:@.-]+=(?:"[^"]*"|'[^']*'))+\s*\/?)>$/
const LONE_COMPONENT = /^\s*<[A-Z][\w.]*>(?=\s*$|\s*\n)/
const PATH_LIKE = /^(?=[^\s:]*\/)[\w@.+()[\]-][\w@.+()[\]/-]*(?:\/|\.[A-Za-z]\w{0,9})$/

/**
 * Markdown written by others, re-written from its tokens: headings become bold lines, HTML goes, and so do images but for
 * pictures of the repository that stand alone; only http(s) links stay, every block is closed. What cannot be read is shown as plain text.
 */
export function quoteMarkdown(text: string, context: QuoteContext): string {
  const input = cutAtParagraph(text)
  if (input.split('\n').some((line) => line.length > LONGEST_LINE)) return escapeText(input.slice(0, LONGEST_LINE))
  try {
    return renderBlocks(quoteTokens(input, context.noteName ?? (() => null)), { context, depth: 0 })
  } catch {
    return escapeText(input.slice(0, LONGEST_LINE))
  }
}

interface Quoting {
  context: QuoteContext
  depth: number
}

function renderBlocks(tokens: Token[], quoting: Quoting): string {
  if (quoting.depth > DEEPEST_NESTING) return escapeText(tokens.map((token) => token.raw).join(' '))
  const inner = { ...quoting, depth: quoting.depth + 1 }
  return blocks(...tokens.map((token) => renderBlock(token as MarkedToken | OwnToken, inner)))
}

function renderBlock(token: MarkedToken | OwnToken, quoting: Quoting): string {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
    case 'checkbox':
      return ''
    case 'heading': {
      const text = oneLine(renderInline(token.tokens, quoting)).replace(/\*\*|<br>/g, '')
      return text && `**${text}**`
    }
    case 'code':
      if (token.text.trim() === '') return ''
      return fence(token.text, codeLanguage(token.text, languageOf(token, quoting)))
    case 'formula_block':
      return fence(token.text, 'math')
    case 'blockquote':
      return quoteLines(renderBlocks(token.tokens, quoting))
    case 'list':
      return renderList(token, quoting)
    case 'table':
      return renderTable(token, quoting)
    case 'html': {
      const raw = token.raw.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      const text = escapeText(raw.replace(LONE_COMPONENT, '').replace(/<[^>]*>/g, dropTag))
      return blocks(text === '' && picturesInTags(raw, quoting.context), text)
    }
    case 'paragraph':
      if (MDX_IMPORT.test(token.raw)) return ''
      return picturesAlone(token.tokens, quoting.context) || renderParagraph(token.tokens, quoting)
    case 'text':
      return renderParagraph(token.tokens ?? [token], quoting)
    default:
      return escapeText(token.raw)
  }
}

/** MDX documents load components; a reader of their text has no use for it. */
const MDX_IMPORT = /^(?:import [^\n]+ from ["'][^\n]+["'];?\s*)+$/

function renderParagraph(tokens: Token[], quoting: Quoting): string {
  return renderInline(tokens, quoting)
    .split('\n')
    .map((line) => escapeLineStart(line.trim()))
    .filter((line) => line !== '' && line !== '\\')
    .join('\n')
    .replace(BREAKS_AROUND, '')
    .replace(UNREAD_STRONG, '$1')
}

/** Nothing is broken off before the first word of a paragraph, or behind the last one. */
const BREAKS_AROUND = /^(?:<br>\s*)+|(?:<br>\s*)+$/g

/** Emphasis inside a word keeps the lexer from seeing that all of the paragraph is strong. */
const UNREAD_STRONG = /^\\\*\\\*(?=\S)([\s\S]*\S)\\\*\\\*$/

/** The pictures of a paragraph that has nothing else, links around them left out; empty for any other paragraph. */
function picturesAlone(tokens: Token[], context: QuoteContext): string {
  if (!context.findImage) return ''
  const rest = tokens
    .map((token) => (token.type === 'link' && token.tokens?.length === 1 ? (token.tokens[0] ?? token) : token))
    .filter((token) => token.type !== 'br' && token.raw.trim() !== '')
  if (rest.some(({ type, raw }) => type !== 'image' && !IMAGE_TAG.test(raw))) return ''
  return blocks(
    ...rest.map((token) =>
      token.type === 'image' ? pictureOf(token.href, token.text, context) : picturesInTags(token.raw, context),
    ),
  )
}

const IMAGE_TAG = /^<img\b[^>]*>$/i

function picturesInTags(html: string, context: QuoteContext): string {
  const tags = Array.from(html.slice(0, LONGEST_LINE).matchAll(/<img\b[^>]*>/gi), ([tag]) => tag)
  return blocks(...tags.map((tag) => pictureOf(attributeOf(tag, 'src'), attributeOf(tag, 'alt'), context)))
}

function attributeOf(tag: string, name: 'src' | 'alt' | 'href'): string {
  const [, double, single] = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? []
  return double ?? single ?? ''
}

function pictureOf(href: string, alt: string, { findImage }: QuoteContext): string {
  const path = findImage?.(href) ?? null
  return path === null ? '' : `![${escapeText(alt)}](${encodeRepositoryPath(path)})`
}

function renderInline(tokens: Token[], quoting: Quoting): string {
  if (quoting.depth > DEEPEST_NESTING) return escapeMarkup(tokens.map((token) => token.raw).join(''))
  const inner = { ...quoting, depth: quoting.depth + 1 }
  return tokens.map((token) => renderSpan(token as MarkedToken | OwnToken, inner)).join('')
}

function renderSpan(token: MarkedToken | OwnToken, quoting: Quoting): string {
  switch (token.type) {
    case 'text':
      return token.tokens ? renderInline(token.tokens, quoting) : escapeMarkup(withEmoji(token.text))
    case 'escape':
      return escapeMarkup(token.text)
    case 'codespan':
      return renderCode(token.text, quoting.context)
    case 'strong':
      return wrap('**', renderInline(token.tokens, quoting))
    case 'em':
      return wrap('*', renderInline(token.tokens, quoting))
    case 'del':
      return wrap('~~', renderInline(token.tokens, quoting))
    case 'link':
      return renderLink(token, quoting)
    case 'html':
      return /^<br\b/i.test(token.raw) ? '<br>' : dropTag(token.raw, escapeMarkup)
    case 'br':
      return '<br>'
    case 'pair':
      return renderPair(token, quoting)
    case 'note_mark':
      return `[^${token.name}]`
    case 'formula':
      return code(token.text)
    case 'image':
    case 'checkbox':
      return ''
    default:
      return escapeMarkup(token.raw)
  }
}

/** Elements that the site has, too, stay without their attributes; others become what Markdown has for them. */
function renderPair({ tag, attributes, text, tokens }: PairToken, quoting: Quoting): string {
  if (tag === 'code' && !/[<&]/.test(text)) return renderCode(text, quoting.context)
  if (tag === 'a') {
    const link = { type: 'link', href: attributeOf(`<a${attributes}>`, 'href'), text, tokens } as Tokens.Link
    return renderLink(link, quoting)
  }
  const inner = renderInline(tokens, quoting)
  const mark = MARK_OF[tag]
  if (mark) return wrap(mark, inner)
  return SHOWN_TAGS.has(tag) && inner.trim() !== '' && inner.length <= LONGEST_IN_TAG
    ? `<${tag}>${inner}</${tag}>`
    : inner
}

const MARK_OF: Record<string, string> = { b: '**', strong: '**', i: '*', em: '*', del: '~~', s: '~~', strike: '~~' }
const SHOWN_TAGS = new Set(['kbd', 'sub', 'sup', 'mark', 'ins'])
const LONGEST_IN_TAG = 400

function renderCode(text: string, context: QuoteContext): string {
  return PATH_LIKE.test(text) && !context.hasPath(text) ? escapeMarkup(text) : code(text)
}

function renderLink(token: Tokens.Link, quoting: Quoting): string {
  const label = renderInline(token.tokens, quoting).trim()
  const anchor = token.href.startsWith('#') ? quoting.context.findAnchor?.(token.href) : null
  if (anchor && label !== '') return `[${label}](#${encodeURIComponent(anchor)})`
  const page = quoting.context.findPage?.(token.href)
  if (page) return pageLink(label === '' || token.text === token.href ? escapeText(page.title) : label, page.slug)
  if (!/^https?:\/\/[^\s]+$/i.test(token.href) || label === '') return label
  if (quoting.context.isGone?.(token.href))
    return token.text === token.href ? escapeText(pathAtForge(token.href)) : label
  return `[${label}](${token.href.replace(/[()<>\\"'`|]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`
}

function pathAtForge(href: string): string {
  return href.replace(/^.*?\/(?:blob|tree|branch)\/[^/]+\//, '')
}

/** The one that is written, else that of the comment the code stands in. */
function languageOf({ text, lang }: Tokens.Code, { context }: Quoting): string {
  return lang?.split(/\s/)[0] || commentLanguage(text, context.language)
}

/** A line of a table of contents: a link into the same document, in few with a remark behind it. */
const CONTENTS = /^\s*(?:[-*+]|\d+[.)])\s+\[.*\]\(#[^)]*\)/
const MOST_REMARKS = 0.3

function isContents(lines: string[]): boolean {
  const remarked = lines.filter((line) => !/\]\(#[^)]*\)\s*$/.test(line)).length
  return lines.length > 1 && lines.every((line) => CONTENTS.test(line)) && remarked <= lines.length * MOST_REMARKS
}

function renderList(token: Tokens.List, quoting: Quoting): string {
  const lines = token.raw.split('\n').filter((line) => line.trim() !== '')
  if (isContents(lines)) return ''
  const items = token.items.map((item) => renderItem(item, quoting)).filter((item) => item !== '')
  if (!token.ordered) return bullets(items.map((item) => item.replace(/\n(?=[^\n])/g, '\n  ')))
  const start = Number(token.start) || 1
  return items.map((item, index) => `${start + index}. ${item.replace(/\n(?=[^\n])/g, '\n   ')}`).join('\n')
}

/** The box of a task stands before its text. */
function renderItem(item: Tokens.ListItem, quoting: Quoting): string {
  const text = renderBlocks(item.tokens, quoting)
  return item.task && text !== '' ? `[${item.checked ? 'x' : ' '}] ${text}` : text
}

function renderTable(token: Tokens.Table, quoting: Quoting): string {
  const cells = (row: Tokens.TableCell[]) => row.map((cell) => oneLine(renderInline(cell.tokens, quoting)))
  return table(cells(token.header), token.rows.map(cells), token.align)
}

/** `[!NOTE]` of a callout has been escaped by now; a kind that forges do not know becomes a bold label. */
function quoteLines(markdown: string): string {
  if (markdown === '') return ''
  const labelled = markdown.replace(/^\\\[!(\w+)\\\](\s*)/, (_, name: string, gap: string) =>
    CALLOUT.test(name)
      ? `[!${name.toUpperCase()}]${gap.includes('\n\n') ? '\n\n' : '\n'}`
      : `**${name.charAt(0)}${name.slice(1).toLowerCase()}:** `,
  )
  return labelled
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}

const CALLOUT = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)$/i

function wrap(mark: string, text: string): string {
  const trimmed = text.trim()
  return trimmed === '' ? '' : text.replace(trimmed, () => `${mark}${trimmed}${mark}`)
}

function dropTag(tag: string, otherwise: unknown = null): string {
  if (tag.startsWith('<!--') || [HTML_NAMES, ELEMENT, COMPONENT].some((pattern) => pattern.test(tag))) return ''
  return typeof otherwise === 'function' ? otherwise(tag) : tag
}

function cutAtParagraph(text: string): string {
  const unix = text.replace(/\r\n?/g, '\n')
  if (unix.length <= LONGEST_TEXT) return unix
  const cut = unix.slice(0, LONGEST_TEXT)
  return cut.slice(0, Math.max(cut.lastIndexOf('\n\n'), 0) || LONGEST_TEXT)
}

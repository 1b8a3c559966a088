import { Parser, Renderer, type Token, type Tokens } from 'marked'
import { AnchorIds } from '#lib/domain/anchors.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { breakablePath, breakableType } from '#lib/site/breakable-path.ts'
import { citationChip } from '#lib/site/citation-chip.ts'
import { codeBlock } from '#lib/site/code-block.ts'
import { diagramFigure } from '#lib/site/diagram-figure.ts'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { callout, extendedRenderers } from '#lib/site/extended-blocks.ts'
import { Footnotes } from '#lib/site/footnotes.ts'
import { decodeEntities, escapeHtml, escapeProse, type Html, html, trusted } from '#lib/site/html.ts'
import { type LinkMap, resolveLink } from '#lib/site/links.ts'
import { inlineText } from '#lib/site/markdown-text.ts'
import { imageLink, picture, picturesAlone, shownImage } from '#lib/site/picture.ts'
import { tableView } from '#lib/site/table-view.ts'
import { withTypeLinks } from '#lib/site/type-links.ts'

export interface RenderContext extends LinkMap {
  /** Of the page, as its text has it; empty when it has none. */
  title: string
  shortCommit: string
  draw: DrawDiagram
  isSymbol?: (href: string) => boolean
  ids: Map<Tokens.Heading, string>
  /** Ids of headings whose link stands in the contents of the page; a script puts one beside them, too. */
  listed: Set<string>
  /** Targets of the types the page knows, by name. */
  types: Map<string, string>
  /** Blocks that are signatures, with the id of their entry. */
  entries: Map<Tokens.Code, string>
  /** Collects what was cited. */
  citations: SourceRange[]
  /** Collects files made on the way. */
  files: Map<string, string>
}

/** Turns tokens into markup. Every string of the page passes through the escapes of html.ts; raw HTML is shown as text. */
export function renderTokens(tokens: Token[], context: RenderContext): Html {
  const footnotes = new Footnotes()
  const extensions = { renderers: extendedRenderers(footnotes), childTokens: {} }
  const parser = new Parser({ renderer: new PageRenderer(context), extensions })
  return html`${trusted(parser.parse(tokens))}${footnotes.list(parser)}`
}

/** Raw tags that may stay by themselves, without attributes; those that come in pairs are tokens of their own. */
const BARE_TAG = /^<(br|wbr) ?\/?>$/
const COMMENT = /^<!--[\s\S]*-->\s*$/
/** A path, or a name without one, that takes most of a line of a phone. */
const LONG_NAME = /^(?:(?=.*\/).{24,}|[\w$]{29,})$/
const FLAG = /^-[\w-]{1,23}$/
/** What checking writes behind a claim that does not hold; see links/repair-page.ts. */
const UNVERIFIED = '*(unverified)*'
/** Where some users of a name stand, and the number of the others, which a script makes a button; see users-files.ts. */
const SOME_USERS = /(?:Imported|Used) at /
const MORE_USERS = /(?<= and )[\d,]+ other files?(?=\.)/
const PLACES = /^(?:Sources?:|(?:Declared|Defined|Imported|Used|Registered|Tested|Called) (?:at|by|in) )/
const CALLOUT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*\n?/

class PageRenderer extends Renderer {
  private readonly context: RenderContext
  /** What need not be said of files here, such as `src/router/`; empty where their whole path belongs. */
  private folder = ''
  /** Links do not stand in links. */
  private isInLink = false
  /** Within a paragraph that names users, before the number of the others. */
  private isBeforeMore = false
  /** Columns are narrow. */
  private isInTable = false
  private readonly rowIds = new AnchorIds()

  constructor(context: RenderContext) {
    super()
    this.context = context
  }

  override heading(token: Tokens.Heading): string {
    const id = this.context.ids.get(token) ?? ''
    const level = Math.max(2, token.depth)
    const [only] = token.tokens
    const inner =
      token.tokens.length === 1 && only?.type === 'codespan'
        ? html`<code>${breakablePath(only.text)}</code>`.text
        : this.parser.parseInline(token.tokens)
    return html`<div class="heading"><h${level} id="${id}">${trusted(inner)}</h${level}>${this.context.listed.has(id) ? null : permalink(id)}</div>
`.text
  }

  override code(token: Tokens.Code): string {
    const info = token.lang ?? ''
    if (/^mermaid(?=[\s{]|$)/i.test(info)) return diagramFigure(token.text, this.context).text
    const block = codeBlock(token.text, info).text
    const entry = this.context.entries.get(token)
    return entry === undefined ? block : withTypeLinks(block, (name) => this.typeLink(name, entry))
  }

  /** Attributes of the link from the signature of an entry to a type; null for the entry's own name. */
  private typeLink(name: string, entry: string): string | null {
    const target = resolveLink(this.context.types.get(name) ?? '', this.context)
    if (target.kind !== 'inside' || target.href === `#${encodeURIComponent(entry)}`) return null
    return html`${this.context.isSymbol?.(target.href) ? html`class="symbol" ` : null}href="${target.href}"`.text
  }

  /** A long path or name breaks where people would, so that it leaves room for the columns beside it; a flag does not at all. */
  override codespan({ text }: Tokens.Codespan): string {
    if (FLAG.test(text)) return html`<code class="flag">${text}</code>`.text
    const isWithin = this.folder && text.startsWith(this.folder) && text.length > this.folder.length
    const shown = isWithin ? text.slice(this.folder.length) : text
    const type = this.isInTable ? breakableType(shown) : null
    return html`<code>${type ?? (LONG_NAME.test(shown) ? breakablePath(shown) : shown)}</code>`.text
  }

  override em(token: Tokens.Em): string {
    const inner = this.parser.parseInline(token.tokens)
    if (token.raw !== UNVERIFIED) return `<em>${inner}</em>`
    return `<em class="unverified" title="The repository at this commit does not bear this out">${inner}</em>`
  }

  override html(token: Tokens.HTML | Tokens.Tag): string {
    if (COMMENT.test(token.text)) return ''
    const [, bare] = BARE_TAG.exec(token.text) ?? []
    if (!('block' in token && token.block)) return bare ? `<${bare}>` : escapeHtml(token.text)
    return html`<p class="raw">${token.text.trimEnd()}</p>
`.text
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens)
    if (token.type === 'escape') return escapeHtml(token.text)
    const prose = escapeProse(token.text)
    if (!this.isBeforeMore || !MORE_USERS.test(prose)) return prose
    this.isBeforeMore = false
    return prose.replace(MORE_USERS, '<span class="more-users">$&</span>')
  }

  override link(token: Tokens.Link): string {
    const target = resolveLink(token.href, this.context)
    if (target.kind === 'citation') {
      this.context.citations.push(target.range)
      return citationChip({ ...target, label: inlineText(token.tokens), shortCommit: this.context.shortCommit }).text
    }
    const isLink = target.kind !== 'nowhere'
    const inner = trusted(isLink ? this.insideLink(token.tokens) : this.parser.parseInline(token.tokens))
    const title = token.title ? html` title="${decodeEntities(token.title)}"` : null
    if (target.kind === 'inside') {
      const isSymbol =
        token.tokens.length === 1 && token.tokens[0]?.type === 'codespan' && this.context.isSymbol?.(target.href)
      return html`<a${isSymbol ? html` class="symbol"` : null} href="${target.href}"${title}>${inner}</a>`.text
    }
    if (target.kind === 'outside')
      return html`<a class="outside" rel="noreferrer" href="${target.href}"${title}>${inner}</a>`.text
    return inner.text
  }

  private insideLink(tokens: Token[]): string {
    const before = this.isInLink
    this.isInLink = true
    const inner = this.parser.parseInline(tokens)
    this.isInLink = before
    return inner
  }

  override image(token: Tokens.Image): string {
    const image = shownImage(token.href, this.context)
    if (!image) return imageLink(token, { map: this.context, isInLink: this.isInLink }).text
    return picture(token, { image, isInLink: this.isInLink }).text
  }

  override blockquote(token: Tokens.Blockquote): string {
    const kind = calloutKind(token)
    if (!kind) return `<blockquote>\n${this.parser.parse(token.tokens)}</blockquote>\n`
    return callout({ kind, title: '', body: trusted(this.parser.parse(token.tokens)) }).text
  }

  override list(token: Tokens.List): string {
    const items = token.items.map((item) => this.listitem(item)).join('')
    const start = token.ordered && Number(token.start) !== 1 ? html` start="${Number(token.start) || 0}"` : null
    const tag = token.ordered ? 'ol' : 'ul'
    return html`<${tag}${start}>
${trusted(items)}</${tag}>
`.text
  }

  override checkbox(token: Tokens.Checkbox): string {
    return token.checked
      ? '<span class="task" role="img" aria-label="done">☑</span> '
      : '<span class="task" role="img" aria-label="to do">☐</span> '
  }

  override table(token: Tokens.Table): string {
    const inline = (tokens: Token[], column: string) => {
      this.folder = column === 'File' ? `${this.context.title}/` : ''
      return this.parser.parseInline(tokens)
    }
    this.isInTable = true
    const table = tableView(token, { inline, rowIds: this.rowIds })
    this.isInTable = false
    this.folder = ''
    return table.text
  }

  /** What only says where a thing is, who uses it or what a section rests on stands back. */
  override paragraph(token: Tokens.Paragraph): string {
    const pictures = picturesAlone(token.tokens, this.context)
    if (pictures) return pictures.text
    const text = inlineText(token.tokens)
    const isOfPlaces = PLACES.test(text)
    this.isBeforeMore = isOfPlaces && SOME_USERS.test(text)
    const inner = this.parser.parseInline(token.tokens)
    this.isBeforeMore = false
    return isOfPlaces ? `<p class="places">${inner}</p>\n` : `<p>${inner}</p>\n`
  }
}

/** Named by its heading, whose words a label of its own would repeat. */
function permalink(id: string): Html {
  return html`<a class="permalink" href="#${encodeURIComponent(id)}" aria-labelledby="${id}">#</a>`
}

/** The kind of a callout such as `> [!NOTE]`, whose marker is taken out of the tokens; null for an ordinary quotation. */
function calloutKind(token: Tokens.Blockquote): string | null {
  const paragraph = token.tokens[0]
  const lead = paragraph?.type === 'paragraph' ? paragraph.tokens?.[0] : undefined
  const match = lead?.type === 'text' ? CALLOUT.exec(lead.text as string) : null
  if (!lead || !match?.[1]) return null
  const text = lead as Tokens.Text
  text.text = text.text.slice(match[0].length)
  return match[1]
}

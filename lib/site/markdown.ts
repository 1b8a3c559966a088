import type { Token, Tokens } from 'marked'
import { AnchorIds } from '#lib/domain/anchors.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { type Html, html } from '#lib/site/html.ts'
import type { LinkMap } from '#lib/site/links.ts'
import { childTokens, inlineText, searchText } from '#lib/site/markdown-text.ts'
import { pageLexer } from '#lib/site/page-lexer.ts'
import { renderTokens } from '#lib/site/page-renderer.ts'
import { type Signature, signaturesOf } from '#lib/site/signatures.ts'
import { typeTargets } from '#lib/site/type-links.ts'
import { withinTime } from '#lib/site/within-time.ts'

export interface Heading {
  id: string
  level: number
  text: string
}

/** A stretch of text below one heading; the first one of a page has the page's own title and no id. */
export interface Section {
  id: string
  heading: string
  text: string
}

export interface RenderedMarkdown {
  /** Heading of level 1 at the very top, which the page shell sets; null when the text has none. */
  title: Heading | null
  body: Html
  /** Headings below the title, in order. */
  headings: Heading[]
  sections: Section[]
  citations: SourceRange[]
  /** Files the page needs, such as diagrams, by path. */
  files: Map<string, string>
  /** Why the page is shown as its Markdown instead; null when it is laid out. */
  problem: string | null
  signatures: Signature[]
}

export interface MarkdownContext extends LinkMap {
  /** First hex digits of the commit, for titles of citations. */
  shortCommit: string
  draw: DrawDiagram
  /** A thousand times what pages take, so that only a page that would never end meets it. */
  limitMs?: number
  /** Whether an address inside the site is that of a name whose signature can be shown; absent: none is. */
  isSymbol?: (href: string) => boolean
}

/** A page to be rendered. */
export interface PageSource {
  markdown: string
  context: MarkdownContext
}

const LIMIT_MS = 10_000

/** Renders one page. Markdown that cannot be laid out (absurd nesting, no end in time) is shown as its source instead. */
export function renderMarkdown(markdown: string, context: MarkdownContext): RenderedMarkdown {
  const done = withinTime(() => renderShallow(markdown, context), context.limitMs ?? LIMIT_MS)
  return done?.value ?? asSource(markdown, 'takes too long to be laid out')
}

/**
 * Renders pages one after the other, each as `renderMarkdown` does. A watch costs as much as a tenth of a page: there is
 * one for all of them, and the page at which it ends is begun again with a watch of its own.
 */
export function renderEach(pages: PageSource[], limitMs = LIMIT_MS): RenderedMarkdown[] {
  const done: RenderedMarkdown[] = []
  while (done.length < pages.length) {
    const rest = pages.slice(done.length)
    withinTime(() => {
      for (const { markdown, context } of rest) done.push(renderShallow(markdown, context))
    }, limitMs)
    const stopped = pages[done.length]
    if (stopped) done.push(renderMarkdown(stopped.markdown, { ...stopped.context, limitMs }))
  }
  return done
}

/** Those that stand in the contents of a page; none where one alone would. */
export function listedHeadings(headings: Heading[]): Heading[] {
  const listed = headings.filter(({ level, text }) => level <= 3 && text)
  return listed.length < 2 ? [] : listed
}

function renderShallow(markdown: string, context: MarkdownContext): RenderedMarkdown {
  try {
    return render(pageLexer().lex(markdown), context)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return asSource(markdown, 'is nested too deeply to be laid out')
  }
}

function asSource(markdown: string, problem: string): RenderedMarkdown {
  const body = html`<p class="note">This page ${problem}; here is its Markdown.</p>
<pre class="plain"><code>${markdown}</code></pre>`
  const sections = [{ id: '', heading: '', text: markdown }]
  return { title: null, body, headings: [], sections, citations: [], files: new Map(), signatures: [], problem }
}

function render(tokens: Token[], context: MarkdownContext): RenderedMarkdown {
  const ids = headingIds(tokens)
  const first = tokens.findIndex((token) => token.type !== 'space')
  const lead = tokens[first]
  const titleToken = lead?.type === 'heading' && lead.depth === 1 ? (lead as Tokens.Heading) : null
  const rest = titleToken ? tokens.slice(first + 1) : tokens
  const out = { citations: [] as SourceRange[], files: new Map<string, string>() }
  const signatures = signaturesOf(rest, ids)
  const title = titleToken && headingOf(titleToken, ids)
  const types = typesOf(rest, { ids, signatures })
  const headings = [...ids.keys()].filter((token) => token !== titleToken).map((token) => headingOf(token, ids))
  const listed = new Set(listedHeadings(headings).map(({ id }) => id))
  const body = renderTokens(rest, { ...context, ...out, title: title?.text ?? '', ids, listed, ...types })
  return {
    title,
    body,
    headings,
    sections: sectionsOf(rest, ids),
    signatures,
    ...out,
    problem: null,
  }
}

/** What links the types in signatures to their entries; pages without signatures are not searched for them. */
function typesOf(tokens: Token[], { ids, signatures }: { ids: Map<Tokens.Heading, string>; signatures: Signature[] }) {
  if (signatures.length === 0) return { types: new Map<string, string>(), entries: new Map<Tokens.Code, string>() }
  return { types: typeTargets(tokens, ids), entries: new Map(signatures.map(({ id, token }) => [token, id])) }
}

/** Ids of all headings in reading order, nested ones included. */
function headingIds(tokens: Token[]): Map<Tokens.Heading, string> {
  const anchors = new AnchorIds()
  const ids = new Map<Tokens.Heading, string>()
  const visit = (token: Token) => {
    if (token.type === 'heading') ids.set(token as Tokens.Heading, anchors.next(inlineText(token.tokens ?? [])))
    else for (const child of childTokens(token)) visit(child)
  }
  tokens.forEach(visit)
  return ids
}

function headingOf(token: Tokens.Heading, ids: Map<Tokens.Heading, string>): Heading {
  return { id: ids.get(token) ?? '', level: token.depth, text: inlineText(token.tokens).trim() }
}

function sectionsOf(tokens: Token[], ids: Map<Tokens.Heading, string>): Section[] {
  const sections: { id: string; heading: string; tokens: Token[] }[] = [{ id: '', heading: '', tokens: [] }]
  for (const token of tokens) {
    if (token.type === 'heading') {
      const heading = headingOf(token as Tokens.Heading, ids)
      sections.push({ id: heading.id, heading: heading.text, tokens: [] })
    } else sections.at(-1)?.tokens.push(token)
  }
  return sections.map(({ id, heading, tokens: inside }) => ({ id, heading, text: searchText(inside) }))
}

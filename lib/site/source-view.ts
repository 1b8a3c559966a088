import { rangeFragment } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { breakablePath } from '#lib/site/breakable-path.ts'
import { splitMarkup } from '#lib/site/code-lines.ts'
import { highlight, knownLanguage } from '#lib/site/highlight.ts'
import { cleanText, type Html, html, trusted } from '#lib/site/html.ts'
import { forgeHref } from '#lib/site/links.ts'
import { receiptPath, receiptScript } from '#lib/site/receipts.ts'
import { renderShell } from '#lib/site/shell.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'
import { withinTime } from '#lib/site/within-time.ts'

/** A place in the documentation that cites a file. */
export interface CitedBy {
  page: SitePage
  range: SourceRange
}

const MAX_HIGHLIGHTED_CHARS = 512_000
/** Lines of a stranger can be such that every character of them is looked at again for every other. */
const COLOUR_LIMIT_MS = 5_000
/** Once others have used up the time of the site: a hundred times what nearly all files take. */
const SHORT_LIMIT_MS = 100
/** Files longer than this are shown only around the cited lines. */
const MAX_LINES = 12_000
const CONTEXT_LINES = 60
const MAX_LINE_CHARS = 2000
const CUT = ' …'

interface SourceContext {
  citedBy: CitedBy[]
  model: SiteModel
  time: ColourTime
}

/** What files of one site may still take in vain for their colours: one that needs longer has none, and lessens it. */
export interface ColourTime {
  leftMs: number
}

/** The files of a cited file, by path in the site. */
export interface SourceFiles {
  files: [path: string, content: string][]
  /** Whether its colours would have taken too long. */
  isTooSlow: boolean
}

/**
 * What a site has of a cited file: its page, and the script with the cited lines alone, which other pages show where they
 * cite them. Both are made from the same lines.
 */
export function sourceFiles(source: { path: string; text: string }, context: SourceContext): SourceFiles {
  const { path } = source
  const file = context.model.paths.sources.get(path) ?? ''
  // Lines end at line feeds alone, as Git and forges count them.
  const text = cleanText(source.text.replace(/\r(?!\n)/g, ' ')).replace(/\n$/, '')
  const { lines, isTooSlow } = markedLines({ path, text }, context.time)
  const files: SourceFiles['files'] = [
    [file, sourcePage({ path, lines }, context)],
    [receiptPath(file), receiptScript({ path, lines }, context)],
  ]
  return { files, isTooSlow }
}

/** Paths in the site of the files that `sourceFiles` makes for the page of a cited file. */
export function sourcePaths(file: string): string[] {
  return [file, receiptPath(file)]
}

interface SourceLines {
  path: string
  /** Markup, line by line. */
  lines: string[]
}

/** Every line has an id (`L12`), every cited range a target of its own (`L3-L9`). */
function sourcePage({ path, lines }: SourceLines, { citedBy, model }: SourceContext): string {
  const depth = (model.paths.sources.get(path) ?? '').split('/').length - 1
  const forge = forgeHref(path, model.input.forgeBase)
  const main = html`<article>
<header class="page-head">
<nav class="crumbs" aria-label="Breadcrumbs"><ol><li><a href="${urlFrom(depth, 'index.html')}">${model.input.plan.project_name}</a></li><li>Source</li></ol></nav>
<h1 class="source-path"><bdi>${breakablePath(path)}</bdi></h1>
<p class="source-facts">${lines.length} ${lines.length === 1 ? 'line' : 'lines'} at <code title="${model.input.commit}">${model.shortCommit}</code>${forge ? html` · <a class="outside" rel="noreferrer" href="${forge}" data-forge>Open on the forge</a>` : null}</p>
${citedByList(citedBy, depth)}
</header>
<pre class="source" tabindex="0" role="region" aria-label="Source code"><code>${sourceLines(lines, citedBy)}</code></pre>
</article>`
  return renderShell(
    { depth, title: path, description: `Source of ${path}`, slug: null, kind: 'source-page', main, toc: null },
    model,
  )
}

function citedByList(citedBy: CitedBy[], depth: number): Html | null {
  const pages = [...new Map(citedBy.map(({ page }) => [page.file, page])).values()]
  if (!pages.length) return null
  return html`<p class="cited-by">Cited by ${pages.map(
    ({ file, page }, index) => html`${index ? ', ' : ''}<a href="${urlFrom(depth, file)}.html">${page.title}</a>`,
  )}</p>`
}

function markedLines({ path, text }: { path: string; text: string }, time: ColourTime) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const language = knownLanguage(name.slice(name.lastIndexOf('.') + 1)) ?? knownLanguage(name)
  const shortened = text
    .split('\n')
    .map((line) => (line.length > MAX_LINE_CHARS ? `${line.slice(0, MAX_LINE_CHARS - CUT.length)}${CUT}` : line))
    .join('\n')
  const inColour = () => highlight(shortened, language, MAX_HIGHLIGHTED_CHARS)
  const limitMs = Math.max(SHORT_LIMIT_MS, Math.min(COLOUR_LIMIT_MS, time.leftMs))
  const coloured = withinTime(inColour, limitMs)
  if (!coloured) time.leftMs -= limitMs
  const markup = coloured?.value ?? highlight(shortened, null)
  return { lines: splitMarkup(markup.text), isTooSlow: coloured === null }
}

function sourceLines(lines: string[], citedBy: CitedBy[]): Html {
  const targets = rangeTargets(citedBy)
  const shown = shownLines(lines.length, citedBy)
  let out = ''
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    if (shown && !shown.has(number)) continue
    if (shown && number > 1 && !shown.has(number - 1)) out += '<span class="source-gap">…</span>\n'
    out += `${targets.get(number) ?? ''}<span id="L${number}"><a href="#L${number}">${number}</a>${line}</span>\n`
  }
  return trusted(out)
}

/** Empty anchors for `#L3-L9`, so that a cited range is reached without JavaScript too. */
function rangeTargets(citedBy: CitedBy[]): Map<number, string> {
  const targets = new Map<number, string>()
  const seen = new Set<string>()
  for (const { range } of citedBy) {
    const id = rangeFragment(range).slice(1)
    if (range.start === range.end || seen.has(id)) continue
    seen.add(id)
    targets.set(range.start, `${targets.get(range.start) ?? ''}<b id="${id}"></b>`)
  }
  return targets
}

/** Numbers of the lines to show of a very long file; null for all. */
function shownLines(total: number, citedBy: CitedBy[]): Set<number> | null {
  if (total <= MAX_LINES) return null
  const shown = new Set<number>()
  for (const { range } of citedBy) {
    const last = Math.min(total, range.end + CONTEXT_LINES, range.start + MAX_LINES)
    for (let line = Math.max(1, range.start - CONTEXT_LINES); line <= last; line += 1) shown.add(line)
  }
  return shown
}

import { reasonForReaders } from '#lib/domain/stand-in.ts'
import { breakablePath } from '#lib/site/breakable-path.ts'
import { checkLines } from '#lib/site/check-summary.ts'
import { editHref } from '#lib/site/edit-link.ts'
import { type Html, html } from '#lib/site/html.ts'
import { type Heading, listedHeadings, type RenderedMarkdown } from '#lib/site/markdown.ts'
import { renderShell } from '#lib/site/shell.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'
import { writtenBy } from '#lib/site/written-by.ts'

/** Languages whose lists, tables and quotations begin at the right. */
const RIGHT_TO_LEFT = /^(?:ar|dv|fa|he|ps|sd|ug|ur|yi)\b/i

/** The HTML file of one page: breadcrumbs, text, neighbours, and where the text comes from. */
export function renderPage(entry: SitePage, rendered: RenderedMarkdown, model: SiteModel): string {
  const { page } = entry
  const lang = page.provenance.provider === 'builtin' ? undefined : model.input.plan.style?.language
  const main = html`<article>
<header class="page-head">
<nav class="crumbs" aria-label="Breadcrumbs"><ol><li><a href="index.html">${model.input.plan.project_name}</a></li><li>${entry.group}</li></ol></nav>
<h1${rendered.title ? html` id="${rendered.title.id}"` : null}>${breakablePath(rendered.title?.text || page.title)}</h1>
${lede(page.description, rendered)}
</header>
<div class="prose prose-${page.type}"${RIGHT_TO_LEFT.test(lang ?? '') ? html` dir="rtl"` : null}>
${rendered.body}</div>
</article>
${neighbours(entry, model)}
${provenance(entry, model)}`
  return renderShell(
    {
      depth: 0,
      lang,
      title: page.title,
      description: page.description,
      slug: page.slug,
      kind: 'page',
      main,
      toc: contents(rendered.headings, page.title),
    },
    model,
  )
}

/** The description, unless the text begins with the same words. */
function lede(description: string, rendered: RenderedMarkdown): Html | null {
  const opening = rendered.sections[0]?.text.slice(0, 400) ?? ''
  const start = description.replace(/[.…\s]+$/, '')
  return start && !opening.includes(start) ? html`<p class="lede">${breakablePath(description)}</p>` : null
}

function contents(headings: Heading[], title: string): Html | null {
  const shown = listedHeadings(headings)
  if (shown.length === 0) return null
  let owner = ''
  const item = ({ id, level, text }: Heading) => {
    const name = level > 2 ? memberName(text, owner) : fileName(text, title)
    if (level <= 2) owner = text
    return html`<li class="level-${Math.max(2, level)}"><a href="#${encodeURIComponent(id)}">${breakablePath(name)}</a></li>`
  }
  return html`<nav id="docsfy.toc" class="toc" popover aria-label="On this page">
<p>On this page</p>
<ul>${shown.map(item)}</ul>
</nav>`
}

/** `param` for `HonoRequest.param` below `HonoRequest`: the contents list is narrow, and the owner stands above. */
function memberName(text: string, owner: string): string {
  const rest = owner && text.startsWith(owner) ? text.slice(owner.length) : ''
  return /^(?:\.|::|#)[^.:#]/.test(rest) ? rest.replace(/^(?:\.|::|#)/, '') : text
}

/** A file of the folder that the page is about, without the folder. */
function fileName(text: string, folder: string): string {
  return text.startsWith(`${folder}/`) ? text.slice(folder.length + 1) : text
}

function neighbours(entry: SitePage, model: SiteModel): Html | null {
  const index = model.pages.indexOf(entry)
  const link = (other: SitePage | undefined, rel: string, word: string) =>
    other &&
    html`<a class="${rel}" rel="${rel}" href="${urlFrom(0, other.file)}.html"><span>${word}</span> ${other.title}</a>`
  const [previous, next] = [model.pages[index - 1], model.pages[index + 1]]
  if (!previous && !next) return null
  return html`<nav class="neighbours" aria-label="Previous and next page">${link(previous, 'prev', 'Previous')}${link(next, 'next', 'Next')}</nav>`
}

function provenance(entry: SitePage, model: SiteModel): Html {
  const { page, file, check } = entry
  const { branch } = model.input
  const { commit, standIn } = page.provenance
  const raw = `${urlFrom(0, file)}.md`
  return html`<footer class="page-foot">
<p class="checks">${check ? checkLines([check]).map(({ ok, total, text }) => html`<span class="${ok === total ? 'check-ok' : 'check-miss'}">${text}</span> `) : 'This page was not checked.'}</p>
${misses(check)}${repairs(check)}${standIn === undefined ? null : html`<p class="stand-in">This page stands in for that of a model, which was not taken: ${reasonForReaders(standIn)}</p>`}
<dl class="facts">
<div><dt>Written from</dt><dd><code title="${commit}">${commit.slice(0, 7)}</code> on ${branch}</dd></div>
${commit === model.input.commit ? null : html`<div><dt>Still holds at</dt><dd><code title="${model.input.commit}">${model.shortCommit}</code></dd></div>`}
<div><dt>Committed</dt><dd><time datetime="${model.input.committedAt}">${model.input.committedAt.slice(0, 10)}</time></dd></div>
<div><dt>Written by</dt><dd>${writtenBy(page.provenance)}</dd></div>
${changing(entry, model)}<div><dt>This page</dt><dd><a href="${raw}">Markdown</a><button type="button" class="copy-page" data-copy-page="${raw}">Copy page as Markdown</button></dd></div>
</dl>
</footer>`
}

/** What a reader who finds a fault changes: the file that the page is about. */
function changing({ about }: SitePage, { input }: SiteModel): Html | null {
  const address = about && editHref(about, input)
  if (!address) return null
  return html`<div><dt>Source</dt><dd><code>${breakablePath(about)}</code> <a class="outside" rel="noreferrer" href="${address}">Edit</a></dd></div>
`
}

function repairs(check: SitePage['check']): Html | null {
  if (!check?.repairs?.length) return null
  return html`<details class="misses"><summary>What was mended (${check.repairs.length})</summary>
<ul>${check.repairs.map(({ line, claim, now }) => html`<li><span class="miss-kind">line ${line}</span> <code>${claim}</code> is now <code>${now}</code></li>`)}</ul></details>`
}

function misses(check: SitePage['check']): Html | null {
  if (!check?.misses.length) return null
  return html`<details class="misses"><summary>What the repository does not bear out (${check.misses.length})</summary>
<ul>${check.misses.map(({ kind, line, claim, found }) => html`<li><span class="miss-kind">${kind}, line ${line}</span> <code>${claim}</code> ${found}</li>`)}</ul></details>`
}

import { hash } from 'node:crypto'
import { treeHref } from '#lib/site/edit-link.ts'
import { type Html, html, trusted } from '#lib/site/html.ts'
import { CONTENTS_ICON, MENU_ICON, SEARCH_ICON, THEME_ICON } from '#lib/site/icons.ts'
import { pageTree } from '#lib/site/page-tree.ts'
import { addressTags } from '#lib/site/site-address.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

export interface ShellContent {
  /** Folders between the page and the root of the site. */
  depth: number
  /** Of its text; absent: English. */
  lang?: string
  /** Title of the window, without the name of the project. */
  title: string
  description: string
  /** Slug of the page, so that navigation can mark it; null elsewhere. */
  slug: string | null
  /** `home`, `page`, `source`: a class of the body. */
  kind: string
  main: Html
  /** Contents of the page; null when there are none. */
  toc: Html | null
  /** Runs in the page itself, before anything else is loaded; our own alone. The policy names it by its digest. */
  script?: string | undefined
}

/**
 * A whole HTML document: head with policy and assets, top bar, page tree, the content and its contents. Ids of its own
 * begin with `docsfy.`, because no heading can have an id with a full stop.
 */
export function renderShell(content: ShellContent, model: SiteModel): string {
  const { depth, title, lang = 'en', script } = content
  const asset = (name: string) => `${'../'.repeat(depth)}assets/${name}${model.assetVersion}`
  const project = model.input.plan.project_name
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyWith(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === project ? project : `${title} · ${project}`}</title>
<meta name="description" content="${content.description}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="docsfy">
${script === undefined ? null : html`<script>${trusted(script)}</script>\n`}${addressTags(content, model)}<link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml">
${styles(content).map((name) => html`<link rel="stylesheet" href="${asset(name)}">\n`)}<script src="${asset('theme.js')}"></script>
<script src="${asset('site.js')}" defer></script>
${ownScripts(content).map((name) => html`<script src="${asset(name)}" defer></script>\n`)}</head>
<body class="${content.kind}">
<a class="skip" href="#docsfy.content">Skip to content</a>
${topBar(content, model)}
<div class="frame">
${pageTree(model, content)}
<main id="docsfy.content" tabindex="-1">
${content.main}
</main>
${content.toc}
</div>
</body>
</html>
`.text
}

/** Holds under `http(s):` and `file:` alike; measured in Chromium 156, where 'self' also matches files beside the page. */
function policyWith(script: string | undefined): string {
  const own = script === undefined ? '' : ` 'sha256-${hash('sha256', script, 'base64')}'`
  return `default-src 'none'; script-src 'self'${own}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`
}

/** What `blocks.css` and `figures.css` style, by the class of its outermost element. */
const BLOCK = /class="(?:callout|code-title|fold|footnote-mark|footnotes|line|numbered|tab|tabs|task|unverified)[ "]/
const FIGURE = /class="(?:diagram|picture|shot)"/

/** Style sheets of a page: rules for what few pages have are apart, so that the others do not load them. */
function styles({ kind, main: { text } }: ShellContent): string[] {
  if (kind === 'home') return ['site.css', 'home.css']
  if (kind === 'source-page') return ['site.css', 'source.css']
  return ['site.css', ...(FIGURE.test(text) ? ['figures.css'] : []), ...(BLOCK.test(text) ? ['blocks.css'] : [])]
}

/** Scripts that few pages have a use for, so that the others do not load them. */
function ownScripts({ kind, main }: ShellContent): string[] {
  if (kind === 'source-page') return ['line-range.js']
  return main.text.includes('<div class="tabs">') ? ['tabs.js'] : []
}

/** The commit, as a link to it on the forge: what every other site leads to with a logo. */
function stamp({ input, shortCommit }: SiteModel): Html | string {
  const address = treeHref(input)
  return address
    ? html`<a class="outside" rel="noreferrer" href="${address}" aria-label="Repository at ${shortCommit}">${shortCommit}</a>`
    : shortCommit
}

function topBar({ depth, toc }: ShellContent, model: SiteModel): Html {
  return html`<header class="top">
<button class="bar-button menu-button" type="button" popovertarget="docsfy.tree" aria-label="All pages">${MENU_ICON}</button>
<a class="brand" href="${urlFrom(depth, 'index.html')}"><span>${model.input.plan.project_name}</span></a>
<span class="stamp" title="Made from branch ${model.input.branch} at commit ${model.input.commit}">${stamp(model)}</span>
<span class="gap"></span>
${toc ? html`<button class="bar-button toc-button" type="button" popovertarget="docsfy.toc" aria-label="On this page">${CONTENTS_ICON}<span>On this page</span></button>` : null}
<button class="bar-button search-button" type="button" data-open-search aria-label="Search" aria-keyshortcuts="/ Control+K Meta+K">${SEARCH_ICON}<span>Search</span><kbd>/</kbd></button>
<button class="bar-button theme-button" type="button" data-switch-theme aria-label="Theme: system">${THEME_ICON}</button>
</header>`
}

import { html } from '#lib/site/html.ts'
import { SEARCH_ICON } from '#lib/site/icons.ts'
import { renderShell } from '#lib/site/shell.ts'
import type { SiteModel } from '#lib/site/site-model.ts'

/** `404.html`, which static hosts serve for addresses that lead nowhere. */
export function renderNotFound(model: SiteModel): string {
  const main = html`<article><header class="page-head"><h1>There is no such page</h1>
<p class="lede">It may have been renamed or left out of this version. <a href="index.html">The home page</a> lists every page.</p>
<p><button class="bar-button search-button" type="button" data-open-search>${SEARCH_ICON}Search for it</button></p></header></article>`
  return renderShell(
    { depth: 0, title: 'There is no such page', description: '', slug: null, kind: 'page', main, toc: null },
    model,
  )
}

import { html } from '#lib/site/html.ts'
import { SEARCH_ICON } from '#lib/site/icons.ts'
import { renderShell } from '#lib/site/shell.ts'
import { fromAnywhere } from '#lib/site/site-address.ts'
import { inlineScript } from '#lib/site/site-assets.ts'
import type { SiteModel } from '#lib/site/site-model.ts'

/**
 * `404.html`, which static hosts serve for addresses that lead nowhere, of any depth. Its links are those of the known
 * address of the site; where nobody said it, a script in the page looks for the site in the folders above.
 */
export function renderNotFound(model: SiteModel): string {
  const { address } = model.input
  const main = html`<article><header class="page-head"><h1>There is no such page</h1>
<p class="lede">It may have been renamed or left out of this version. <a href="index.html">The home page</a> lists every page.</p>
<p><button class="bar-button search-button" type="button" data-open-search>${SEARCH_ICON}Search for it</button></p></header></article>`
  const script = address ? undefined : inlineScript()
  const markup = renderShell(
    { depth: 0, title: 'There is no such page', description: '', slug: null, kind: 'page', main, toc: null, script },
    model,
  )
  return fromAnywhere(markup, address)
}

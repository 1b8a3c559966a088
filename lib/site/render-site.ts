import type { SiteFiles, SiteInput } from '#lib/domain/site.ts'
import { diagramDrawer } from '#lib/site/draw-diagram.ts'
import { renderHome } from '#lib/site/home-view.ts'
import { llmsFull, llmsIndex } from '#lib/site/llms.ts'
import { renderMarkdown } from '#lib/site/markdown.ts'
import { renderNotFound } from '#lib/site/not-found-view.ts'
import { renderPage } from '#lib/site/page-view.ts'
import { rawMarkdown } from '#lib/site/raw-markdown.ts'
import { searchIndexScript } from '#lib/site/search-index.ts'
import { siteAssets } from '#lib/site/site-assets.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { type CitedBy, renderSource } from '#lib/site/source-view.ts'

/** Renders a whole site. The same input gives the same bytes: nothing depends on time, place or chance. */
export async function renderSite(input: SiteInput): Promise<SiteFiles> {
  const [assets, draw] = await Promise.all([siteAssets(), diagramDrawer()])
  const model = siteModel(input, assets.version)
  const files: SiteFiles = new Map(assets.files)
  const links = { paths: model.paths, forgeBase: input.forgeBase }
  const rendered = model.pages.map((entry) => ({
    entry,
    ...renderMarkdown(entry.page.markdown, { ...links, shortCommit: model.shortCommit, draw }),
  }))

  const texts = new Map<string, string>()
  const citations = new Map<string, CitedBy[]>()
  for (const { entry, ...page } of rendered) {
    const text = rawMarkdown(entry.page.markdown, links)
    texts.set(entry.page.slug, text)
    files.set(`${entry.file}.html`, renderPage(entry, page, model))
    files.set(`${entry.file}.md`, text)
    for (const [path, content] of page.files) files.set(path, content)
    for (const range of page.citations) collect(citations, range.path, { page: entry, range })
  }
  for (const [path, file] of model.paths.sources) files.set(file, renderSource(path, citations.get(path) ?? [], model))

  files.set('index.html', renderHome(model))
  files.set('404.html', renderNotFound(model))
  files.set('llms.txt', llmsIndex(model))
  files.set('llms-full.txt', llmsFull(model, texts))
  files.set('search/index.js', searchIndexScript(rendered))
  // Keeps GitHub Pages from leaving out files whose name begins with an underscore.
  files.set('.nojekyll', '')
  return files
}

function collect<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

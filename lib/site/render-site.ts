import { SLUG_PATTERN } from '#lib/domain/plan.ts'
import { REDIRECTS_FILE, redirectsJson } from '#lib/domain/redirects.ts'
import type { SiteFiles, SiteInput } from '#lib/domain/site.ts'
import { diagramDrawer } from '#lib/site/draw-diagram.ts'
import { renderHome } from '#lib/site/home-view.ts'
import { llmsFull, llmsIndex } from '#lib/site/llms.ts'
import { renderMarkdown } from '#lib/site/markdown.ts'
import { renderNotFound } from '#lib/site/not-found-view.ts'
import { renderPage } from '#lib/site/page-view.ts'
import { rawMarkdown } from '#lib/site/raw-markdown.ts'
import { renderRedirect } from '#lib/site/redirect-view.ts'
import { searchIndexScript } from '#lib/site/search-index.ts'
import { siteAssets } from '#lib/site/site-assets.ts'
import { type SiteModel, siteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'
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
  for (const [path, file] of model.paths.sources)
    files.set(file, () => renderSource(path, citations.get(path) ?? [], model))

  for (const [path, content] of redirectFiles(model)) if (!files.has(path)) files.set(path, content)
  files.set('index.html', renderHome(model))
  files.set('404.html', renderNotFound(model))
  files.set('llms.txt', llmsIndex(model))
  files.set('llms-full.txt', llmsFull(model, texts))
  files.set('search/index.js', searchIndexScript(rendered))
  // Keeps GitHub Pages from leaving out files whose name begins with an underscore.
  files.set('.nojekyll', '')
  return files
}

/** A page for each redirect, and the record by which a server answers them itself. */
function redirectFiles({ input, pages, paths }: SiteModel): [path: string, content: string][] {
  const bySlug = new Map(pages.map((entry) => [entry.page.slug, entry]))
  const taken = new Set([...paths.pages.values()].map((file) => file.toLowerCase()))
  const led = Object.entries(input.redirects).flatMap(([from, to]) => {
    const target = bySlug.get(to)
    const isPlain = target?.file === to && SLUG_PATTERN.test(from) && !taken.has(from) && !/^(?:index|404)$/.test(from)
    return target && isPlain ? [{ from, target }] : []
  })
  if (led.length === 0) return []
  const record = Object.fromEntries(led.map(({ from, target }) => [from, target.file]))
  return [
    ...led.map(({ from, target }): [string, string] => [
      `${from}.html`,
      renderRedirect(`${urlFrom(0, target.file)}.html`, target.page.title),
    ]),
    [REDIRECTS_FILE, redirectsJson(record)],
  ]
}

function collect<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

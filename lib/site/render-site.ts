import type { SourceRange } from '#lib/domain/facts.ts'
import { SLUG_PATTERN } from '#lib/domain/plan.ts'
import { REDIRECTS_FILE, redirectsJson } from '#lib/domain/redirects.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { KEPT, type SiteFiles, type SiteInput, type SiteUpdate } from '#lib/domain/site.ts'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { factsFile } from '#lib/site/facts-file.ts'
import { renderHome } from '#lib/site/home-view.ts'
import { llmsFull, llmsIndex } from '#lib/site/llms.ts'
import { renderMarkdown, type Section } from '#lib/site/markdown.ts'
import { renderNotFound } from '#lib/site/not-found-view.ts'
import { treeKey, treePart } from '#lib/site/page-tree.ts'
import { renderPage } from '#lib/site/page-view.ts'
import { rawMarkdown } from '#lib/site/raw-markdown.ts'
import { renderRedirect } from '#lib/site/redirect-view.ts'
import { frameKey, pageKey, rendererVersion, sourceKey } from '#lib/site/render-keys.ts'
import { type SearchedPage, searchIndex } from '#lib/site/search-index.ts'
import type { EarlierSearch } from '#lib/site/search-memory.ts'
import { signaturesPath, signaturesScript } from '#lib/site/signatures.ts'
import { addressFiles, fromAnywhere } from '#lib/site/site-address.ts'
import { siteAssets } from '#lib/site/site-assets.ts'
import { addImages } from '#lib/site/site-images.ts'
import { type SiteModel, type SitePage, siteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'
import { type CitedBy, sourceFiles, sourcePaths } from '#lib/site/source-view.ts'

/** Renders a whole site. The same input gives the same bytes: nothing depends on time, place or chance. */
export async function renderSite(input: SiteInput): Promise<SiteFiles> {
  return (await renderUpdate(input, { earlier: null, sourceIds: new Map(), readSources: async () => input.sources }))
    .files
}

/**
 * Renders a site, but takes over each file of the earlier one that would be the same apart from the commit it names: such
 * files are `KEPT`. Texts of cited files are only read where they are needed.
 */
export async function renderUpdate(
  input: SiteInput,
  update: SiteUpdate,
): Promise<{ files: SiteFiles; rendered: Omit<Rendered, 'run_id'>; warnings: string[] }> {
  const [assets, version] = await Promise.all([siteAssets(), rendererVersion()])
  const model = siteModel(input, assets.version)
  const frame = frameKey(model, version)
  const files: SiteFiles = new Map(assets.files)
  const rendered: Omit<Rendered, 'run_id'> = { format: 1, pages: {}, sources: {} }

  const keys = new Map(model.pages.map((entry) => [entry, pageKey(entry, model, frame)]))
  const standing = (entry: SitePage) => {
    const known = update.earlier?.pages[entry.page.slug]
    return known && known.key === keys.get(entry) ? known : null
  }
  const draw = await drawerFor(model.pages.filter((entry) => !standing(entry)))
  const { forgeBase, images } = input
  const publish = rawMarkdown({ paths: model.paths, forgeBase, images })
  const texts = new Map<string, string>()
  const citations = new Map<string, CitedBy[]>()
  const warnings: string[] = []
  const searched: SearchedPage[] = []
  for (const entry of model.pages) {
    await update.pause?.()
    const text = publish(entry.page.markdown)
    const known = standing(entry)
    const { problem, ...made } = known ? keptPage(known, files) : freshPage(entry, { model, draw, text, files })
    if (problem) warnings.push(`The page "${entry.page.title}" ${problem}: it is shown as its Markdown`)
    texts.set(entry.page.slug, text)
    searched.push({ entry, sections: made.sections, isKept: known !== null })
    for (const range of made.citations) collect(citations, range.path, { page: entry, range })
    rendered.pages[entry.page.slug] = { ...made, key: problem ? '' : (keys.get(entry) ?? '') }
  }
  rendered.images = addImages(images ?? new Map(), files)
  await addSources({ model, frame, update, citations, files, rendered })

  for (const [path, content] of redirectFiles(model)) if (!files.has(path)) files.set(path, content)
  files.set('index.html', renderHome(model))
  files.set('404.html', fromAnywhere(renderNotFound(model), input.address))
  files.set('llms.txt', llmsIndex(model))
  files.set('llms-full.txt', llmsFull(model, texts))
  const cited = new Map(Object.entries(rendered.pages).map(([slug, page]) => [slug, page.citations]))
  files.set('facts.json', () => factsFile(model, cited))
  for (const [path, content] of addressFiles(model)) files.set(path, content)
  const search = searchIndex(searched, earlierSearch(update))
  for (const [path, content] of search.files) files.set(path, content)
  rendered.search = search.memory
  // Keeps GitHub Pages from leaving out files whose name begins with an underscore.
  files.set('.nojekyll', '')
  return { files, rendered, warnings }
}

function earlierSearch({ earlier }: SiteUpdate): EarlierSearch | null {
  const memory = earlier?.search
  return memory ? { memory, sectionsOf: (slug) => earlier.pages[slug]?.sections ?? [] } : null
}

interface MadePage {
  sections: Section[]
  citations: SourceRange[]
  /** Paths in the site. */
  files: string[]
  problem: string | null
}

/** What draws takes as long to load as twenty pages to render. */
async function drawerFor(pages: SitePage[]): Promise<DrawDiagram> {
  const hasDiagrams = pages.some(({ page }) => /mermaid/i.test(page.markdown))
  if (!hasDiagrams) return () => ({ problem: 'no drawer was made' })
  const { diagramDrawer } = await import('#lib/site/draw-diagram.ts')
  return diagramDrawer()
}

function keptPage({ sections, citations, files: paths }: Omit<MadePage, 'problem'>, files: SiteFiles): MadePage {
  for (const path of paths) files.set(path, KEPT)
  return { sections, citations, files: paths, problem: null }
}

interface FreshPage {
  model: SiteModel
  draw: DrawDiagram
  /** Its Markdown as published. */
  text: string
  files: SiteFiles
}

function freshPage(entry: SitePage, { model, draw, text, files }: FreshPage): MadePage {
  const { paths, references, shortCommit, input } = model
  const isSymbol = (href: string) => {
    const [, file, id] = /^(?:([^#]+)\.html)?#(.+)$/.exec(href) ?? []
    return id !== undefined && references.has(file === undefined ? entry.file : decodeURIComponent(file))
  }
  const { forgeBase, images } = input
  const page = renderMarkdown(entry.page.markdown, { paths, forgeBase, images, shortCommit, draw, isSymbol })
  const own = new Map([
    [`${entry.file}.html`, renderPage(entry, page, model)],
    [`${entry.file}.md`, text],
    ...page.files,
  ])
  if (references.has(entry.file)) own.set(signaturesPath(entry.file), signaturesScript(entry.file, page.signatures))
  // As bytes: a string put together from many parts keeps them all.
  for (const [path, content] of own) files.set(path, Buffer.from(content))
  return { sections: page.sections, citations: page.citations, files: [...own.keys()], problem: page.problem }
}

interface Sources {
  model: SiteModel
  frame: string
  update: SiteUpdate
  citations: Map<string, CitedBy[]>
  files: SiteFiles
  rendered: Omit<Rendered, 'run_id'>
}

/** The pages of cited files: those that stand are kept, the texts of the others are read. */
async function addSources({ model, frame, update, citations, files, rendered }: Sources): Promise<void> {
  const { earlier, sourceIds, readSources } = update
  const needed: [path: string, file: string][] = []
  const tree = treeKey(treePart(model, null))
  for (const [path, file] of model.paths.sources) {
    const id = sourceIds.get(path)
    const key = id === undefined ? null : sourceKey({ path, id, frame, tree }, citations.get(path) ?? [])
    if (key !== null) rendered.sources[file] = key
    if (key !== null && earlier?.sources[file] === key) for (const own of sourcePaths(file)) files.set(own, KEPT)
    else needed.push([path, file])
  }
  const texts = await readSources(needed.map(([path]) => path))
  for (const [path] of needed) {
    const source = { path, text: texts.get(path) ?? '' }
    for (const [own, make] of sourceFiles(source, { citedBy: citations.get(path) ?? [], model })) files.set(own, make)
  }
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

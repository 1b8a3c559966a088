import type { PutFile, SiteFiles, SiteInput, SiteUpdate } from '#lib/domain/site.ts'
import { factsFile } from '#lib/site/facts-file.ts'
import { renderHome } from '#lib/site/home-view.ts'
import { llmsFull, llmsIndex } from '#lib/site/llms.ts'
import { renderNotFound } from '#lib/site/not-found-view.ts'
import { frameKey, rendererVersion } from '#lib/site/render-keys.ts'
import { type RenderedPages, renderPages, renderSources, type Site } from '#lib/site/render-pages.ts'
import { addressFiles } from '#lib/site/site-address.ts'
import { siteAssets } from '#lib/site/site-assets.ts'
import { addImages } from '#lib/site/site-images.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { SiteCrew } from '#lib/site/threads/site-crew.ts'
import { usersFiles } from '#lib/site/users-files.ts'

/** Renders a whole site. The same input gives the same bytes: nothing depends on time, place or chance. */
export async function renderSite(input: SiteInput): Promise<SiteFiles> {
  return (await renderUpdate(input, { earlier: null, sourceIds: new Map(), readSources: async () => input.sources }))
    .files
}

type RenderedSite = Pick<RenderedPages, 'rendered' | 'warnings'>

/** As `renderInto`, with the files as a whole. */
export async function renderUpdate(input: SiteInput, update: SiteUpdate): Promise<RenderedSite & { files: SiteFiles }> {
  const files: SiteFiles = new Map()
  const made = await renderInto(input, update, async (path, file) => {
    files.set(path, file)
  })
  return { ...made, files }
}

/**
 * Renders a site, but takes over each file of the earlier one that would be the same apart from the commit it names: such
 * files are `KEPT`. Each file is put away as soon as it is made, once; only their order is not always the same. Texts of
 * cited files are only read where they are needed.
 */
export async function renderInto(input: SiteInput, update: SiteUpdate, put: PutFile): Promise<RenderedSite> {
  const assets = siteAssets()
  const model = siteModel(input, assets.version)
  const { signal, threads } = update
  const crew = new SiteCrew({ model, mostThreads: threads?.most, signal })
  try {
    const site = { model, frame: frameKey(model, rendererVersion()), update, crew, put: onceEach(put) }
    for (const [path, content] of assets.files) await site.put(path, content)
    return await renderAll(site)
  } finally {
    await crew.close()
  }
}

/** A picture that several pages have is the same on each. */
function onceEach(put: PutFile): PutFile {
  const paths = new Set<string>()
  return async (path, file) => {
    if (paths.has(path)) return
    paths.add(path)
    await put(path, file)
  }
}

async function renderAll(site: Site): Promise<RenderedSite> {
  const { model, put } = site
  const { input } = model
  const { texts, ...made } = await renderPages(site)
  const { rendered, warnings, citations } = made
  rendered.images = await addImages(input.images ?? new Map(), put)
  warnings.push(...(await renderSources(site, { citations, rendered })))

  for (const [path, content] of usersFiles(model, rendered.pages)) await put(path, content)
  await put('index.html', renderHome(model))
  await put('404.html', renderNotFound(model))
  if (Object.keys(input.redirects).length > 0) {
    // What reads stored redirects, and its schemas, take as long to load as ten pages to render.
    const { redirectFiles } = await import('#lib/site/redirect-files.ts')
    for (const [path, content] of redirectFiles(model)) await put(path, content)
  }
  await put('llms.txt', llmsIndex(model))
  await put('llms-full.txt', llmsFull(model, texts))
  const cited = new Map(Object.entries(rendered.pages).map(([slug, page]) => [slug, page.citations]))
  await put('facts.json', () => factsFile(model, cited))
  for (const [path, content] of addressFiles(model)) await put(path, content)
  const search = made.search.end()
  for (const [path, content] of search.files) await put(path, content)
  rendered.search = search.memory
  // Keeps GitHub Pages from leaving out files whose name begins with an underscore.
  await put('.nojekyll', '')
  return { rendered, warnings }
}

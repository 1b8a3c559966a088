import type { SourceRange } from '#lib/domain/facts.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { KEPT, type PutFile, type SiteUpdate } from '#lib/domain/site.ts'
import type { MadeFiles, MadePage } from '#lib/site/make-files.ts'
import type { Section } from '#lib/site/markdown.ts'
import { treeKey, treePart } from '#lib/site/page-tree.ts'
import { rawMarkdown } from '#lib/site/raw-markdown.ts'
import { pageKey, sourceKey } from '#lib/site/render-keys.ts'
import type { SearchedPage } from '#lib/site/search-index.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'
import { type CitedBy, sourcePaths } from '#lib/site/source-view.ts'
import type { SiteCrew } from '#lib/site/threads/site-crew.ts'

/** Starting a thread costs as much as this takes to render. */
const THREADS_FROM_CHARS = 1_000_000
/** About as many as a cited file has. */
const SOURCE_CHARS = 8000
/** Few enough that no thread waits for the reading, and that the texts fill no memory. */
const READ_AT_ONCE = 8

/** A site that is being rendered. */
export interface Site {
  model: SiteModel
  /** See `frameKey`. */
  frame: string
  update: SiteUpdate
  crew: SiteCrew
  put: PutFile
}

export interface RenderedPages {
  rendered: Omit<Rendered, 'run_id'>
  warnings: string[]
  /** Published Markdown by slug. */
  texts: Map<string, string>
  /** Who cites a file, by its path. */
  citations: Map<string, CitedBy[]>
  searched: SearchedPage[]
}

/** Puts away the files of all pages; what the rest of the site needs of them is in their order. */
export async function renderPages(site: Site): Promise<RenderedPages> {
  const { model, frame, update, crew } = site
  const { paths, input } = model
  const keys = new Map(model.pages.map((entry) => [entry, pageKey(entry, model, frame)]))
  const standing = (entry: SitePage) => {
    const known = update.earlier?.pages[entry.page.slug]
    return known && known.key === keys.get(entry) ? known : null
  }
  const publish = rawMarkdown({ paths, forgeBase: input.forgeBase, images: input.images })
  const out: RenderedPages = {
    rendered: { pages: {}, sources: {} },
    warnings: [],
    texts: new Map(model.pages.map(({ page }) => [page.slug, publish(page.markdown)])),
    citations: new Map(),
    searched: [],
  }
  const fresh = model.pages.filter((entry) => !standing(entry))
  startIfWorth(site, sumOf(fresh.map(({ page }) => page.markdown.length)))
  const pages = await shared(site, model.pages, async (entry) => {
    const known = standing(entry)
    const text = out.texts.get(entry.page.slug) ?? ''
    if (known) return await keepPage(known, site.put)
    return await putPage(entry, { made: crew.page(entry.page), text, put: site.put })
  })
  for (const [index, { problem, ...made }] of pages.entries()) {
    const entry = model.pages[index]
    if (!entry) continue
    if (problem) out.warnings.push(`The page "${entry.page.title}" ${problem}: it is shown as its Markdown`)
    out.searched.push({ entry, sections: made.sections, isKept: standing(entry) !== null })
    for (const range of made.citations) collect(out.citations, range.path, { page: entry, range })
    out.rendered.pages[entry.page.slug] = { ...made, key: problem ? '' : (keys.get(entry) ?? '') }
  }
  return out
}

/** Does all of it, one after the other where it is done in this thread; results are in the order of the items. */
async function shared<Item, Made>(
  { crew, update }: Site,
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const under: Promise<Made>[] = []
  for await (const item of items) {
    await update.pause?.()
    const isElsewhere = crew.hasRoom
    const made = work(item)
    // Its failure is met below, or is that of another one which ends all.
    made.catch(() => {})
    under.push(made)
    if (!isElsewhere) await made
  }
  return await Promise.all(under)
}

function startIfWorth({ crew, update }: Site, chars: number): void {
  if (chars >= (update.threads?.fromChars ?? THREADS_FROM_CHARS)) crew.start()
}

interface KeptPage {
  sections: Section[]
  citations: SourceRange[]
  /** Paths in the site. */
  files: string[]
  problem: string | null
}

async function keepPage({ sections, citations, files }: Omit<KeptPage, 'problem'>, put: PutFile): Promise<KeptPage> {
  for (const path of files) await put(path, KEPT)
  return { sections, citations, files, problem: null }
}

interface PutPage {
  made: Promise<MadePage>
  /** Its Markdown as published. */
  text: string
  put: PutFile
}

async function putPage({ file }: SitePage, { made, text, put }: PutPage): Promise<KeptPage> {
  const page = await made
  const markdown = `${file}.md`
  await put(markdown, text)
  await putAll(page.files, put)
  const [html, ...others] = page.files.map(([path]) => path)
  return { ...page, files: [...(html === undefined ? [] : [html]), markdown, ...others] }
}

interface Cited {
  citations: Map<string, CitedBy[]>
  rendered: Omit<Rendered, 'run_id'>
}

/** The pages of cited files: those that stand are kept, the texts of the others are read. */
export async function renderSources(site: Site, { citations, rendered }: Cited): Promise<void> {
  const { model, frame, update, crew, put } = site
  const { earlier, sourceIds, readSources } = update
  const needed: string[] = []
  const tree = treeKey(treePart(model, null))
  for (const [path, file] of model.paths.sources) {
    const id = sourceIds.get(path)
    const key = id === undefined ? null : sourceKey({ path, id, frame, tree }, citations.get(path) ?? [])
    if (key !== null) rendered.sources[file] = key
    if (key === null || earlier?.sources[file] !== key) needed.push(path)
    else for (const own of sourcePaths(file)) await put(own, KEPT)
  }
  startIfWorth(site, needed.length * SOURCE_CHARS)
  await shared(site, textsOf(needed, readSources), async ([path, text]) => {
    const citedBy = (citations.get(path) ?? []).map(({ page, range }) => ({ slug: page.page.slug, range }))
    const files = await crew.source({ path, text, citedBy })
    await putAll(files, put)
  })
}

async function* textsOf(
  paths: string[],
  readSources: SiteUpdate['readSources'],
): AsyncGenerator<[path: string, text: string]> {
  for (let from = 0; from < paths.length; from += READ_AT_ONCE) {
    const part = paths.slice(from, from + READ_AT_ONCE)
    const texts = await readSources(part)
    for (const path of part) yield [path, texts.get(path) ?? '']
  }
}

async function putAll(files: MadeFiles, put: PutFile): Promise<void> {
  for (const [path, { buffer }] of files) await put(path, Buffer.from(buffer))
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function collect<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

import type { SourceRange } from '#lib/domain/facts.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { KEPT, type PutFile, type SiteUpdate } from '#lib/domain/site.ts'
import type { MadeFiles, MadePage } from '#lib/site/make-files.ts'
import type { Section } from '#lib/site/markdown.ts'
import { treeDigest } from '#lib/site/page-tree.ts'
import { rawMarkdown } from '#lib/site/raw-markdown.ts'
import { pageKey, sourceKey } from '#lib/site/render-keys.ts'
import { SearchIndex } from '#lib/site/search-index.ts'
import type { EarlierSearch } from '#lib/site/search-memory.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'
import { type CitedBy, sourcePaths } from '#lib/site/source-view.ts'
import { shareWork } from '#lib/site/threads/share-work.ts'
import type { SiteCrew } from '#lib/site/threads/site-crew.ts'

/** Starting a thread costs as much as this takes to render. */
const THREADS_FROM_CHARS = 1_000_000
/** About as many as a cited file has. */
const SOURCE_CHARS = 8000
/** Few enough that threads end at about the same time, and that an abort is noticed soon. */
const TOGETHER = { pages: 16, chars: 65_536 }
/** Where there are threads, the first parts are small: threads that are ready by then wait for the end of the one made here. */
const SMALL = { parts: 8, pages: 4 }
/** Pages read for the search before whoever is waiting gets their turn. */
const SEARCHED_AT_ONCE = 8
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
  search: SearchIndex
}

/** Puts away the files of all pages; what the rest of the site needs of them is in their order. */
export async function renderPages(site: Site): Promise<RenderedPages> {
  const { model, update, crew, put } = site
  // A thread takes a while to be ready: where nothing stands, it starts before all that is worked out here.
  if (!update.earlier) startIfWorth(site, charsOf(model.pages))
  const keyOf = pageKeys(site)
  const standing = new Map(
    model.pages.flatMap((entry) => {
      const known = update.earlier?.pages[entry.page.slug]
      return known && known.key === keyOf(entry) ? [[entry, known] as const] : []
    }),
  )
  const { out, publish, take } = inOrder(site, { keyOf, standing })
  for (const [entry, known] of standing) {
    await update.pause?.()
    publish(entry)
    take(entry, await keepPage(known, put))
  }
  const fresh = model.pages.filter((entry) => !standing.has(entry))
  startIfWorth(site, charsOf(fresh))
  const make = async (entries: SitePage[]) => {
    const made = await crew.pages(entries.map(({ page }) => page))
    for (const [index, entry] of entries.entries()) {
      const page = made[index]
      if (page) take(entry, await putPage(entry, { page, text: publish(entry), put }))
    }
  }
  const besides = () => readForSearch(out.search, put)
  await shareWork(inParts(fresh, crew.isAlone ? 0 : SMALL.parts), { crew, pause: update.pause, work: make, besides })
  return out
}

/** The key of each page, worked out when it is first asked for. */
function pageKeys({ model, frame }: Site): (entry: SitePage) => string {
  const keys = new Map<SitePage, string>()
  return (entry) => {
    const key = keys.get(entry) ?? pageKey(entry, model, frame)
    keys.set(entry, key)
    return key
  }
}

/** Reads some of the pages that are taken over; whether there were any. */
async function readForSearch(search: SearchIndex, put: PutFile): Promise<boolean> {
  let count = 0
  while (count < SEARCHED_AT_ONCE && search.readNext()) count += 1
  for (const [path, content] of search.ready()) await put(path, content)
  return count > 0
}

interface KnownPages {
  keyOf: (entry: SitePage) => string
  standing: Map<SitePage, unknown>
}

/** Takes pages over in any order; what comes of them is in the order of the site, as far as it goes without gaps. */
function inOrder({ model, update }: Site, { keyOf, standing }: KnownPages) {
  const { paths, input } = model
  const published = rawMarkdown({ paths, forgeBase: input.forgeBase, images: input.images })
  const out: RenderedPages = {
    rendered: { pages: {}, sources: {} },
    warnings: [],
    texts: new Map(),
    citations: new Map(),
    search: new SearchIndex(earlierSearch(update)),
  }
  const publish = ({ page }: SitePage) => {
    const text = published(page.markdown)
    out.texts.set(page.slug, text)
    return text
  }
  const waiting = new Map<SitePage, KeptPage>()
  let taken = 0
  const add = (entry: SitePage, { problem, ...made }: KeptPage) => {
    if (problem) out.warnings.push(`The page "${entry.page.title}" ${problem}: it is shown as its Markdown`)
    out.search.add({ entry, sections: made.sections, isKept: standing.has(entry) })
    for (const range of made.citations) collect(out.citations, range.path, { page: entry, range })
    out.rendered.pages[entry.page.slug] = { ...made, key: problem ? '' : keyOf(entry) }
  }
  const take = (entry: SitePage, page: KeptPage) => {
    waiting.set(entry, page)
    for (let first = model.pages[taken]; first; first = model.pages[taken]) {
      const made = waiting.get(first)
      if (!made) return
      add(first, made)
      waiting.delete(first)
      taken += 1
    }
  }
  return { out, publish, take }
}

function earlierSearch({ earlier }: SiteUpdate): EarlierSearch | null {
  const memory = earlier?.search
  return memory ? { memory, sectionsOf: (slug) => earlier.pages[slug]?.sections ?? [] } : null
}

/** Pages that are made together; so many parts at the beginning are small. */
function inParts(entries: SitePage[], smallParts: number): SitePage[][] {
  const parts: SitePage[][] = []
  let chars = Number.POSITIVE_INFINITY
  for (const entry of entries) {
    const last = parts.at(-1)
    const most = parts.length <= smallParts ? SMALL.pages : TOGETHER.pages
    chars += entry.page.markdown.length
    if (last && last.length < most && chars <= TOGETHER.chars) last.push(entry)
    else {
      parts.push([entry])
      chars = entry.page.markdown.length
    }
  }
  return parts
}

function startIfWorth({ crew, update }: Site, chars: number): void {
  if (chars >= (update.threads?.fromChars ?? THREADS_FROM_CHARS)) crew.start()
}

interface KeptPage {
  sections: Section[]
  citations: SourceRange[]
  /** Paths in the site. */
  files: string[]
  lines?: Uint8Array
  problem: string | null
}

async function keepPage(
  { sections, citations, files, lines }: Omit<KeptPage, 'problem'>,
  put: PutFile,
): Promise<KeptPage> {
  for (const path of files) await put(path, KEPT)
  return { sections, citations, files, lines, problem: null }
}

interface PutPage {
  page: MadePage
  /** Its Markdown as published. */
  text: string
  put: PutFile
}

async function putPage({ file }: SitePage, { page, text, put }: PutPage): Promise<KeptPage> {
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

/** The pages of cited files: those that stand are kept, the texts of the others are read. Returns what to warn of. */
export async function renderSources(site: Site, { citations, rendered }: Cited): Promise<string[]> {
  const { model, frame, update, crew, put } = site
  const { earlier, sourceIds, readSources } = update
  const needed: string[] = []
  const slow: string[] = []
  const tree = treeDigest(model, null)
  for (const [path, file] of model.paths.sources) {
    const id = sourceIds.get(path)
    const key = id === undefined ? null : sourceKey({ path, id, frame, tree }, citations.get(path) ?? [])
    if (key !== null) rendered.sources[file] = key
    if (key === null || earlier?.sources[file] !== key) needed.push(path)
    else for (const own of sourcePaths(file)) await put(own, KEPT)
  }
  startIfWorth(site, needed.length * SOURCE_CHARS)
  const make = async ([path, text]: [path: string, text: string]) => {
    const citedBy = (citations.get(path) ?? []).map(({ page, range }) => ({ slug: page.page.slug, range }))
    const { files, isTooSlow } = await crew.source({ path, text, citedBy })
    if (isTooSlow) slow.push(path)
    await putAll(files, put)
  }
  await shareWork(textsOf(needed, readSources), { crew, pause: update.pause, work: make })
  // Tried again by the next run, which warns again as long as it is so.
  for (const path of slow) rendered.sources[model.paths.sources.get(path) ?? ''] = ''
  return slow.length > 0 ? [slowWarning(slow.toSorted())] : []
}

function slowWarning(paths: string[]): string {
  const [first, ...others] = paths
  const which = others.length > 0 ? `${paths.length} cited files, such as ${first},` : `The cited file ${first}`
  return `${which} would take too long to be coloured: ${others.length > 0 ? 'they are' : 'it is'} shown without colours`
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

function charsOf(entries: SitePage[]): number {
  return entries.reduce((sum, { page }) => sum + page.markdown.length, 0)
}

function collect<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

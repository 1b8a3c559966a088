import type { SourceRange } from '#lib/domain/facts.ts'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { type MarkdownContext, type RenderedMarkdown, renderEach, type Section } from '#lib/site/markdown.ts'
import { renderPage } from '#lib/site/page-view.ts'
import { signaturesPath, signaturesScript } from '#lib/site/signatures.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'
import { sourceFiles } from '#lib/site/source-view.ts'

/** Files as bytes, by path in the site: a string put together from many parts keeps them all. */
export type MadeFiles = [path: string, content: Uint8Array<ArrayBuffer>][]

export interface MadePage {
  sections: Section[]
  citations: SourceRange[]
  files: MadeFiles
  /** Why it is shown as its Markdown; null when it is laid out. */
  problem: string | null
}

/** Of a cited file. */
export interface MadeSource {
  files: MadeFiles
  /** Whether its colours would have taken too long. */
  isTooSlow: boolean
}

/** A page of the site and its text. */
export interface PageText {
  slug: string
  markdown: string
}

/** A cited file and the places that cite it, by slug of the page. */
export interface CitedFile {
  path: string
  text: string
  citedBy: { slug: string; range: SourceRange }[]
}

/** Makes the files of pages and of cited files: the work of which a site has most, and that threads can share. */
export interface SiteMaker {
  /** Of some pages, in their order. */
  pages(pages: PageText[]): Promise<MadePage[]>
  source(file: CitedFile): Promise<MadeSource>
}

/** For the colours of all files that get none in the end: twenty files of a hostile repository may not take minutes. */
const COLOURS_LIMIT_MS = 15_000

/** Makes what it is asked for at once, in this thread. Throws for a page the site does not have. */
export function siteMaker(model: SiteModel): SiteMaker {
  const bySlug = new Map(model.pages.map((entry) => [entry.page.slug, entry]))
  const pageOf = (slug: string) => {
    const entry = bySlug.get(slug)
    if (!entry) throw new Error(`The site has no page ${JSON.stringify(slug)}`)
    return entry
  }
  let drawer: Promise<DrawDiagram> | null = null
  const time = { leftMs: COLOURS_LIMIT_MS }
  return {
    async pages(texts) {
      if (texts.some(({ markdown }) => DIAGRAM.test(markdown))) drawer ??= loadDrawer()
      const draw = drawer ? await drawer : noDrawer
      const pages = texts.map(({ slug, markdown }) => {
        const entry = pageOf(slug)
        return { entry, markdown, context: contextOf(entry, model, draw) }
      })
      const rendered = renderEach(pages)
      return pages.flatMap(({ entry }, index) => {
        const page = rendered[index]
        return page ? [madePage(entry, page, model)] : []
      })
    },
    async source({ path, text, citedBy }) {
      const places = citedBy.map(({ slug, range }) => ({ page: pageOf(slug), range }))
      const { files, isTooSlow } = sourceFiles({ path, text }, { citedBy: places, model, time })
      return { files: files.map(([own, content]) => [own, bytesOf(content)]), isTooSlow }
    },
  }
}

/** What may open a diagram: see page-renderer.ts. */
const DIAGRAM = /(?:```|~~~)[^\S\n]*mermaid/i

/** What draws takes as long to load as twenty pages to render. */
async function loadDrawer(): Promise<DrawDiagram> {
  const { diagramDrawer } = await import('#lib/site/draw-diagram.ts')
  return await diagramDrawer()
}

function noDrawer(): ReturnType<DrawDiagram> {
  return { problem: 'no drawer was made' }
}

function contextOf(entry: SitePage, model: SiteModel, draw: DrawDiagram): MarkdownContext {
  const { paths, references, shortCommit, input } = model
  const isSymbol = (href: string) => {
    const [, file, id] = /^(?:([^#]+)\.html)?#(.+)$/.exec(href) ?? []
    return id !== undefined && references.has(file === undefined ? entry.file : decodeURIComponent(file))
  }
  const { forgeBase, images } = input
  return { paths, forgeBase, images, shortCommit, draw, isSymbol }
}

function madePage(entry: SitePage, page: RenderedMarkdown, model: SiteModel): MadePage {
  const files = [[`${entry.file}.html`, renderPage(entry, page, model)], ...page.files]
  if (model.references.has(entry.file))
    files.push([signaturesPath(entry.file), signaturesScript(entry.file, page.signatures)])
  const { sections, citations, problem } = page
  return { sections, citations, problem, files: files.map(([path = '', content = '']) => [path, bytesOf(content)]) }
}

/** In memory of their own, so that they can be handed to another thread. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

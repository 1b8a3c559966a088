import type { SourceRange } from '#lib/domain/facts.ts'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { renderMarkdown, type Section } from '#lib/site/markdown.ts'
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
  page(page: PageText): Promise<MadePage>
  source(file: CitedFile): Promise<MadeFiles>
}

/** Makes what it is asked for at once, in this thread. Throws for a page the site does not have. */
export function siteMaker(model: SiteModel): SiteMaker {
  const bySlug = new Map(model.pages.map((entry) => [entry.page.slug, entry]))
  const pageOf = (slug: string) => {
    const entry = bySlug.get(slug)
    if (!entry) throw new Error(`The site has no page ${JSON.stringify(slug)}`)
    return entry
  }
  let drawer: Promise<DrawDiagram> | null = null
  return {
    async page({ slug, markdown }) {
      const entry = pageOf(slug)
      if (!/mermaid/i.test(markdown)) return makePage(entry, markdown, { model, draw: noDrawer })
      drawer ??= loadDrawer()
      return makePage(entry, markdown, { model, draw: await drawer })
    },
    async source({ path, text, citedBy }) {
      const places = citedBy.map(({ slug, range }) => ({ page: pageOf(slug), range }))
      return sourceFiles({ path, text }, { citedBy: places, model }).map(([own, content]) => [own, bytesOf(content)])
    },
  }
}

interface MadeWith {
  model: SiteModel
  draw: DrawDiagram
}

/** What draws takes as long to load as twenty pages to render. */
async function loadDrawer(): Promise<DrawDiagram> {
  const { diagramDrawer } = await import('#lib/site/draw-diagram.ts')
  return await diagramDrawer()
}

function noDrawer(): ReturnType<DrawDiagram> {
  return { problem: 'no drawer was made' }
}

function makePage(entry: SitePage, markdown: string, { model, draw }: MadeWith): MadePage {
  const { paths, references, shortCommit, input } = model
  const isSymbol = (href: string) => {
    const [, file, id] = /^(?:([^#]+)\.html)?#(.+)$/.exec(href) ?? []
    return id !== undefined && references.has(file === undefined ? entry.file : decodeURIComponent(file))
  }
  const { forgeBase, images } = input
  const page = renderMarkdown(markdown, { paths, forgeBase, images, shortCommit, draw, isSymbol })
  const files = [[`${entry.file}.html`, renderPage(entry, page, model)], ...page.files]
  if (references.has(entry.file))
    files.push([signaturesPath(entry.file), signaturesScript(entry.file, page.signatures)])
  const { sections, citations, problem } = page
  return { sections, citations, problem, files: files.map(([path = '', content = '']) => [path, bytesOf(content)]) }
}

/** In memory of their own, so that they can be handed to another thread. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesCitedBy } from '#lib/domain/citations.ts'
import { decoded } from '#lib/domain/decoded.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { shownImages } from '#lib/domain/shown-images.ts'
import { treeDigest } from '#lib/site/page-tree.ts'
import type { SiteModel, SitePage } from '#lib/site/site-model.ts'

/** What scripts are made of is in sites only as `minified/` has it. */
const SCRIPT_MODULE = /^assets[/\\][^/\\]+\.js$/

let version: string | null = null

/**
 * Changes with the code that renders sites and with its libraries, so that no file of another version is kept. Worked out
 * once per process, which renders by the code that it has loaded.
 */
export function rendererVersion(): string {
  version ??= workedOut()
  return version
}

/** Many small files are read at once in a quarter of the time that threads take to share them. */
function workedOut(): string {
  const folder = import.meta.dirname
  const own = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => /(?<!\.test)\.(?:[jt]s|css|svg)$/.test(name) && !SCRIPT_MODULE.test(name))
    .sort()
  const files = [...own.map((name) => join(folder, name)), join(folder, '..', '..', 'package.json')]
  return hash('sha256', files.map(textOrNone).join('\n')).slice(0, 16)
}

function textOrNone(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** What every page of a site shows of the whole, but for its tree: the same key means the same frame. */
export function frameKey(model: SiteModel, version: string): string {
  const { plan, branch, forgeBase, commit, address } = model.input
  const forge = forgeBase?.replaceAll(commit, '') ?? null
  const language = plan.style?.language ?? null
  return keyOf([version, model.assetVersion, plan.project_name, language, branch, forge, address ?? null])
}

/** Everything a page shows but for the commit of the site. */
export function pageKey(entry: SitePage, model: SiteModel, frame: string): string {
  const { page, file, group, check, about } = entry
  const index = model.pages.indexOf(entry)
  const beside = [model.pages[index - 1], model.pages[index + 1]].map(
    (other) => other && [other.file, other.page.title],
  )
  const sources = [...filesCitedBy(page)].map((path) => model.paths.sources.get(path) ?? null)
  const linked = linkedSlugs(page.markdown).map((slug) => {
    const target = model.paths.pages.get(slug)
    return target === undefined ? null : [target, model.references.has(target)]
  })
  const images = Array.from(shownImages(page.markdown), (path) => {
    const image = model.input.images?.get(path)
    return image ? [image.file, image.width, image.height] : image === null
  })
  const tree = treeDigest(model, page.slug)
  const own = { ...page, markdown: hash('sha256', page.markdown) }
  return keyOf([frame, own, file, group, check, about, beside, sources, linked, images, tree])
}

/** What a page links to inside the site, as far as its text tells: some of it may be no link, or lead to no page. */
function linkedSlugs(markdown: string): string[] {
  const targets = markdown.matchAll(/\](?:\(|:)\s*<?(?:\.\/)?([^()#?\s<>:\\]+)/g)
  return [...new Set(Array.from(targets, ([, target = '']) => decoded(target).replace(/\.(?:md|html)$/, '')))]
}

/** Everything the page of a cited file shows but for the commit of the site. `id` is the Git id of its content. */
export function sourceKey(
  { path, id, frame, tree }: { path: string; id: string; frame: string; tree: string },
  citedBy: { page: SitePage; range: SourceRange }[],
): string {
  return keyOf([
    frame,
    tree,
    path,
    id,
    citedBy.map(({ page, range }) => [page.file, page.page.title, range.start, range.end]),
  ])
}

function keyOf(parts: unknown): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32)
}

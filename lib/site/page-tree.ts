import { hash } from 'node:crypto'
import { breakablePath } from '#lib/site/breakable-path.ts'
import { type Html, html } from '#lib/site/html.ts'
import type { SiteGroup, SiteModel, SitePage } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** Up to so many pages, each page shows the whole tree. */
const WHOLE_TREE_PAGES = 80
/** In larger sites: how many pages of its own group and how many other groups a page shows before and behind itself. */
const PAGES_AROUND = 20
const GROUPS_AROUND = 5

/** What the tree of one page shows of the site. */
interface TreePart {
  groups: { name: string; first: SitePage | undefined; pages: SitePage[]; isCut: boolean; number: number }[]
  /** Whether the site has more groups or pages than that. */
  isPart: boolean
}

/**
 * The part of the page tree that stands beside a page, so that a page does not grow with its site: of a large one, the
 * pages around it in its own group, and the groups around that one as links. `slug` is null beside what is no page.
 */
function treePart(model: SiteModel, slug: string | null): TreePart {
  const isPart = model.pages.length > WHOLE_TREE_PAGES
  if (!isPart) return { isPart, groups: model.groups.map((group) => withFirst(group, group.pages)) }
  const own = slug === null ? undefined : model.places.get(slug)
  const groups = around(model.groups, own?.group ?? 0, GROUPS_AROUND).map((group) =>
    withFirst(group, own && group === model.groups[own.group] ? around(group.pages, own.at, PAGES_AROUND) : []),
  )
  return { isPart, groups }
}

function withFirst({ name, number, pages }: SiteGroup, shown: SitePage[]): TreePart['groups'][number] {
  return { name, number, first: pages[0], pages: shown, isCut: shown.length > 0 && shown.length < pages.length }
}

const digests = new WeakMap<SiteModel, Map<string, string>>()

/** Changes with the tree beside a page, apart from which page is marked. Dozens of pages have the same: worked out once for them. */
export function treeDigest(model: SiteModel, slug: string | null): string {
  const known = digests.get(model) ?? new Map<string, string>()
  const part = treePart(model, slug)
  const place = part.groups.map(({ number, pages }) => `${number}:${pages[0]?.file ?? ''}:${pages.length}`).join(' ')
  const digest = known.get(place) ?? hash('sha256', JSON.stringify(treeKey(part)))
  digests.set(model, known.set(place, digest))
  return digest
}

/** What the markup of a part of the tree hangs on. */
function treeKey({ groups, isPart }: TreePart): unknown {
  const pages = groups.map((group) => [
    group.name,
    group.number,
    group.first?.file,
    group.pages.map(({ file, page }) => [file, page.title]),
    group.isCut,
  ])
  return [isPart, pages]
}

/** The page tree beside a page that lies `depth` folders below the root. */
export function pageTree(model: SiteModel, { depth, slug }: { depth: number; slug: string | null }): Html {
  const { groups, isPart } = treePart(model, slug)
  const home = urlFrom(depth, 'index.html')
  return html`<nav id="docsfy.tree" class="tree" popover aria-label="Pages">
${isPart ? html`<p class="tree-all"><a href="${home}">All pages</a></p>\n` : null}${groups.map((group) =>
  group.pages.length
    ? html`<details open><summary>${group.name}</summary>
<ul>${placed(group.pages).map((place) => (place.entry.page.slug === slug ? link(place, depth, true) : otherLink(place, depth)))}${group.isCut ? html`<li><a href="${home}#group-${group.number}">All of this part</a></li>` : null}</ul></details>
`
    : html`<p class="tree-group"><a href="${urlFrom(depth, group.first?.file ?? 'index')}.html">${group.name}</a></p>
`,
)}</nav>`
}

interface TreePlace {
  entry: SitePage
  /** What the name leaves out: the folder of a page above; empty where it has its whole title. */
  folder: string
}

/** Pages in a tree: files of a folder that has a page above them are named without the folder. */
function placed(pages: SitePage[]): TreePlace[] {
  let folder = ''
  return pages.map((entry) => {
    const { title } = entry.page
    const isBelow = folder !== '' && title.startsWith(folder) && title.length > folder.length
    if (!isBelow) folder = title.includes('/') ? `${title}/` : ''
    return { entry, folder: isBelow ? folder : '' }
  })
}

function link({ entry, folder }: TreePlace, depth: number, isCurrent: boolean): Html {
  const name = folder ? breakablePath(entry.page.title.slice(folder.length)) : entry.title
  return html`<li${folder ? html` class="below"` : null}><a href="${urlFrom(depth, entry.file)}.html"${isCurrent ? html` aria-current="page"` : null}>${name}</a></li>`
}

const otherLinks = new WeakMap<SitePage, Map<string, Html>>()

/** A link to another page, of which dozens of pages show the same: made once. */
function otherLink(place: TreePlace, depth: number): Html {
  const known = otherLinks.get(place.entry) ?? new Map<string, Html>()
  const key = `${depth} ${place.folder}`
  const made = known.get(key) ?? link(place, depth, false)
  otherLinks.set(place.entry, known.set(key, made))
  return made
}

/** Up to `reach` items before and behind the one at `index`, and more on one side where the other has fewer. */
function around<Item>(items: Item[], index: number, reach: number): Item[] {
  const start = Math.max(0, Math.min(index - reach, items.length - 2 * reach - 1))
  return items.slice(start, start + 2 * reach + 1)
}

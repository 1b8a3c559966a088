import type { Context } from '#lib/score/context.ts'
import { countFinding, type Finding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { LinkResolver, linksOf } from '#lib/score/page-links.ts'
import type { DocPage } from '#lib/score/pages/page.ts'
import { addressesIn, isNavigationFile } from '#lib/score/pages/site-navigation.ts'

const START = /^(?:index|readme|_index|home|summary|_sidebar|introduction|overview)$/i

/** Pages that no chain of links from the start page reaches. Without a start page there is nothing to tell. */
export async function measureOrphans({ target, ground }: Context): Promise<Finding> {
  const { pages } = target
  const start = startPages(pages)
  if (start.length === 0) return { value: null, checked: 0, misses: [], note: 'there is no index or README page' }
  const resolver = new LinkResolver(target)
  // A built site bears its own menus.
  const beside = pages.some(({ isNavigation }) => isNavigation) ? [] : await menusOf(ground)
  const menus = new Set([...target.navigation, ...beside].map((address) => address.replace(/^\/|(?:\.html)?\/?$/g, '')))
  const inMenu = pages.filter((page) => page.isOrphan || isInMenu(page, menus))
  const reached = new Set<DocPage>([...start, ...inMenu])
  const waiting = [...reached]
  for (let page = waiting.pop(); page; page = waiting.pop()) {
    for (const { href } of linksOf(page)) {
      const destination = resolver.resolve(href ?? '', page)
      if (destination.kind !== 'page' || reached.has(destination.page)) continue
      reached.add(destination.page)
      waiting.push(destination.page)
    }
  }
  const orphans = pages.filter((page) => !reached.has(page))
  return countFinding(
    pages.length,
    orphans.map(({ file }) => ({
      page: file,
      line: 0,
      claim: 'is a page',
      found: `no link leads here from ${start[0]?.file}`,
    })),
  )
}

/** Whether the configuration of the site names a page, by its file or its address. */
function isInMenu({ key, file }: DocPage, menus: ReadonlySet<string>): boolean {
  const folder = key.replace(/(?:^|\/)(?:index|readme)$/i, '')
  return [key, file, folder].some((name) => name !== '' && menus.has(name))
}

/** Addresses in the menus that the repository keeps elsewhere, as the site beside its documents. */
async function menusOf(ground: Ground): Promise<string[]> {
  const files = ground.facts.files.filter(({ path }) => isNavigationFile(path))
  const texts = await Promise.all(files.map(({ path }) => ground.linesOf(path)))
  return texts.flatMap((lines) => addressesIn(lines?.join('\n') ?? ''))
}

/** The home page at the top; the first of the usual names that exists. */
function startPages(pages: DocPage[]): DocPage[] {
  const top = pages.filter(({ key }) => !key.includes('/') && START.test(key))
  const index = top.filter(({ key }) => /^_?index$/i.test(key))
  return index.length > 0 ? [...index, ...top.filter(({ key }) => /^(?:summary|_sidebar)$/i.test(key))] : top
}

import type { Context } from '#lib/score/context.ts'
import { countFinding, type Finding } from '#lib/score/finding.ts'
import { LinkResolver, linksOf } from '#lib/score/page-links.ts'
import type { DocPage } from '#lib/score/pages/page.ts'

const START = /^(?:index|readme|_index|home|summary|_sidebar|introduction|overview)$/i

/** Pages that no chain of links from the start page reaches. Without a start page there is nothing to tell. */
export function measureOrphans({ target }: Context): Finding {
  const { pages } = target
  const start = startPages(pages)
  if (start.length === 0) return { value: null, checked: 0, misses: [], note: 'there is no index or README page' }
  const resolver = new LinkResolver(target)
  const inMenu = pages.filter((page) => page.isOrphan || isInMenu(page, target))
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
function isInMenu({ key, file }: DocPage, { navigation }: Context['target']): boolean {
  const folder = key.replace(/(?:^|\/)(?:index|readme)$/i, '')
  const names = new Set([key, file, folder].filter((name) => name !== ''))
  return navigation.some((address) => names.has(address.replace(/^\/|(?:\.html)?\/?$/g, '')))
}

/** The home page at the top; the first of the usual names that exists. */
function startPages(pages: DocPage[]): DocPage[] {
  const top = pages.filter(({ key }) => !key.includes('/') && START.test(key))
  const index = top.filter(({ key }) => /^_?index$/i.test(key))
  return index.length > 0 ? [...index, ...top.filter(({ key }) => /^(?:summary|_sidebar)$/i.test(key))] : top
}

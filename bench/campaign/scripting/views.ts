import type { Page } from '@playwright/test'
import { contentOf, type SiteFile, type SiteFiles } from '#lib/domain/site.ts'
import { singleFile } from '#lib/site/single-file.ts'
import type { Visit } from './visitor.ts'

/** The whole site as people take it away. */
export const DOWNLOAD = 'single.html'
const VARIANTS = 'variants.json'

/** Everything a reader of a site looks at; a diagram has what is no diagram on few sites. */
export const VIEWS = [
  'redirect, and where it leads: citation',
  'card of cited lines',
  'card of a signature',
  'menu of versions',
  'home, with the words of the address in the search',
  'search results',
  'page',
  'source view',
  'not found',
  'the site as one file',
] as const
export const DIAGRAM = 'a diagram by itself'

/** The files of a site, with those that our server makes when they are asked for. */
export async function servedFiles(files: SiteFiles, text: string): Promise<Map<string, SiteFile>> {
  const one = await singleFile(async (path) => {
    const file = files.get(path)
    return file === undefined ? null : Buffer.from(contentOf(file))
  })
  const variant = {
    branch: text,
    provider: text,
    model: text,
    commit: text,
    generated: text,
    href: '#',
    is_current: false,
  }
  return new Map([...files, [DOWNLOAD, one], [VARIANTS, JSON.stringify({ variants: [variant, variant] })]])
}

/** What is looked for in a site: `query` from the address of a page, then a word that all its pages hold. */
export interface Wanted {
  query: string
  word: string
}

/** Visits that see all of a site of `siteOf`. */
export function visitsOf(files: ReadonlyMap<string, SiteFile>, { query, word }: Wanted): Visit[] {
  const visited = new Set(['index.html', 'old.html', 'cites.html'])
  const rest = [...files.keys()].filter((path) => path.endsWith('.html') && !visited.has(path))
  const diagrams = [...files.keys()].filter((path) => /^assets\/diagram-.*\.svg$/.test(path))
  return [
    {
      path: 'old.html',
      view: VIEWS[0],
      leadsTo: '**/cites.html',
      acts: [
        { view: VIEWS[1], do: (page) => openCard(page, 'a.cite') },
        { view: VIEWS[2], do: (page) => openCard(page, 'a.symbol') },
        { view: VIEWS[3], do: openVersions },
      ],
    },
    {
      path: `index.html?q=${encodeURIComponent(query)}`,
      view: VIEWS[4],
      acts: [
        { view: VIEWS[4], do: (page) => page.locator('dialog[data-answered]').waitFor() },
        { view: VIEWS[5], do: (page) => search(page, word) },
      ],
    },
    ...rest.map((path) => ({ path: addressOf(path), view: viewOf(path) })),
    ...diagrams.map((path) => ({ path: addressOf(path), view: DIAGRAM })),
  ]
}

function addressOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function viewOf(path: string): string {
  if (path === '404.html') return VIEWS[8]
  if (path === DOWNLOAD) return VIEWS[9]
  return path.startsWith('source') ? VIEWS[7] : VIEWS[6]
}

/** Of the first such link; false where there is none. */
async function openCard(page: Page, link: string): Promise<boolean> {
  const links = page.locator(link)
  if ((await links.count()) === 0) return false
  await links.first().focus()
  await page.locator(`${link}[data-open] + .card`).first().waitFor({ state: 'attached' })
  return true
}

async function openVersions(page: Page): Promise<void> {
  await page.locator('.variant-button').click()
  await page.locator('nav.variants a').first().waitFor()
}

/** Waits until the texts of what was found are shown. */
async function search(page: Page, word: string): Promise<void> {
  await page.getByLabel('Search the documentation').fill(word)
  await page.locator(`dialog[data-answered="${word}"]`).waitFor()
  await page.locator('.search-text[data-loaded]').first().waitFor({ state: 'attached' })
}

import type { Page } from '@playwright/test'
import { contentOf, type SiteFile, type SiteFiles } from '#lib/domain/site.ts'
import { singleFile } from '#lib/site/single-file.ts'
import type { Visit } from './visitor.ts'

/** The whole site as people take it away. */
export const DOWNLOAD = 'single.html'
const VARIANTS = 'variants.json'

/** Everything a reader of a site looks at; a diagram has what is no diagram on few sites. */
const VIEW = {
  citation: 'redirect, and where it leads: citation',
  lines: 'card of cited lines',
  signature: 'card of a signature',
  versions: 'menu of versions',
  users: 'all users of a name',
  home: 'home, with the words of the address in the search',
  results: 'search results',
  page: 'page',
  source: 'source view',
  missing: 'not found',
  download: 'the site as one file',
} as const
export const VIEWS: readonly string[] = Object.values(VIEW)
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
  const visited = new Set(['index.html', 'old.html', 'cites.html', 'names.html'])
  const rest = [...files.keys()].filter((path) => path.endsWith('.html') && !visited.has(path))
  const diagrams = [...files.keys()].filter((path) => /^assets\/diagram-.*\.svg$/.test(path))
  return [
    {
      path: 'old.html',
      view: VIEW.citation,
      leadsTo: '**/cites.html',
      acts: [
        { view: VIEW.lines, do: (page) => openCard(page, 'a.cite') },
        { view: VIEW.signature, do: (page) => openCard(page, 'a.symbol') },
        { view: VIEW.versions, do: openVersions },
      ],
    },
    { path: 'names.html', view: VIEW.page, acts: [{ view: VIEW.users, do: openUsers }] },
    {
      path: `index.html?q=${encodeURIComponent(query)}`,
      view: VIEW.home,
      acts: [
        { view: VIEW.home, do: (page) => page.locator('dialog[data-answered]').waitFor() },
        { view: VIEW.results, do: (page) => search(page, word) },
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
  if (path === '404.html') return VIEW.missing
  if (path === DOWNLOAD) return VIEW.download
  return path.startsWith('source') ? VIEW.source : VIEW.page
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

/** False where the text has no button for it, as where the commit is no commit but a payload of several lines. */
async function openUsers(page: Page): Promise<boolean> {
  const button = page.locator('.more-users')
  if ((await button.count()) === 0) return false
  await button.click()
  await page.locator('.all-users li').first().waitFor()
  return true
}

/** Waits until the texts of what was found are shown. */
async function search(page: Page, word: string): Promise<void> {
  await page.getByLabel('Search the documentation').fill(word)
  await page.locator(`dialog[data-answered="${word}"]`).waitFor()
  await page.locator('.search-text[data-loaded]').first().waitFor({ state: 'attached' })
}

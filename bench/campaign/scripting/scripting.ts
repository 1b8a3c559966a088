import type { Page } from '@playwright/test'
import { renderSite } from '#lib/site/render-site.ts'
import { hostileSite } from '#lib/testing/hostile-site.ts'
import { atLeast, type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { PAYLOADS } from './payloads.ts'
import { type SiteServer, startSiteServer } from './site-server.ts'
import { startVisitors, type Visitor, type VisitorHouse } from './visitor.ts'

const LEAST = { payloads: 200, sinks: 8, control: 20 }
const VISITORS = 4
/** The fast part puts that many payloads in one site. */
const FAST_TOGETHER = 40
const REDIRECT = 'old.html'
/** Where `hostileSite` puts a payload. */
const SINKS = [
  ...['project name and tagline', 'group', 'page title', 'page description', 'page text', 'citation label'],
  ...['citation path', 'source path', 'source text', 'check text', 'repository, branch and commit', 'redirect target'],
]

/** B3. A site with the payload in every place where text of others enters it, seen in Chromium. */
export const scripting: Goal = {
  title: 'Scripts in repositories, in Chromium, without and with our policy',
  fast: true,
  measure,
}

interface Found {
  ran: string[]
  dangers: string[]
  elsewhere: string[]
  views: Set<string>
}

async function measure(extent: Extent): Promise<Row[]> {
  const payloads = extent === 'full' ? PAYLOADS : together(PAYLOADS)
  const [server, house] = await Promise.all([startSiteServer(), startVisitors()])
  const visitors = await Promise.all(Array.from({ length: VISITORS }, house.open))
  const found: Record<'without' | 'with', Found> = { without: nothing(), with: nothing() }
  const control: string[] = []
  const left = [...payloads.entries()]
  async function work(visitor: Visitor): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      const [n, payload] = next
      server.add(`raw-${n}`, `<!doctype html><meta charset=utf-8><body>${payload}</body>`, false)
      if (await runsRaw(house, `${server.url}/raw-${n}/`)) control.push(payload)
      for (const policy of ['without', 'with'] as const)
        await visitSite(
          { server, visitor, payload, name: `${policy}-${n}`, hasPolicy: policy === 'with' },
          found[policy],
        )
    }
  }
  try {
    await Promise.all(visitors.map(work))
    return rowsOf({ payloads, found, control, extent })
  } finally {
    await house.close()
    server.close()
  }
}

/** In a browser context of its own: what a payload leads to later must not reach the pages looked at after it. */
async function runsRaw(house: VisitorHouse, url: string): Promise<boolean> {
  const visitor = await house.open()
  const { ran } = await visitor.visit(url)
  await visitor.close()
  return ran > 0
}

function together(payloads: string[]): string[] {
  const groups = Math.ceil(payloads.length / FAST_TOGETHER)
  return Array.from({ length: groups }, (_, n) => payloads.filter((_, place) => place % groups === n).join('\n\n'))
}

function nothing(): Found {
  return { ran: [], dangers: [], elsewhere: [], views: new Set() }
}

interface SiteVisit {
  server: SiteServer
  visitor: Visitor
  payload: string
  name: string
  hasPolicy: boolean
}

async function visitSite({ server, visitor, payload, name, hasPolicy }: SiteVisit, found: Found): Promise<void> {
  const files = await renderSite(hostileSite(payload))
  server.add(name, files, hasPolicy)
  const pages = [...files.keys()].filter((path) => path.endsWith('.html'))
  const views = [
    ...pages.map((path) => ({ path, act: path === REDIRECT ? follow : undefined })),
    { path: 'index.html', act: (page: Page) => search(page, payload) },
  ]
  for (const { path, act } of views) {
    const url = `${server.url}/${name}/${path.split('/').map(encodeURIComponent).join('/')}`
    const { ran, dangers, elsewhere } = await visitor.visit(url, act)
    const view = viewOf(path, act !== undefined)
    const place = `${JSON.stringify(payload.slice(0, 80))} in ${path} (${view})`
    found.views.add(view)
    if (ran > 0) found.ran.push(place)
    found.dangers.push(...dangers.map((danger) => `${place}: ${danger}`))
    found.elsewhere.push(...elsewhere.map((address) => `${place}: ${address.slice(0, 80)}`))
  }
}

/** Of an old address, which leads to the page that took its place. */
async function follow(page: Page): Promise<void> {
  await page.waitForURL('**/cites.html', { timeout: 20_000 })
}

/** Opens the search and looks for what every page holds. */
async function search(page: Page, payload: string): Promise<void> {
  await page.keyboard.press('/')
  const input = page.getByLabel('Search the documentation')
  const word = /[A-Za-z]{3,}/.exec(payload)?.[0] ?? 'alert'
  await input.fill(word, { timeout: 2000 }).catch(() => undefined)
  await page.waitForTimeout(50)
}

function viewOf(path: string, hasAct: boolean): string {
  if (path === REDIRECT) return 'redirect'
  if (path === 'index.html') return hasAct ? 'search results' : 'home: project, tagline, groups, checks'
  if (path === '404.html') return 'not found'
  if (path === 'cites.html') return 'citation: label and path'
  return path.startsWith('source') ? 'source view: path and text' : 'page: title, description, text'
}

interface Results {
  payloads: string[]
  found: Record<'without' | 'with', Found>
  control: string[]
  extent: Extent
}

function rowsOf({ payloads, found, control, extent }: Results): Row[] {
  const id = 'B3'
  const isFull = extent === 'full'
  return [
    atLeast({ id, what: 'places each payload is put in', figure: SINKS.length, least: LEAST.sinks }),
    atLeast({ id, what: 'sites with payloads', figure: payloads.length, least: isFull ? LEAST.payloads : 1 }),
    atLeast({
      id,
      what: `views (${[...found.with.views].join('; ')})`,
      figure: found.with.views.size,
      least: 7,
    }),
    ...(['without', 'with'] as const).flatMap((policy) => [
      noneOf(id, `scripts that ran ${policy} our policy`, found[policy].ran),
      noneOf(id, `handlers, foreign elements and addresses that run, ${policy} our policy`, found[policy].dangers),
      noneOf(id, `requests to elsewhere, ${policy} our policy`, found[policy].elsewhere),
    ]),
    atLeast({
      id,
      what: 'control: payloads that run unescaped',
      figure: control.length,
      least: isFull ? LEAST.control : 1,
    }),
  ]
}

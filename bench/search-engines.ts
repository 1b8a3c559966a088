import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { type StaticServer, serveFolder } from './static-server.ts'

const RESULTS = 10
/** What Pagefind's own interface shows of a page besides the page itself. */
const SECTIONS_OF_A_PAGE = 3

export interface Answer {
  /** As `page#section`, best first. */
  addresses: string[]
  ms: number
}

/** A search in the browser, over HTTP, as a reader has it. */
export interface SearchEngine {
  name: string
  /** Answers the queries one after the other in one page. */
  answers(texts: string[]): Promise<Answer[]>
  /** Bytes that the first search of a reader loads, who enters its beginnings one after the other, the last of them whole. */
  firstBytes(beginnings: string[]): Promise<number>
  stop(): Promise<void>
}

/** The search of the site in `folder`. An answer counts until the results are shown. */
export async function ourSearch(browser: Browser, folder: string): Promise<SearchEngine> {
  const server = await serveFolder(folder)
  const open = async (page: Page) => {
    await page.goto(`${server.url}/index.html`, { waitUntil: 'networkidle' })
    server.takeBytes()
    // A browser drops keys that are pressed before it has painted the page.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await page.keyboard.press('/')
    await page.locator('.search[data-answered]').waitFor()
  }
  const ask = (page: Page, text: string) =>
    page.evaluate(async (wanted) => {
      const dialog = document.querySelector<HTMLElement>('dialog.search')
      const input = dialog?.querySelector('input')
      if (!dialog || !input) throw new Error('The search is not open')
      delete dialog.dataset.answered
      const { promise, resolve } = Promise.withResolvers<void>()
      const watch = new MutationObserver(() => 'answered' in dialog.dataset && resolve())
      watch.observe(dialog, { attributes: true })
      const startedMs = performance.now()
      input.value = wanted
      input.dispatchEvent(new Event('input'))
      await promise
      const ms = performance.now() - startedMs
      watch.disconnect()
      const links = [...dialog.querySelectorAll<HTMLAnchorElement>('[role=option]')]
      const addresses = links.map(({ pathname, hash }) => `${pathname}${hash || '#'}`)
      return { addresses, ms }
    }, text)
  // Excerpts come after the answer: a first search has loaded all it needs when every result in view has its own.
  const settle = async (page: Page) => {
    await page.waitForFunction(() => {
      const height = document.querySelector('dialog.search .search-results')?.getBoundingClientRect().bottom ?? 0
      const links = [...document.querySelectorAll('dialog.search [role=option]')]
      const inView = links.filter((link) => link.getBoundingClientRect().top < height)
      return inView.every((link) => link.querySelector('.search-text[data-loaded]'))
    })
  }
  return engine({ name: 'docsfy', browser, server, open, ask, settle })
}

/** Pagefind over a copy of the same site. An answer counts until the data of ten pages is there. */
export async function pagefind(
  browser: Browser,
  { site, tools }: { site: string; tools: string },
): Promise<SearchEngine> {
  const copy = `${site}-pagefind`
  await cp(site, copy, { recursive: true })
  const program = join(tools, 'node_modules', '.bin', 'pagefind')
  await promisify(execFile)(program, ['--site', copy, '--root-selector', 'main'], { maxBuffer: 2 ** 26 })
  const server = await serveFolder(copy)
  const open = async (page: Page) => {
    await page.goto(`${server.url}/assets/icon.svg`)
    server.takeBytes()
  }
  const ask = (page: Page, text: string) =>
    page.evaluate(
      async ({ wanted, limit, sections }) => {
        const module = '/pagefind/pagefind.js'
        const found = await import(module)
        const startedMs = performance.now()
        const { results } = await found.search(wanted)
        const pages = await Promise.all(results.slice(0, limit).map((result: { data(): unknown }) => result.data()))
        const ms = performance.now() - startedMs
        const addresses = pages.flatMap(({ url, sub_results: parts }) => [
          `${url}#`,
          ...parts
            .toSorted(
              (a: { locations: unknown[] }, b: { locations: unknown[] }) => b.locations.length - a.locations.length,
            )
            .slice(0, sections)
            .map((part: { url: string }) => part.url),
        ])
        return { addresses, ms }
      },
      { wanted: text, limit: RESULTS, sections: SECTIONS_OF_A_PAGE },
    )
  const settle = async () => undefined
  return engine({ name: 'Pagefind', browser, server, open, ask, settle })
}

interface Parts {
  name: string
  browser: Browser
  server: StaticServer
  open: (page: Page) => Promise<void>
  ask: (page: Page, text: string) => Promise<Answer>
  /** Waits for what is loaded after an answer, to be shown with it. */
  settle: (page: Page) => Promise<void>
}

function engine({ name, browser, server, open, ask, settle }: Parts): SearchEngine {
  return {
    name,
    async answers(texts) {
      const page = await browser.newPage({ bypassCSP: true })
      await open(page)
      const answers: Answer[] = []
      for (const text of texts) {
        const { addresses, ms } = await ask(page, text)
        answers.push({ ms, addresses: addresses.map(plainAddress) })
      }
      await page.close()
      return answers
    },
    async firstBytes(beginnings) {
      const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      await open(page)
      for (const text of beginnings) await ask(page, text)
      await settle(page)
      const bytes = server.takeBytes()
      await context.close()
      return bytes
    },
    stop: () => server.stop(),
  }
}

function plainAddress(address: string): string {
  const [path = '', id = ''] = address.split('#')
  return `${decodeURIComponent(path)
    .replace(/^\//, '')
    .replace(/\.html$/, '')}#${decodeURIComponent(id)}`
}

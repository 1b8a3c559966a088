import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import type { SiteInput } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { writeSite } from '#lib/site/write-site.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface ServedSite {
  /** Address of the same site on a static host below a path, and on disk. */
  bases: Record<'http' | 'file', string>
  stop: () => Promise<void>
}

/** Writes a site into a folder of its own and serves it as a static host would. */
export async function serveSite(input: SiteInput): Promise<ServedSite> {
  const dir = await mkdtemp(join(tmpdir(), 'docsfy-e2e-site-'))
  const site = join(dir, 'site')
  await writeSite({ files: await renderSite(input), dir: site, signal: new AbortController().signal })
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname).replace(/^\/sub\/path\//, '')
    try {
      const body = await readFile(join(site, normalize(`/${path}`)))
      response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain; charset=utf-8').end(body)
    } catch {
      // As static hosts do, whatever is missing and however deep it would be.
      response.writeHead(404, { 'content-type': 'text/html' }).end(await readFile(join(site, '404.html')))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    bases: { http: `http://127.0.0.1:${port}/sub/path`, file: pathToFileURL(site).href },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Presses a key once the page was painted: a browser drops what is pressed before, as on a busy machine. */
export async function pressWhenPainted(page: Page, key: string): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  await page.keyboard.press(key)
}

/** Everything the browser complains about: refused by the policy, missing, thrown. */
export function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(String(error)))
  page.on('requestfailed', (request) => {
    // Leaving a page early gives up what it was still loading; that is no fault of the page.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') found.push(`${request.url()} failed`)
  })
  return found
}

/**
 * What axe finds wrong in both themes. The themes differ in colours alone, so that in the dark one these alone are asked
 * about. The page is in the light one afterwards; its context must bypass the policy of the page.
 */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await faultsOf(page, {})
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await faultsOf(page, { runOnly: ['color-contrast'] })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}

async function faultsOf(page: Page, options: { runOnly?: string[] }): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE })
  return page.evaluate(async (given) => {
    const { axe } = window as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
      }
    }
    return (await axe.run(given)).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`,
    )
  }, options)
}

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { closeDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { writeSite } from '#lib/site/write-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const KINDS = ['our server', 'a static host below a path', 'disk'] as const

let folder: string
let host: Server
let docsfy: ServerProcess
let homes: Record<(typeof KINDS)[number], string>

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-e2e-search-'))
  const files = await renderSite(sampleSite())
  const dir = join(folder, 'site')
  await writeSite({ files, dir, signal: new AbortController().signal })
  host = await hostBelow('/some/path/', dir)
  docsfy = await serverWith(files)
  homes = {
    'our server': `${docsfy.url}/docs/~ann/lib/main/builtin/static/index.html`,
    'a static host below a path': `http://127.0.0.1:${(host.address() as AddressInfo).port}/some/path/index.html`,
    disk: pathToFileURL(join(dir, 'index.html')).href,
  }
})

test.afterAll(async () => {
  await docsfy.remove()
  await new Promise((resolve) => host.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

async function hostBelow(base: string, dir: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
    try {
      if (!path.startsWith(base)) throw new Error('Outside of the site')
      const body = await readFile(join(dir, normalize(`/${path.slice(base.length)}`)))
      response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain; charset=utf-8').end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** A built server that has these files as the site of a variant. */
async function serverWith(files: SiteFiles): Promise<ServerProcess> {
  const dataDir = join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: 'only-while-filling-it' })
  delete process.env.DATABASE_URL
  await migrateDatabase()
  await readyVariant(
    'ann',
    'lib',
    Object.fromEntries([...files].map(([path, file]) => [path, String(contentOf(file))])),
  )
  await closeDatabase()
  return startServerProcess({ DATA_DIR: dataDir })
}

const input = (page: Page) => page.getByRole('combobox')
const answered = (page: Page, query: string) => page.locator(`.search[data-answered="${query}"]`)

async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

for (const kind of KINDS)
  for (const width of [1280, 390])
    test(`searches on ${kind}, ${width} px wide`, async ({ page }) => {
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.setViewportSize({ width, height: 844 })
      if (kind === 'our server') await page.setExtraHTTPHeaders({ authorization: `Bearer ${docsfy.adminKey}` })

      await page.goto(`${homes[kind]}?q=creatServr`)
      await expect(page.getByRole('option').first()).toContainText('createServer')
      await expect(page.locator('.search mark').first()).toHaveText('createServer')
      await expect(page.locator('.search-text[data-loaded]').first()).not.toBeEmpty()
      await expectFits(page)

      await input(page).fill('zzzqqqxxx')
      await expect(page.getByRole('status').filter({ hasText: 'No results for “zzzqqqxxx”' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'See all pages' })).toBeVisible()
      await expect(input(page)).toHaveAttribute('aria-expanded', 'false')

      await input(page).fill('server')
      await expect(answered(page, 'server')).toBeVisible()
      await input(page).press('ArrowDown')
      const second = page.getByRole('option').nth(1)
      await expect(second).toHaveAttribute('aria-selected', 'true')
      await expect(input(page)).toHaveAttribute('aria-activedescendant', (await second.getAttribute('id')) ?? '')
      const name = (await second.locator('b').textContent()) ?? ''
      await input(page).press('Enter')
      await expect(page.getByRole('dialog')).toBeHidden()

      await page.goto(homes[kind])
      await page.getByRole('button', { name: 'Search' }).click()
      await expect(page.getByRole('group', { name: 'Opened last' })).toContainText(name)
      await expect(page.getByRole('group', { name: 'Begin with' })).toContainText('Getting started')
      await expectFits(page)
      await page.getByRole('button', { name: 'Close' }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
      expect(complaints).toEqual([])
    })

for (const query of ['', 'zzzqqqxxx', 'server'])
  test(`has no accessibility fault while it shows what “${query}” finds`, async ({ browser }) => {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await page.goto(`${homes['a static host below a path']}?q=${query}`)
    await expect(answered(page, query)).toBeVisible()
    await page.addScriptTag({ path: AXE })
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: unknown }[] }> } }
      return (await axe.run()).violations
    })
    expect(violations).toEqual([])
    await context.close()
  })

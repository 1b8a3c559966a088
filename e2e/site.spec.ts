import { expect, type Page, test } from '@playwright/test'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { hostileSite, VECTORS } from '#lib/testing/hostile-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { complaints, faultsInBothThemes, pressWhenPainted, type ServedSite, serveSite } from './served-site.ts'

const PAGES = [
  'index.html',
  'getting-started.html',
  'architecture.html',
  'server-reference.html',
  'source/src/server/create-server.ts.html',
  '404.html',
]

let site: ServedSite
let bases: ServedSite['bases']

test.beforeAll(async () => {
  site = await serveSite(sampleSite({ redirects: { old: 'architecture' } }))
  bases = site.bases
})

test.afterAll(() => site.stop())

for (const kind of ['http', 'file'] as const) {
  test(`works from ${kind} under its own policy, search included`, async ({ page }) => {
    const found = complaints(page)
    for (const path of PAGES) await page.goto(`${bases[kind]}/${path}`)
    await page.goto(`${bases[kind]}/index.html`)
    await pressWhenPainted(page, '/')
    await page.getByRole('combobox').fill('createServr')
    await expect(page.getByRole('option').first()).toContainText('createServer')
    await expect(page.locator('.search mark').first()).toHaveText(/createServer/)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/server-reference\.html#createserver$/)
    // The address changes before the scripts of the new page listen to keys.
    await page.waitForLoadState('load')
    await pressWhenPainted(page, 'Control+k')
    await page.getByRole('combobox').fill('port open')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('combobox').fill('read')
    await expect(page.locator('.search mark', { hasText: 'read-only' }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(found).toEqual([])
  })
}

for (const kind of ['http', 'file'] as const)
  test(`leads on from the address of a page that is gone, under a policy that allows nothing, from ${kind}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const found = complaints(page)
    await page.goto(`${bases[kind]}/old.html`)
    await expect(page).toHaveURL(`${bases[kind]}/architecture.html`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Architecture')
    expect(found).toEqual([])
    await context.close()
  })

for (const width of [1280, 390]) {
  test(`has no accessibility fault in either theme and no sideways scrolling, ${width} px`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true })
    const page = await context.newPage()
    for (const path of [...PAGES, 'source/src/server/create-server.ts.html#L4-L13', 'getting-started.html#search']) {
      await page.goto(`${bases.http}/${path}`)
      if (path.endsWith('#search')) {
        await pressWhenPainted(page, '/')
        await page.getByRole('combobox').fill('server')
        await expect(page.getByRole('option').first()).toBeVisible()
      }
      expect(await faultsInBothThemes(page), path).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
    await context.close()
  })
}

test('reads and navigates without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  await page.goto(`${bases.http}/index.html`)
  await page.getByRole('button', { name: 'All pages' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Getting started').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Getting started')
  await page.locator('a.cite').first().click()
  await expect(page.locator('#L8')).toBeInViewport()
  await expect(page.locator('.search-button')).toBeHidden()
  await context.close()
})

test('makes tabs of a code group: by keyboard, remembered, and all shown without JavaScript', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${bases.http}/getting-started.html`)
  await expect(page.getByRole('tabpanel', { name: 'pnpm' })).toBeVisible()
  await expect(page.getByText('yarn install')).toBeHidden()
  await page.getByRole('tab', { name: 'pnpm' }).press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'yarn' })).toBeFocused()
  await expect(page.getByRole('tabpanel', { name: 'yarn' })).toContainText('yarn install')
  await expect(page.getByText('pnpm install')).toBeHidden()
  await page.reload()
  await expect(page.getByText('yarn install')).toBeVisible()
  // What follows the tabs in the script runs whatever the address ends in.
  await page.goto(`${bases.http}/getting-started.html?again#100%`)
  await expect(page.getByRole('tabpanel', { name: 'yarn' })).toBeVisible()
  await pressWhenPainted(page, '/')
  await expect(page.getByRole('combobox')).toBeFocused()
  await context.close()
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const still = await plain.newPage()
  await still.goto(`${bases.http}/getting-started.html`)
  for (const text of ['pnpm install', 'yarn install']) await expect(still.getByText(text)).toBeVisible()
  await plain.close()
})

test('highlights the cited lines and extends them with Shift', async ({ page }) => {
  await page.goto(`${bases.http}/getting-started.html`)
  await page.locator('a.cite').first().click()
  await expect(page.locator('.source .hit')).toHaveCount(6)
  await page.locator('#L15 > a').click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/#L8-L15$/)
  await expect(page.locator('.source .hit')).toHaveCount(8)
  await expect(page.locator('[data-forge]')).toHaveAttribute('href', /create-server\.ts#L8-L15$/)
})

test('keeps the chosen theme without a flash of the other one, pictures included', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(`${bases.http}/getting-started.html`)
  const button = page.locator('[data-switch-theme]')
  await button.click()
  await button.click()
  await expect(button).toHaveAttribute('aria-label', 'Theme: dark')
  await page.goto(`${bases.http}/architecture.html`, { waitUntil: 'commit' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('img.only-dark')).toBeVisible()
  await expect(page.locator('img.only-light')).toBeHidden()
  await context.close()
})

test('weighs at most 20 kB compressed in at most 5 requests at first view', async ({ page }) => {
  const { gzipSync } = await import('node:zlib')
  let bytes = 0
  let requests = 0
  page.on('response', async (response) => {
    requests += 1
    bytes += gzipSync(await response.body()).length
  })
  await page.goto(`${bases.http}/server-reference.html`, { waitUntil: 'networkidle' })
  expect(requests).toBeLessThanOrEqual(5)
  expect(bytes).toBeLessThanOrEqual(20_000)
})

test('copies code, and the page as Markdown', async ({ browser }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(`${bases.http}/getting-started.html`)
  await page.locator('.code').first().hover()
  await page.locator('.copy').first().click()
  await expect(page.locator('.copy').first()).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('npm ci')
  await page.getByRole('button', { name: 'Copy page as Markdown' }).click()
  await expect(page.locator('.copy-page')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Getting started/)
  await context.close()
})

/** Loads documents beside each other without their policy, follows what leads into them, and counts what could run. */
async function playAll(page: Page, documents: string[]): Promise<number> {
  const frames = documents.map((markup) => {
    const free = markup.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    return `<iframe srcdoc="${free.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`
  })
  await page.setContent(frames.join(''), { waitUntil: 'load' })
  return page.evaluate(() => {
    const inside = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument)
    const all = (selector: string) =>
      inside.flatMap((found) => [...(found?.querySelectorAll<HTMLElement>(selector) ?? [])])
    for (const link of all('main a[href^="#"]')) link.click()
    return all('main :is(script, iframe, [onerror], [onload])').length
  })
}

test('runs nothing of hostile text, even with the policy taken away', async ({ page }) => {
  test.setTimeout(240_000)
  const ran: string[] = []
  await page.context().exposeFunction('alert', () => ran.push('alert'))
  // In a page of its own: some of the texts lead away from it, sooner or later.
  const raw = await page.context().newPage()
  await playAll(raw, [VECTORS.join(' ')])
  await expect.poll(() => ran.length, 'the raw texts must run, or this test proves nothing').toBeGreaterThan(0)
  await raw.close()
  ran.length = 0
  for (const vector of VECTORS) {
    const files = [...(await renderSite(hostileSite(vector)))].filter(([path]) => path.endsWith('.html'))
    const couldRun = await playAll(
      page,
      files.map(([, file]) => String(contentOf(file))),
    )
    expect([couldRun, ran, page.frames().length], vector).toEqual([0, [], files.length + 1])
  }
})

import { expect, test } from '@playwright/test'
import { cite } from '#lib/domain/citations.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'
import { complaints, faultsInBothThemes, type ServedSite, serveSite } from './served-site.ts'

const VARIABLES = Array.from({ length: 24 }, (_, n) => `| \`LANTERN_${n}\` | \`${(n * 7) % 24}\` | Meaning ${n} |`)
const TABLE = `\n\n## Variables\n\n| Variable | Default | Meaning |\n|---|---|---|\n${VARIABLES.join('\n')}\n`

const NAMES =
  '\n\nSee [`Store.read`](server-reference.md#storeread) and [`createServer`](server-reference.md#createserver).\n'

const PICTURE = '\n\n![The lamp at night](docs/lamp.png "Lit")\n'
const LAMP = { oid: '5'.repeat(40), file: 'images/lamp.png', width: 7, height: 5, bytes: TINY_IMAGES.png.length }

const ROW = Array.from({ length: 20 }, (_, n) => `a${n}[Part number ${n}] --> a${n + 1}`).join('\n')
const WIDE = `\n\n\`\`\`mermaid\nflowchart LR\n${ROW}\n\`\`\`\n`

const USERS = ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts', 'src/e.ts']
const FACTS = makeFacts({
  files: ['src/lamp.ts', ...USERS].map((path) => makeFile(path)),
  symbols: [makeSymbol('src/lamp.ts', 'Lamp')],
  imports: USERS.map((from) => ({
    from,
    to: 'src/lamp.ts',
    specifier: './lamp',
    names: ['Lamp'],
    range: range(from, 2),
  })),
})
const SHOWN = USERS.slice(0, 3).map((path) => cite(range(path, 2)))
const LAMP_ENTRY = `\n\n## \`Lamp\`\n\nImported at ${SHOWN.join(', ')} and 2 other files.\n`

/** The sample with a long title, a table long enough to be searched, links to names, a picture, and a wide diagram. */
function readingSite(): SiteInput {
  const base = sampleSite()
  const pages = base.pages.map((page) => ({
    ...page,
    markdown: page.markdown + NAMES + (page.slug === 'server-reference' ? TABLE + LAMP_ENTRY : PICTURE + WIDE),
  }))
  const plan = { ...base.plan, project_name: 'a-very-long-name-of-a-project-that-goes-on' }
  const images = new Map([['docs/lamp.png', { ...LAMP, content: TINY_IMAGES.png }]])
  const sources = new Map([...base.sources, ['src/a.ts', 'one\ntwo\n']])
  return { ...base, plan, pages, images, sources, facts: FACTS, forgeBase: 'https://example.org/lantern/blob/3ef35b2/' }
}

/** Sixty pages in one group, each with sixty parts. */
function longSite(): SiteInput {
  const base = sampleSite()
  const [page] = base.pages
  const [entry] = base.plan.navigation[0]?.pages ?? []
  if (!page || !entry) throw new Error('the sample has no page')
  const parts = Array.from({ length: 60 }, (_, n) => `## Part ${n + 1}\n\n${'Words of it.\n\n'.repeat(9)}`).join('')
  const names = Array.from({ length: 60 }, (_, n) => ({ slug: `page-${n + 1}`, title: `Page ${n + 1}` }))
  const pages = names.map((name) => ({ ...page, ...name, markdown: parts }))
  const navigation = [{ group: 'All of it', pages: names.map((name) => ({ ...entry, ...name })) }]
  return { ...base, plan: { ...base.plan, navigation }, pages }
}

let site: ServedSite
test.beforeAll(async () => {
  site = await serveSite(readingSite())
})
test.afterAll(() => site.stop())

test('narrows and sorts a long table, and leads to its rows', async ({ page }) => {
  const found = complaints(page)
  await page.goto(`${site.bases.http}/server-reference.html`)
  const rows = page.locator('tbody tr:visible', { hasText: 'LANTERN_' })
  await page.getByRole('searchbox', { name: 'Filter the table below' }).fill('lantern_1 meaning')
  await expect(rows).toHaveCount(11)
  await expect(page.locator('.table-tools [role=status]')).toHaveText('11 of 24')
  await page.getByRole('searchbox').fill('')
  const sort = page.getByRole('button', { name: 'Default' })
  await sort.click()
  await expect(page.getByRole('columnheader', { name: 'Default' }).last()).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows.locator('td:nth-child(2)')).toHaveText(Array.from({ length: 24 }, (_, n) => String(n)))
  await sort.click()
  await sort.click()
  await expect(rows.first()).toContainText('LANTERN_0')
  await page.getByRole('link', { name: 'LANTERN_3' }).click()
  await expect(page).toHaveURL(/#r\.lantern_3$/)
  await expect(page.locator('tr:target')).toContainText('Meaning 3')
  expect(found).toEqual([])
})

test('remembers the groups of the tree a reader closed, but never hides the current page', async ({ page }) => {
  await page.goto(`${site.bases.http}/getting-started.html`)
  const tree = page.getByRole('navigation', { name: 'Pages' })
  for (const group of ['Reference', 'Start here']) await tree.getByText(group, { exact: true }).click()
  await expect(tree.getByRole('link', { name: 'Architecture' })).toBeHidden()
  await page.goto(`${site.bases.http}/architecture.html`)
  await expect(tree.getByRole('link', { name: 'Server reference' })).toBeHidden()
  await expect(tree.getByRole('link', { name: 'Architecture' })).toBeVisible()
})

test('shows where the reader is in a long tree and in long contents', async ({ browser }) => {
  const long = await serveSite(longSite())
  const phone = await browser.newPage({ viewport: { width: 390, height: 700 } })
  await phone.goto(`${long.bases.file}/page-50.html`)
  await phone.getByRole('button', { name: 'All pages' }).click()
  await expect(phone.locator('.tree [aria-current]')).toBeInViewport({ ratio: 1 })
  await phone.close()
  const wide = await browser.newPage({ viewport: { width: 1600, height: 500 }, reducedMotion: 'reduce' })
  await wide.goto(`${long.bases.file}/page-50.html`)
  await expect(wide.locator('.tree [aria-current]')).toBeInViewport({ ratio: 1 })
  const scrolled = () => wide.locator('.tree').evaluate((tree) => tree.scrollTop)
  const before = await scrolled()
  expect(before).toBeGreaterThan(0)
  await wide.getByRole('link', { name: 'Page 52' }).first().click()
  await expect(wide).toHaveURL(/page-52/)
  await expect.poll(scrolled).toBe(before)
  const place = wide.locator('.toc [aria-current]')
  for (const goal of ['part-60', 'part-30', 'part-1']) {
    await wide.evaluate((id) => document.getElementById(id)?.scrollIntoView(), goal)
    await expect(place).toHaveAttribute('href', `#${goal}`)
    await expect(place).toBeInViewport({ ratio: 1 })
  }
  await wide.close()
  await long.stop()
})

test('keeps every button of the bar whole beside a long title on a phone', async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 360, height: 700 } })
  await page.goto(`${site.bases.http}/getting-started.html`)
  for (const button of await page.locator('.top button:visible').all()) {
    const box = await button.boundingBox()
    expect([box?.width, box?.height].map((size) => (size ?? 0) >= 36)).toEqual([true, true])
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
  }
  await page.getByRole('button', { name: 'On this page' }).click()
  await expect(page.getByRole('navigation', { name: 'On this page' })).toBeVisible()
  await page.keyboard.press('Escape')
  const here = page.getByRole('banner').getByRole('link', { name: 'Getting started' })
  await expect(here).toBeHidden()
  await page.mouse.wheel(0, 900)
  await here.click()
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
  await expect(here).toBeHidden()
  await page.close()
})

for (const kind of ['http', 'file'] as const) {
  test(`shows the cited lines where they are cited, with mouse and keyboard, from ${kind}`, async ({ page }) => {
    const found = complaints(page)
    await page.goto(`${site.bases[kind]}/getting-started.html`)
    const cite = page.locator('a.cite').first()
    const card = page.getByRole('group', { name: 'src/server/create-server.ts, lines 8–13' })
    await cite.hover()
    await expect(card.locator('[data-line]')).toHaveCount(6)
    await expect(card).toContainText('export async function createServer')
    await expect(card).toContainText('3ef35b2')
    await card.locator('pre').hover()
    await page.keyboard.press('Escape')
    await expect(card).toBeHidden()
    await page.mouse.move(0, 0)
    await cite.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await expect(card).toBeVisible()
    await expect(card.getByRole('link', { name: 'On the forge' })).toHaveAttribute('href', /create-server\.ts#L8-L13$/)
    while (!(await card.evaluate((element) => element.contains(document.activeElement))))
      await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await expect(card).toBeHidden()
    await expect(cite).toBeFocused()
    expect(found).toEqual([])
  })
}

test('shows the signature behind the link of a name, of this page and of another', async ({ page }) => {
  const found = complaints(page)
  await page.goto(`${site.bases.file}/server-reference.html`)
  await page.locator('a.symbol', { hasText: 'createServer' }).last().hover()
  await expect(page.getByRole('group', { name: 'Signature of createServer' })).toContainText(
    'Starts listening and resolves when the port is open.',
  )
  await page.goto(`${site.bases.file}/getting-started.html`)
  await page.locator('a.symbol', { hasText: 'Store.read' }).hover()
  const card = page.getByRole('group', { name: 'Signature of Store.read' })
  await expect(card).toContainText('def read(self) -> list[dict]:')
  expect(found).toEqual([])
})

for (const kind of ['http', 'file'] as const) {
  test(`shows every file that uses a name where the text only counts them, from ${kind}`, async ({ page }) => {
    const found = complaints(page)
    await page.goto(`${site.bases[kind]}/server-reference.html#lamp`)
    const more = page.getByRole('button', { name: '2 other files' })
    const list = page.locator('.all-users')
    await more.press('Enter')
    await expect(list.getByRole('link')).toHaveText(['a.ts:2', 'b.ts:2', 'c.ts:2', 'd.ts:2', 'e.ts:2'])
    await expect(list.getByRole('listitem')).toContainText(['src/'])
    await expect(more).toHaveAttribute('aria-expanded', 'true')
    await expect(list.getByRole('link', { name: 'a.ts:2' })).toHaveAttribute('href', 'source/src/a.ts.html#L2')
    await expect(list.getByRole('link', { name: 'e.ts:2' })).toHaveAttribute('href', /^https:.*src\/e\.ts#L2$/)
    await more.click()
    await expect(list).toBeHidden()
    expect(found).toEqual([])
  })
}

test('shows cited lines at the first tap and follows at the second', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await page.goto(`${site.bases.http}/getting-started.html`)
  const cite = page.locator('a.cite').first()
  await cite.tap()
  const card = page.locator('.card')
  await expect(card).toBeVisible()
  const box = await card.boundingBox()
  expect([(box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 999) <= 390]).toEqual([true, true])
  await cite.tap()
  await expect(page).toHaveURL(/create-server\.ts\.html#L8-L13$/)
  await context.close()
})

test('moves and scales a diagram by mouse and keys, and shows it in full size', async ({ page }) => {
  const found = complaints(page)
  await page.goto(`${site.bases.file}/getting-started.html`)
  const stage = page.locator('.diagram-scroll').first()
  const sheet = stage.locator('.diagram-sheet')
  await stage.focus()
  await expect(sheet).toBeAttached()
  await page.keyboard.press('+')
  await expect(sheet).toHaveAttribute('style', /scale\(1\.25\)/)
  await page.keyboard.press('0')
  await expect(sheet).toHaveAttribute('style', '')
  const box = await stage.boundingBox()
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 40]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 30, y + 10, { steps: 3 })
  await page.mouse.up()
  await expect(sheet).toHaveAttribute('style', /translate\(30px, 10px\)/)
  const viewer = page.getByRole('dialog', { name: 'In full size' })
  await expect(viewer).toBeHidden()
  await page.getByRole('button', { name: 'Full size' }).first().click()
  await expect(viewer.locator('img:visible')).toHaveCount(1)
  await viewer.getByRole('button', { name: 'Larger' }).click()
  await expect(viewer.locator('output')).toHaveText('125 %')
  await page.keyboard.press('Escape')
  await expect(viewer).toBeHidden()
  expect(found).toEqual([])
})

for (const kind of ['http', 'file'] as const)
  test(`shows a picture in full size by mouse and keyboard, from ${kind}`, async ({ page, browser }) => {
    const found = complaints(page)
    await page.goto(`${site.bases[kind]}/getting-started.html`)
    const link = page.getByRole('link', { name: 'The lamp at night' })
    const viewer = page.getByRole('dialog', { name: 'In full size' })
    await link.click()
    await expect(viewer.getByRole('img', { name: 'The lamp at night' })).toBeVisible()
    await expect(viewer.getByRole('group', { name: /^Picture: / })).toBeFocused()
    await page.keyboard.press('+')
    await expect(viewer.locator('output')).toHaveText('125 %')
    await viewer.getByRole('button', { name: 'Close' }).click()
    await expect(viewer).toBeHidden()
    await expect(link).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(viewer).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(viewer).toBeHidden()
    expect(found).toEqual([])
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(page.url())
    await expect(still.getByRole('link', { name: 'The lamp at night' })).toHaveAttribute('href', LAMP.file)
    await plain.close()
  })

test('fits in a diagram that is a little too wide, and scrolls one that is much too wide', async ({ page }) => {
  await page.goto(`${site.bases.http}/getting-started.html`)
  const seen = new Set<string>()
  for (const width of [360, 620, 700, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    const stages = await page.locator('.diagram-scroll').evaluateAll((all) =>
      all.map((stage) => {
        const { paddingLeft, paddingRight } = getComputedStyle(stage)
        const room = stage.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
        const excess = Number(stage.querySelector('img')?.getAttribute('width')) / room
        return { excess, isScrolled: stage.scrollWidth > stage.clientWidth }
      }),
    )
    for (const { excess, isScrolled } of stages) {
      expect(isScrolled, `${excess} at ${width} px`).toBe(excess > 1.4)
      seen.add(excess <= 1 ? 'fits' : isScrolled ? 'scrolls' : 'is fitted in')
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['is fitted in', 'scrolls']))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Full size' }).last().click()
  const viewer = page.getByRole('dialog', { name: 'In full size' })
  const shown = viewer.locator('img:visible')
  const drawn = async () => ((await shown.boundingBox())?.width ?? 0) / Number(await shown.getAttribute('width'))
  await expect(viewer.locator('output')).not.toHaveText('100 %')
  expect(await drawn()).toBeGreaterThan(0.6)
  await viewer.getByRole('button', { name: 'Fit the window' }).click()
  await expect(viewer.locator('output')).toHaveText('100 %')
  expect(await drawn()).toBeLessThan(0.6)
})

test('has no accessibility fault in either theme with cards, tools and the viewer open', async ({ browser }) => {
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  await page.goto(`${site.bases.http}/server-reference.html`)
  await page.locator('a.symbol').last().hover()
  await expect(page.locator('.card')).toBeVisible()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.goto(`${site.bases.http}/getting-started.html`)
  await page.locator('a.cite').first().hover()
  await expect(page.locator('.card')).toBeVisible()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Full size' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faultsInBothThemes(page)).toEqual([])
  await context.close()
})

test('offers the search where a page is missing', async ({ page }) => {
  await page.goto(`${site.bases.http}/404.html`)
  await page.getByRole('button', { name: 'Search for it' }).click()
  await expect(page.getByRole('combobox')).toBeFocused()
})

for (const missing of ['gone.html', 'a/gone', 'source/a/b%20c/gone.html?x=1#y', 'a/b/c/'])
  test(`leads on from the missing address ${missing} below a path nobody named`, async ({ page }) => {
    await page.goto(`${site.bases.http}/${missing}`)
    const home = page.getByRole('main').getByRole('link', { name: 'The home page' })
    await expect(home).toHaveJSProperty('href', `${site.bases.http}/index.html`)
    await expect(page.getByRole('button', { name: /^Theme/ })).toBeVisible()
    await expect(page.locator('body')).toHaveCSS('margin', '0px')
    await page.getByRole('button', { name: 'Search for it' }).click()
    await page.getByRole('combobox').fill('createServer')
    await expect(page.getByRole('option').first()).toContainText('createServer')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${site.bases.http}/server-reference.html#createserver`)
  })

test('offers what can be done with the text of a page at its head', async ({ browser }) => {
  const placed = await serveSite(sampleSite({ address: 'https://docs.example.org/lantern/' }))
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], bypassCSP: true })
  const page = await context.newPage()
  await page.goto(`${placed.bases.http}/getting-started.html`)
  const menu = page.locator('.page-menu')
  await menu.getByText('Use this page').press('Enter')
  await menu.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(menu.getByRole('button')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Getting started/)
  for (const name of ['Open in Claude', 'Open in ChatGPT']) {
    const asked = new URL((await menu.getByRole('link', { name }).getAttribute('href')) ?? '').searchParams.get('q')
    expect(asked).toContain('https://docs.example.org/lantern/getting-started.md')
  }
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(menu.getByRole('link', { name: 'View as Markdown' })).toBeHidden()
  await expect(menu.locator('summary')).toBeFocused()
  await context.close()
  await placed.stop()
  // Nobody outside can read a site that does not say where it is.
  const unplaced = await browser.newPage()
  await unplaced.goto(`${site.bases.file}/getting-started.html`)
  await expect(unplaced.locator('.page-menu')).toHaveText('View as Markdown')
  await expect(unplaced.locator('.page-menu')).toHaveAttribute('href', 'getting-started.md')
  await unplaced.close()
})

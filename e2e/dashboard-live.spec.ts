import { expect, type Page } from '@playwright/test'
import { adminOf, connection, post, signInAt, tree } from './dashboard-people.ts'
import { startGeneration, test } from './fixtures.ts'
import { storeManyVariants } from './many-variants.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('without a socket the page asks instead, says so, and returns to live', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  let blocked = false
  const open = new Set<{ close(): Promise<void> }>()
  await page.clock.install()
  await page.routeWebSocket(/\/api\/ws/, (socket) => {
    if (blocked) void socket.close({ code: 1006 })
    else {
      socket.connectToServer()
      open.add(socket)
    }
  })
  await signInAt(page, docsfy, { person: adminOf(docsfy) })

  blocked = true
  for (const socket of open) await socket.close()
  await expect(async () => {
    await page.clock.fastForward(5_000)
    await expect(connection(page)).toHaveText('Polling', { timeout: 500 })
  }).toPass()
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url } })
  await expect(async () => {
    await page.clock.fastForward(10_000)
    await expect(tree(page).getByText('admin/sample')).toBeVisible({ timeout: 500 })
  }).toPass()

  blocked = false
  await expect(async () => {
    await page.clock.fastForward(30_000)
    await expect(connection(page)).toHaveText('Live', { timeout: 500 })
  }).toPass()
})

test('a generation the feed does not tell of is shown at once and fetched after 5 s', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  let isMute = false
  await page.clock.install()
  await page.routeWebSocket(/\/api\/ws/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => isMute || socket.send(message))
  })
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  isMute = true
  await startGeneration(page, repository.url)
  await expect(page).toHaveURL(/\/v\/sample\/main\/builtin\/static/)
  await expect(page.getByText('Starting the generation…')).toBeVisible()
  await expect(tree(page)).toHaveCount(0)

  await page.clock.fastForward(5_000)
  await expect(tree(page).getByRole('treeitem', { name: 'builtin/static' })).toBeVisible()
  await expect(page.getByText('Starting the generation…')).toHaveCount(0)
})

test('the keyboard reaches everything: palette, shortcuts, search, filters and tree', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const body = { repo_url: repository.url }
  await post(docsfy, '/api/generate', { body })
  await post(docsfy, '/api/generate', { body: { ...body, branch: 'none' } })
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  await expect(tree(page)).toContainText('Ready')
  await expect(tree(page)).toContainText('Error')

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go to anything' })
  await palette.getByRole('combobox').fill('sample none')
  await expect(palette.getByRole('option', { selected: true })).toContainText('@none')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/v\/sample\/none\/builtin\/static/)

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Regenerate')
  await help.getByLabel(/Single keys act/).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('keyboard')
  await page.keyboard.press('Enter')
  await help.getByLabel(/Single keys act/).check()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.keyboard.press('/')
  await page.keyboard.type('main')
  await expect(tree(page).getByRole('treeitem', { name: 'builtin/static' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('button', { name: 'Error 1' }).click()
  await expect(tree(page).getByRole('treeitem', { name: '@none' })).toBeVisible()
  await expect(tree(page).getByRole('treeitem', { name: '@main' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show all' }).click()

  await page.keyboard.press('t')
  await page.keyboard.press('Home')
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'Enter']) {
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'treeitem')
    await page.keyboard.press(key)
  }
  await expect(page).toHaveURL(/\/v\/sample\/main\/builtin\/static/)
})

test('what the list shows is in the address: it survives a reload, goes back, and shows the same to a colleague', async ({
  browser,
  docsfy,
  page,
}) => {
  await storeManyVariants(docsfy)
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  const loaded = page.waitForEvent('load', { timeout: 0 }).then(
    () => 'loaded again',
    () => 'never',
  )
  await page.getByRole('searchbox').fill('bench-07')
  await tree(page).getByRole('treeitem', { name: '@branch-3', exact: true }).waitFor()
  await page.getByRole('button', { name: /^Ready 25/ }).click()
  await page.getByLabel('Order').selectOption('Newest first')
  await tree(page).getByRole('treeitem', { name: 'builtin/static' }).last().click()
  await expect(page.getByRole('heading', { name: 'bench-07', level: 1 })).toBeVisible()
  await expect(page).toHaveURL(/\/v\/bench-07\/.*&q=bench-07&status=ready&order=newest$/)
  expect(await Promise.race([loaded, 'not loaded again'])).toBe('not loaded again')

  await page.reload()
  await expectNarrowed(page)
  const colleague = await (await browser.newContext()).newPage()
  await signInAt(colleague, docsfy, {
    path: new URL(page.url()).pathname + new URL(page.url()).search,
    person: adminOf(docsfy),
  })
  await expectNarrowed(colleague)

  for (const wanted of [/&order=newest/, /order=newest/, /status=ready/, /q=bench-07/]) {
    await expect(page).toHaveURL(wanted)
    await page.goBack()
  }
  await expect(page).toHaveURL(`${docsfy.url}/`)
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-setsize', '40')
  await page.goForward()
  await expect(page.getByRole('searchbox')).toHaveValue('bench-07')
})

test('1,000 variants in the tree: only lines near the screen exist, and the keyboard reaches the last one', async ({
  docsfy,
  page,
}) => {
  await storeManyVariants(docsfy)
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-setsize', '40')
  await page.getByRole('searchbox').fill('bench')
  const variants = page.getByRole('treeitem', { name: 'builtin/static' })
  await expect(variants.first()).toBeVisible()
  expect(await page.getByRole('treeitem').count()).toBeLessThan(100)

  await tree(page).getByRole('treeitem', { name: 'admin/bench-00' }).focus()
  await page.keyboard.press('End')
  await expect(variants.last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/v\/bench-39\/branch-24\//)
  expect(await page.getByRole('treeitem').count()).toBeLessThan(100)
})

test('a line of a long tree takes a press while the tree still scrolls', async ({ docsfy, page }) => {
  await storeManyVariants(docsfy)
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  await page.getByRole('searchbox').fill('bench')
  await tree(page).getByRole('treeitem', { name: '@branch-3', exact: true }).waitFor()

  // Time stands still, so what ends the scrolling a moment later does not come.
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  const scroller = page.getByRole('navigation', { name: 'Documentation sets' })
  await scroller.evaluate((element) => {
    element.scrollTop = 400
  })
  await expect(tree(page).locator('> div')).toHaveCSS('pointer-events', 'none')
  const met = await scroller.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const here = document.elementFromPoint(left + width / 2, top + height / 2)
    return here?.closest('[role="treeitem"]')?.getAttribute('aria-level') ?? 'no line'
  })
  expect(met).toMatch(/^[123]$/)
})

/** One repository of forty is left, in the order and with the status that were chosen. */
async function expectNarrowed(page: Page): Promise<void> {
  await expect(page.getByRole('searchbox')).toHaveValue('bench-07')
  await expect(page.getByLabel('Order')).toHaveValue('newest')
  await expect(page.getByRole('button', { name: /^Ready 25/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('[role="treeitem"]:not([data-item*="bench-07"])')).toHaveCount(0)
}

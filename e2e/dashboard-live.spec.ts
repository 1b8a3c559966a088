import { expect } from '@playwright/test'
import { adminOf, connection, post, signInAt, tree } from './dashboard-people.ts'
import { test } from './fixtures.ts'
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

import { expect, type Locator, type Page } from '@playwright/test'
import { adminOf, badge, connection, fillLogin, signInAt } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

const VARIANT = '/v/sample/main/builtin/static?owner=admin'

test('phone: login leads to the asked page', async ({ docsfy, page }) => {
  await page.goto(`${docsfy.url}/admin/queue`)
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin%2Fqueue/)
  await expectFits(page)
  await fillLogin(page, adminOf(docsfy))
  await expect(page.getByRole('heading', { name: 'Queue', level: 1 })).toBeVisible()
  await expect(page.getByText('Nothing waits.')).toBeVisible()
  await expectFits(page)
})

test('phone: generate, follow, open the site and come back', async ({ colorScheme, docsfy, page, serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise, 'pack')
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  expect(paper).toBe(colorScheme === 'dark' ? 'rgb(25, 24, 22)' : 'rgb(251, 250, 246)')

  await startByTouch(page, repository.url)
  await expect(badge(page)).toHaveText('Generating')
  await expect(page.locator('[data-stage="cloning"]')).toHaveAttribute('data-mark', 'active')
  await expect(page.getByText(/^Running for \d/)).toBeVisible()
  await expectFits(page)

  opened.resolve()
  await expect(badge(page)).toHaveText('Ready')
  await expect(page.locator('[data-stage="rendering"]')).toHaveAttribute('data-mark', 'done')
  await expectFits(page)
  await page.getByRole('link', { name: 'View documentation' }).tap()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectFits(page)
  await page.goBack()
  await expect(badge(page)).toHaveText('Ready')
})

test('phone: abort, and both runs in the history, each shown from its top', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  await startByTouch(page, repository.url)
  await expect(badge(page)).toHaveText('Ready')

  const opened = Promise.withResolvers<void>()
  await repository.write({ 'NEWS.md': '# News\n' }, 'News')
  repository.server.hold(opened.promise, 'pack')
  await page.getByRole('button', { name: 'Regenerate' }).tap()
  await page.getByRole('dialog', { name: 'Regenerate' }).getByRole('button', { name: 'Regenerate' }).tap()
  await expect(badge(page)).toHaveText('Generating')
  await page.getByRole('button', { name: 'Abort' }).tap()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Abort generation' }).tap()
  await expect(badge(page)).toHaveText('Aborted')
  opened.resolve()

  const runs = page.getByRole('region', { name: 'Runs' }).getByRole('link')
  await expect(runs).toHaveCount(2)
  await expect(runs.nth(0)).toContainText('Aborted')
  await runs.nth(1).tap()
  await expect(page.getByText('An earlier run,')).toBeInViewport()
  await expectFits(page)
  await page.reload()
  await expect(page.getByText('An earlier run,')).toBeVisible()
  await page.getByRole('link', { name: 'Show the latest run' }).tap()
  await expect(page).toHaveURL(docsfy.url + VARIANT)
  await expect(page.getByText('Generation aborted by user').first()).toBeInViewport()
})

async function startByTouch(page: Page, repository: string): Promise<void> {
  await page.getByRole('button', { name: 'Show all documentation sets' }).tap()
  await page.getByRole('dialog', { name: 'Documentation sets' }).getByRole('button', { name: 'New generation' }).tap()
  const dialog = page.getByRole('dialog', { name: 'New generation' })
  await dialog.getByLabel('Repository', { exact: true }).fill(repository)
  await expectInside(page, dialog)
  await dialog.getByRole('button', { name: 'Start generation' }).tap()
  await expect(dialog).toBeHidden()
  await expect(connection(page)).toHaveText('Live')
}

/** Nothing sticks out to the side. */
async function expectFits(page: Page): Promise<void> {
  const tooWide = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main')]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map(({ tagName }) => tagName),
    )
  await expect.poll(tooWide).toEqual([])
}

async function expectInside(page: Page, element: Locator): Promise<void> {
  const box = await element.boundingBox()
  const size = page.viewportSize()
  if (!box || !size) throw new Error('There is nothing to measure')
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.y + box.height).toBeLessThanOrEqual(size.height)
}

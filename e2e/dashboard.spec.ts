import { expect } from '@playwright/test'
import { adminOf, badge, fillLogin, post, signInAt, tree } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('login leads to the asked page; a session that ends leads to login and back', async ({ docsfy, page }) => {
  const person = adminOf(docsfy)
  await page.goto(`${docsfy.url}/admin/queue`)
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin%2Fqueue/)
  await fillLogin(page, { ...person, key: 'not-the-key-of-anybody' })
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: 'Queue', level: 1 })).toBeVisible()
  await expect(page.getByText('Nothing waits.')).toBeVisible()

  await page.request.post(`${docsfy.url}/api/auth/logout`, { headers: { origin: docsfy.url }, data: {} })
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin%2Fqueue/)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: 'Queue', level: 1 })).toBeVisible()
})

test('no other site can frame a page of the dashboard, or send its forms elsewhere', async ({ docsfy }) => {
  for (const path of ['/login', '/', '/admin/users']) {
    const { headers } = await fetch(docsfy.url + path, { redirect: 'manual' })
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('what is filled in before the scripts of the login page have run is sent', async ({ docsfy, page }) => {
  const { username, key } = adminOf(docsfy)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/*.js*', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`${docsfy.url}/login?next=%2Fadmin%2Fqueue`, { waitUntil: 'commit' })
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('API key').fill(key)
  await page.getByLabel('API key').press('Enter')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled()
  release()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Queue', level: 1 })).toBeVisible()
})

test('a run fails and says what to do; forced again it succeeds; again it is up to date; every run keeps its log', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const body = { repo_url: repository.url, branch: 'later' }
  await post(docsfy, '/api/generate', { body })
  await tree(dashboard).getByRole('treeitem', { name: 'builtin/static' }).click()
  await expect(badge(dashboard)).toHaveText('Error')
  const article = dashboard.getByRole('article')
  await expect(article.getByText('Failed while: cloning repository.')).toBeVisible()
  await expect(article.getByRole('button', { name: 'Generate @main' })).toBeVisible()
  await expect(dashboard.locator('[data-stage="cloning"]')).toHaveAttribute('data-mark', 'failed')

  await repository.git('branch', 'later')
  await article.getByRole('button', { name: 'Regenerate' }).click()
  const dialog = dashboard.getByRole('dialog', { name: 'Regenerate' })
  await expect(dialog.getByRole('checkbox', { name: 'Force' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Regenerate' }).click()
  await expect(badge(dashboard)).toHaveText('Ready')
  await expect(article.getByRole('img', { name: /^Time by stage: Cloning repository/ }).first()).toBeVisible()

  const download = dashboard.waitForEvent('download')
  await article.getByRole('link', { name: 'Download', exact: true }).click()
  expect((await download).suggestedFilename()).toBe('sample-later-builtin-static-docs.tar.gz')
  const document = dashboard.waitForEvent('download')
  await article.getByRole('link', { name: 'Download as one file' }).click()
  expect((await document).suggestedFilename()).toBe('sample-later-builtin-static-docs.html')

  await article.getByRole('button', { name: 'Regenerate' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Force' })).not.toBeChecked()
  await dialog.getByRole('button', { name: 'Regenerate' }).click()
  await expect(article.getByText('Documentation is already up to date.')).toBeVisible()

  const runs = article.getByRole('region', { name: 'Runs' }).getByRole('link')
  await expect(runs).toHaveCount(3)
  await expect(runs.nth(0)).toContainText('Up to date')
  await runs.nth(2).click()
  await expect(dashboard).toHaveURL(/[?&]run=/)
  await dashboard.reload()
  await expect(article.getByText('An earlier run,')).toBeVisible()
  await expect(dashboard.locator('[data-stage="cloning"]')).toHaveAttribute('data-mark', 'failed')
  await article.getByRole('link', { name: 'Show the latest run' }).click()
  await expect(article.getByText('Documentation is already up to date.')).toBeVisible()
  await dashboard.goBack()
  await expect(article.getByText('An earlier run,')).toBeVisible()
})

test('what cannot be done is taken back: a deletion without a connection', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url, branch: 'none' } })
  const path = '/v/sample/none/builtin/static?owner=admin'
  await signInAt(page, docsfy, { path, person: adminOf(docsfy) })
  await expect(badge(page)).toHaveText('Error')
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete this documentation set?' })
  await expect(dialog).toContainText('sample @none, builtin/static, owned by admin')

  await expect(page.getByRole('region', { name: /^Notifications/ })).toBeAttached()
  await page.context().setOffline(true)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('was not deleted: The server does not answer')).toBeVisible()
  await expect(page).toHaveURL(docsfy.url + path)
  await expect(badge(page)).toHaveText('Error')

  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'No documentation yet' })).toBeVisible()
})

test('whoever presses something for the first time without a connection keeps the page, and the keys come with the connection', async ({
  docsfy,
  page,
}) => {
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  const heading = page.getByRole('heading', { name: 'No documentation yet' })
  await page.context().setOffline(true)
  const refused = page.waitForEvent('requestfailed', (request) => request.resourceType() === 'script')
  await heading.click()
  await refused
  await expect(heading).toBeVisible()

  await page.context().setOffline(false)
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
})

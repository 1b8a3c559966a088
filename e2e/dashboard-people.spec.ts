import { type Browser, expect, type Page } from '@playwright/test'
import { addPerson, adminOf, badge, connection, type Person, post, signInAt, tree } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import type { ServerProcess } from './server-process.ts'

const VARIANT = '/v/sample/main/builtin/static?owner=mira'

test('owner and admin watch the same run, another user sees nothing of it, each only what is theirs', async ({
  browser,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise)
  const mira = await addPerson(docsfy, 'mira')
  const noor = await addPerson(docsfy, 'noor')
  const miras = await windowOf(browser, docsfy, { person: mira })
  const admins = await windowOf(browser, docsfy, { person: adminOf(docsfy) })
  const noors = await windowOf(browser, docsfy, { person: noor })
  // A repository that says nothing for 30 s is given up: everybody is there before it is asked.
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url }, as: mira })
  await Promise.all([miras, admins].map((page) => page.goto(docsfy.url + VARIANT)))

  for (const page of [miras, admins]) await expect(badge(page)).toHaveText('Generating')
  await expect(tree(admins).getByText('mira/sample')).toBeVisible()
  await expect(tree(miras).getByText('sample', { exact: true })).toBeVisible()
  await expect(noors.getByRole('heading', { name: 'No documentation yet' })).toBeVisible()

  opened.resolve()
  for (const page of [miras, admins]) {
    await expect(badge(page)).toHaveText('Ready')
    await expect(page.locator('[data-stage="rendering"]')).toHaveAttribute('data-mark', 'done')
  }
  await expect(noors.getByRole('heading', { name: 'No documentation yet' })).toBeVisible()
  await expect(connection(noors)).toHaveText('Live')
  await noors.goto(docsfy.url + VARIANT)
  await expect(noors.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
})

test('access granted and revoked takes effect in an open window', async ({ browser, docsfy, serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const mira = await addPerson(docsfy, 'mira')
  const noor = await addPerson(docsfy, 'noor', 'viewer')
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url }, as: mira })
  const admins = await windowOf(browser, docsfy, { person: adminOf(docsfy), path: '/admin/access' })
  const noors = await windowOf(browser, docsfy, { person: noor })
  await expect(noors.getByRole('heading', { name: 'Nothing is shared with you yet' })).toBeVisible()

  await admins.getByLabel('Project').selectOption('mira/sample')
  await admins.getByLabel('User', { exact: true }).selectOption('noor')
  await admins.getByRole('button', { name: 'Grant access' }).click()
  await tree(noors).getByRole('treeitem', { name: 'builtin/static' }).click()
  await expect(badge(noors)).toHaveText('Ready')
  await expect(noors.getByRole('link', { name: 'View documentation' })).toBeVisible()
  await expect(noors.getByRole('button', { name: 'Regenerate' })).toHaveCount(0)
  await expect(noors.getByRole('button', { name: 'New generation' })).toHaveCount(0)

  await admins.getByRole('button', { name: 'Revoke access of noor to mira/sample' }).click()
  await admins.getByRole('alertdialog').getByRole('button', { name: 'Revoke access' }).click()
  await expect(noors.getByRole('heading', { name: 'This documentation set is not here' })).toBeVisible()
  await expect(admins.getByText('Nothing is shared yet.')).toBeVisible()
})

test('a user is made, signs in with the key shown once, replaces it, and is deleted', async ({ browser, docsfy }) => {
  const admins = await windowOf(browser, docsfy, { person: adminOf(docsfy), path: '/admin/users' })
  await admins.getByRole('button', { name: 'New user' }).click()
  await admins.getByLabel('Username').fill('mira')
  await admins.getByRole('button', { name: 'Create user' }).click()
  const key = (await admins.locator('[data-key]').textContent()) ?? ''
  expect(key).toMatch(/^docsfy_[\w-]{43}$/)
  await admins.getByRole('button', { name: 'I have copied it' }).click()
  await expect(admins.getByRole('cell', { name: 'mira', exact: true })).toBeVisible()

  const miras = await windowOf(browser, docsfy, { person: { username: 'mira', key } })
  await miras.getByRole('button', { name: 'mira' }).click()
  await miras.getByRole('menuitem', { name: 'Get a new key' }).click()
  await miras.getByRole('button', { name: 'Replace my key' }).click()
  const newKey = (await miras.locator('[data-key]').textContent()) ?? ''
  await miras.getByRole('button', { name: 'I have copied it: sign in again' }).click()
  await expect(miras).toHaveURL(/\/login/)
  await signInAt(miras, docsfy, { person: { username: 'mira', key: newKey } })

  await admins.getByRole('button', { name: 'Delete mira' }).click()
  await admins.getByRole('alertdialog').getByRole('button', { name: 'Delete user' }).click()
  await expect(admins.getByText('Nobody but the built-in account yet.')).toBeVisible()
  await expect(miras).toHaveURL(/\/login/)
})

/** A browser of its own, signed in at `path`. */
async function windowOf(browser: Browser, server: ServerProcess, at: { person: Person; path?: string }): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signInAt(page, server, at)
  return page
}

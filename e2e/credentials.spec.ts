import { expect } from '@playwright/test'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { badge } from './dashboard-people.ts'
import { startGeneration, test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('a token stored in the browser lets a private repository be documented, until it is forgotten', async ({
  dashboard,
  serveRepository,
}) => {
  const credential = { username: 'git', token: 'canary-in-the-browser' }
  const { root } = await serveRepository(SAMPLE_FILES)
  const server = await serveGit(root, { credential })
  try {
    await startGeneration(dashboard, `${server.url}/sample`)
    await expect(badge(dashboard)).toHaveText('Error')
    await dashboard.getByRole('link', { name: 'Store a token for its host' }).click()
    await expect(dashboard).toHaveURL(/\/credentials/)
    await expect(dashboard.getByText('None yet.')).toBeVisible()
    await dashboard.getByLabel('Host').fill(server.url)
    await dashboard.getByLabel('Token').fill(credential.token)
    await dashboard.getByRole('button', { name: 'Store token' }).click()
    const row = dashboard.getByRole('row', { name: server.url })
    await expect(row).toContainText('git')
    await expect(dashboard.getByLabel('Token', { exact: true })).toHaveValue('')
    expect(await dashboard.content()).not.toContain(credential.token)

    await startGeneration(dashboard, `${server.url}/sample`)
    await expect(badge(dashboard)).toHaveText('Ready')

    await dashboard.getByRole('button', { name: 'admin', exact: true }).click()
    await dashboard.getByRole('menuitem', { name: 'Private repositories' }).click()
    await dashboard.getByRole('button', { name: `Forget the token for ${server.url}` }).click()
    await dashboard.getByRole('button', { name: 'Forget token' }).click()
    await expect(dashboard.getByText('None yet.')).toBeVisible()
  } finally {
    await server.close()
  }
})

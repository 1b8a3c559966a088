import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('a served site leads to the other variants of its project, and to the same page there', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await repository.git('branch', 'next')
  const headers = { authorization: `Bearer ${docsfy.adminKey}` }
  const api = dashboard.request
  const branches = ['main', 'next']
  for (const branch of branches) {
    const started = await api.post(`${docsfy.url}/api/generate`, {
      headers,
      data: { repo_url: repository.url, branch },
    })
    expect(started.status()).toBe(202)
  }
  for (const branch of branches) {
    const variant = `${docsfy.url}/api/projects/sample/${branch}/builtin/static`
    await expect.poll(async () => (await (await api.get(variant, { headers })).json()).status).toBe('ready')
  }
  const found: string[] = []
  dashboard.on('console', (message) => message.type() === 'error' && found.push(message.text()))
  await dashboard.goto(`${docsfy.url}/docs/sample/main/builtin/static/overview.html`)
  await dashboard.getByRole('button', { name: 'Version: choose another one' }).click()
  const versions = dashboard.getByRole('navigation', { name: 'Versions' })
  await expect(versions.getByRole('link')).toHaveCount(2)
  await expect(versions.locator('[aria-current]')).toContainText('main')
  await versions.getByRole('link', { name: /^next/ }).click()
  await expect(dashboard).toHaveURL(/\/docs\/sample\/next\/builtin\/static\/overview\.html$/)
  // Under the policy of the server too, cited lines appear where they are cited.
  await dashboard.locator('a.cite').first().hover()
  await expect(dashboard.locator('.card [data-line]').first()).toBeVisible()
  expect(found).toEqual([])
})

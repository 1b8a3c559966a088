import { expect } from '@playwright/test'
import { post, tree } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('two variants of a project are seen side by side; the project is deleted with all of them', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await repository.git('branch', 'second')
  for (const branch of ['main', 'second'])
    await post(docsfy, '/api/generate', { body: { repo_url: repository.url, branch } })
  await dashboard.goto(`${docsfy.url}/p/sample?owner=admin`)
  const compare = dashboard.getByRole('button', { name: 'Compare two' })
  const variants = dashboard.getByRole('list', { name: 'Variants' }).getByRole('listitem')
  await expect(variants.filter({ hasText: 'Ready' })).toHaveCount(2)

  await expect(compare).toBeDisabled()
  for (const branch of ['main', 'second'])
    await dashboard.getByRole('checkbox', { name: `Compare @${branch} builtin/static` }).check()
  await compare.click()
  await expect(dashboard.getByRole('heading', { name: 'sample, side by side' })).toBeVisible()
  await expect(dashboard.getByRole('article')).toContainText('@second')
  await dashboard.goBack()
  await expect(compare).toBeVisible()

  await dashboard.getByRole('button', { name: 'Delete project' }).click()
  const question = dashboard.getByRole('alertdialog', { name: 'Delete sample with all its variants?' })
  await expect(question.getByRole('listitem')).toHaveCount(2)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(variants.filter({ hasText: 'Ready' })).toHaveCount(2)
  await dashboard.getByRole('button', { name: 'Delete project' }).click()
  await question.getByRole('button', { name: 'Delete everything' }).click()
  await expect(dashboard.getByText('Deleted sample with all its variants')).toBeVisible()
  await expect(tree(dashboard)).toHaveCount(0)
  const { projects } = (await (
    await fetch(`${docsfy.url}/api/projects`, { headers: { authorization: `Bearer ${docsfy.adminKey}` } })
  ).json()) as { projects: unknown[] }
  expect(projects).toEqual([])
})

test('how long ago something was tells the exact time on hover', async ({ dashboard, docsfy, serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url } })
  await dashboard.goto(`${docsfy.url}/p/sample?owner=admin`)
  const shown = dashboard.getByRole('article').getByRole('time').first()
  await expect(shown).toBeVisible()
  const written = new Date((await shown.getAttribute('datetime')) ?? '')
  const exact = `${written.getFullYear()}.*${String(written.getSeconds()).padStart(2, '0')}`
  await expect(shown).toHaveAttribute('title', new RegExp(exact))
})

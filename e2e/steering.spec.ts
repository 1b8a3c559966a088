import { expect } from '@playwright/test'
import { badge } from './dashboard-people.ts'
import { startGeneration, test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('an owner says in the browser what the documentation should be like, and the next generation follows', async ({
  dashboard,
  serveRepository,
}) => {
  const repository = await serveRepository({ ...SAMPLE_FILES, 'docsfy.yml': 'tools: [shell]\n' })
  await startGeneration(dashboard, repository.url)
  await expect(badge(dashboard)).toHaveText('Ready')
  await expect(dashboard.getByText('"tools" is no setting')).toHaveCount(1)

  await dashboard.getByRole('link', { name: 'sample', exact: true }).last().click()
  const wishes = dashboard.getByRole('region', { name: 'What you ask of the documentation' })
  await wishes.getByRole('button', { name: 'Set wishes' }).click()
  const dialog = dashboard.getByRole('dialog', { name: 'What you ask of the documentation' })
  await dialog.getByLabel('Language').fill('the language of whales')
  await dialog.getByLabel('Pages').fill('At a glance | Overview | What it is')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('it has to be a language such as en')).toBeVisible()
  await dialog.getByLabel('Language').fill('de')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(wishes).toContainText('At a glance')
  await expect(wishes.getByRole('button', { name: 'Change wishes' })).toBeVisible()

  await dashboard.goBack()
  await dashboard.getByRole('button', { name: 'Regenerate' }).click()
  await dashboard.getByRole('dialog').getByRole('button', { name: 'Regenerate' }).click()
  await expect(dashboard.getByRole('region', { name: 'What this run changes' })).toContainText('At a glance')
  await expect(badge(dashboard)).toHaveText('Ready')
  await dashboard.getByRole('link', { name: 'View documentation' }).click()
  await expect(dashboard.getByRole('link', { name: 'At a glance' }).first()).toBeVisible()
})

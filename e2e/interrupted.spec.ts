import { expect, type Page } from '@playwright/test'
import { startGeneration, test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('abort in the middle: the run ends, stays visible, and can be generated again', async ({
  dashboard,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise, 'pack')
  await startGeneration(dashboard, repository.url)
  await expect(badge(dashboard)).toHaveText('Generating')
  await expect.poll(() => repository.server.requests.some((request) => request.startsWith('POST'))).toBe(true)

  await dashboard.getByRole('button', { name: 'Abort' }).click()
  await dashboard.getByRole('button', { name: 'Abort generation' }).click()
  await expect(badge(dashboard)).toHaveText('Aborted')
  await expect(dashboard.getByRole('article').getByText('Generation aborted by user').first()).toBeVisible()

  opened.resolve()
  repository.server.hold(null)
  await regenerate(dashboard, { isForced: false })
  await expect(badge(dashboard)).toHaveText('Ready')
})

test('restart in the middle: the run becomes an error that says so, and can be generated again', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise, 'pack')
  await startGeneration(dashboard, repository.url)
  await expect.poll(() => repository.server.requests.some((request) => request.startsWith('POST'))).toBe(true)

  await docsfy.kill()
  await docsfy.start()
  await expect(badge(dashboard)).toHaveText('Error')
  await expect(dashboard.getByRole('article').getByText('Server restarted during generation').first()).toBeVisible()

  opened.resolve()
  repository.server.hold(null)
  await regenerate(dashboard, { isForced: true })
  await expect(badge(dashboard)).toHaveText('Ready')
})

async function regenerate(page: Page, { isForced }: { isForced: boolean }): Promise<void> {
  await page.getByRole('button', { name: 'Regenerate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Regenerate' })
  await expect(dialog.getByRole('checkbox')).toBeChecked({ checked: isForced })
  await dialog.getByRole('button', { name: 'Regenerate' }).click()
  await expect(dialog).toBeHidden()
}

function badge(page: Page) {
  return page.getByRole('article').locator('[data-status]')
}

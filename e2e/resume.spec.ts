import { expect } from '@playwright/test'
import { type ServedRepository, startGeneration, test } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('a generation that was aborted is resumed in the dashboard and from the terminal', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await startGeneration(dashboard, repository.url)
  const badge = dashboard.getByRole('article').locator('[data-status]')
  await expect(badge).toHaveText('Ready')
  await expect(dashboard.getByRole('button', { name: 'Resume' })).toBeHidden()

  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    await abortNewGeneration(repository, 'first', (...args) => admin.ok(...args))
    await expect(badge).toHaveText('Aborted')
    const answered = Promise.withResolvers<void>()
    await dashboard.route(/\/resume(\?|$)/, (route) => answered.promise.then(() => route.continue()))
    await dashboard.getByRole('button', { name: 'Resume' }).click()
    await expect(dashboard.getByRole('button', { name: 'Abort' })).toBeDisabled()
    answered.resolve()
    await expect(badge).toHaveText('Ready')

    await abortNewGeneration(repository, 'second', (...args) => admin.ok(...args))
    await expect(badge).toHaveText('Aborted')
    const rows = await admin.json('resume --watch', 'resume', 'sample', '--watch', '--quiet')
    expect(rows).toMatchObject([{ name: 'sample', status: 'ready', resumable: false }])
    await expect(badge).toHaveText('Ready')

    await abortNewGeneration(repository, 'third', (...args) => admin.ok(...args))
    const id = String(rows[0]?.generation_id)
    const twice = await admin.run('resume', 'sample', id, '--json')
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining('sample@') })
    expect(JSON.parse(twice.stdout)).toMatchObject([{ project: 'sample', generation_id: id }])
    await expect(badge).toHaveText('Ready')
    const finished = await admin.run('resume', 'sample')
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining('there is nothing to resume') })
  })
})

/** Aborts the generation of a new commit while it is being fetched: the pages of the one before are there to go on from. */
async function abortNewGeneration(
  repository: ServedRepository,
  word: string,
  docsfy: (...args: string[]) => Promise<unknown>,
): Promise<void> {
  await repository.write({ [`${word}.md`]: `# ${word}\n` }, `Add ${word}`)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise, 'pack')
  await docsfy('generate', repository.url)
  await repository.server.untilHeld()
  await docsfy('abort', 'sample', '--yes')
  opened.resolve()
  repository.server.hold(null)
}

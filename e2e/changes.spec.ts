import { expect } from '@playwright/test'
import { badge } from './dashboard-people.ts'
import { startGeneration, test } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

const LAMP =
  '/** Lights a lamp. */\nexport function light(name: string, watts = 40): boolean {\n  return watts > 0\n}\n'

test('a run tells which pages it writes and why, and the history leads to what changed since the run before', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository({ ...SAMPLE_FILES, 'lamps/lamp.ts': LAMP })
  await startGeneration(dashboard, repository.url)
  await expect(badge(dashboard)).toHaveText('Ready')
  const article = dashboard.getByRole('article')
  const told = article.getByRole('region', { name: 'What this run changes' })
  await expect(told).toContainText('Every page is written: there are no pages of an earlier run')

  const changed = `${LAMP.replace('watts = 40', 'watts = 60')}\nexport function snuff(): void {}\n`
  await repository.write({ 'lamps/lamp.ts': changed }, 'Brighter')
  await article.getByRole('button', { name: 'Regenerate' }).click()
  await dashboard.getByRole('dialog', { name: 'Regenerate' }).getByRole('button', { name: 'Regenerate' }).click()
  await expect(told).toContainText('lamps/lamp.ts#light: signature')
  await expect(badge(dashboard)).toHaveText('Ready')

  await article.getByRole('region', { name: 'Runs' }).getByRole('link', { name: 'What changed since' }).click()
  await expect(dashboard.getByRole('heading', { name: 'What changed', level: 1 })).toBeVisible()
  await expect(dashboard).toHaveURL(/[?&]from=.*&to=/)
  const api = article.getByRole('region', { name: 'API' }).getByRole('listitem')
  await expect(api).toHaveCount(2)
  await expect(api.nth(0)).toContainText('Default')
  await expect(api.nth(0)).toContainText('watts = 60')
  await expect(api.nth(1)).toContainText('snuff')
  await dashboard.reload()
  await expect(api).toHaveCount(2)
  await dashboard.goBack()
  await expect(told).toContainText('lamps/lamp.ts#light: signature')

  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const [newest, first] = await admin.json('runs', 'runs', 'sample')
    expect([newest, first]).toMatchObject([{ state: 'ready', trigger: 'api', duration: expect.any(Number) }, {}])
    expect(await admin.ok('runs', 'sample')).toMatch(new RegExp(`${newest?.run_id} .*by admin .* ready `))
    const events = await admin.json('runs --log', 'runs', 'sample', '--log', newest?.run_id ?? '')
    expect(events.map(({ event }) => event.kind)).toContain('page_written')
    const log = await admin.ok('runs', 'sample', '--log', newest?.run_id.slice(0, 13) ?? '')
    expect(log).toMatch(/^\d\d:\d\d:\d\d {2}.*lamps\/lamp\.ts#light: signature/m)
    expect((await admin.run('runs', 'sample', '--log', 'zz')).stderr).toContain('No run begins with "zz"')
    const answer = await admin.json('changes', 'changes', 'sample')
    expect(answer).toMatchObject({ from: { run_id: first?.run_id }, to: { run_id: newest?.run_id }, total: 2 })
    const named = ['--from', newest?.run_id ?? '', '--to', first?.run_id ?? '']
    expect(await admin.ok('changes', 'sample', ...named)).toMatch(/API\n {2}removed {3}.*snuff.*\n[\s\S]*watts = 40/)
  })
})

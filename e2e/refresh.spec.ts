import { createHmac } from 'node:crypto'
import { expect } from '@playwright/test'
import { PUSHES, signed } from '#lib/testing/forge-deliveries.ts'
import { send } from './api-client.ts'
import { badge, post } from './dashboard-people.ts'
import { startGeneration, test } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test('a person sets a schedule and makes a push hook in the browser, and a push refreshes the documentation', async ({
  dashboard,
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await repository.git('branch', 'second')
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url, branch: 'second' } })
  await startGeneration(dashboard, repository.url)
  await expect(badge(dashboard)).toHaveText('Ready')

  const schedule = dashboard.getByRole('region', { name: 'Refreshed by itself' })
  await schedule.getByRole('button', { name: 'Set a schedule' }).click()
  const dialog = dashboard.getByRole('dialog', { name: 'When to look for changes' })
  await dialog.getByLabel('When').selectOption('At other times…')
  await dialog.getByLabel('Times').fill('* * * * *')
  await dialog.getByRole('button', { name: 'Set schedule' }).click()
  await expect(dialog.getByText('no less than 15 minutes')).toBeVisible()
  await dialog.getByLabel('When').selectOption('Every night at 3:00')
  await dialog.getByLabel('Time zone').fill('Europe/Berlin')
  await dialog.getByRole('button', { name: 'Set schedule' }).click()
  await expect(schedule.getByText('0 3 * * *')).toBeVisible()
  await expect(schedule).toContainText('in Europe/Berlin')
  await expect(schedule).toContainText('Not yet')

  await dashboard.getByRole('link', { name: 'sample', exact: true }).last().click()
  const hooks = dashboard.getByRole('region', { name: 'Refresh at every push' })
  await hooks.getByRole('button', { name: 'Make a push hook' }).click()
  await dashboard.getByRole('dialog').getByLabel('Branch or tag').selectOption('main')
  await dashboard.getByRole('button', { name: 'Make it' }).click()
  const address = (await dashboard.locator('[data-once="address"]').textContent()) ?? ''
  const secret = (await dashboard.locator('[data-once="secret"]').textContent()) ?? ''
  await expect(dashboard.getByRole('dialog')).toContainText('works on this machine alone')
  await dashboard.keyboard.press('Escape')
  await dashboard.mouse.click(5, 5)
  await expect(dashboard.locator('[data-once="secret"]')).toHaveText(secret)
  await dashboard.getByRole('button', { name: 'I have copied both' }).click()
  await expect(hooks).toContainText('none yet')

  const after = await repository.write({ 'lamp.ts': 'export const lamp = 1\n' }, 'A push')
  const push = signed('github', PUSHES.github({ after }), { secret })
  const path = address.slice(docsfy.url.length)
  const other = signed('github', PUSHES.github({ ref: 'refs/heads/second' }), { secret })
  expect((await send(docsfy.url, path, { method: 'POST', ...other })).json).toMatchObject({
    detail: 'Nothing that this address is for (main) documents second',
  })
  expect((await send(docsfy.url, path, { method: 'POST', ...push })).json).toMatchObject({ detail: 'main: 1 started' })
  await dashboard.reload()
  await expect(hooks).toContainText('main: 1 started')
  expect(await dashboard.content()).not.toContain(secret)
  await hooks.getByRole('button', { name: 'Revoke hook' }).click()
  await dashboard.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(hooks.getByRole('button', { name: 'Make a push hook' })).toBeVisible()
  expect((await send(docsfy.url, path, { method: 'POST', ...push })).status).toBe(404)
  expect(docsfy.output()).not.toContain(path)

  await dashboard.goBack()
  await expect(badge(dashboard)).toHaveText('Ready')
  await expect(dashboard.getByRole('region', { name: 'Runs' })).toContainText('after a push')
})

test('the same from the terminal, with curl', async ({ docsfy, serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (person) => {
    await person.ok('generate', repository.url, '--watch', '--quiet')
    const [set] = await person.json('schedule', 'schedule', 'sample', ' 0 3  * * *', '--tz', 'America/New_York')
    expect(set).toMatchObject({ name: 'sample', cron: '0 3 * * *', time_zone: 'America/New_York', last_result: null })
    expect(await person.ok('schedule')).toMatch(/NAME +BRANCH .*\n.*\nsample .*0 3 \* \* \* America\/New_York/)
    expect((await person.run('schedule', 'sample', '*/5 * * * *')).stderr).toContain('no less than 15 minutes')
    expect(await person.ok('schedule', 'sample', '--off')).toBe("Ended the schedule of 'sample/main/builtin/static'.\n")
    expect(await person.ok('schedule')).toBe('No schedules found.\n')

    const first = await person.run('hook', 'create', 'sample')
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('works on this machine alone') })
    const { path, secret } = await person.json('hook create', 'hook', 'create', 'sample', '--unsigned')
    const narrowed = await Promise.all(
      ['?provider=openai', '?provder=openai'].map((query) =>
        send(docsfy.url, path + query, { method: 'POST', body: '' }),
      ),
    )
    expect(narrowed.map(({ status, json }) => [status, json])).toMatchObject([
      [202, { detail: 'Nothing that this address is for (openai) documents this project', variants: [] }],
      [422, { issues: [{ message: expect.stringContaining('provder') }] }],
    ])
    await repository.write({ 'lamp.ts': 'export const lamp = 1\n' }, 'A push')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const plain = await send(docsfy.url, path, { method: 'POST', body: 'branch=main', headers: form })
    expect([plain.status, plain.json]).toMatchObject([202, { detail: 'main: 1 started' }])
    const body = '{"branch":"main"}'
    const sha256 = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
    const withKey = async (key: string) =>
      (await send(docsfy.url, path, { method: 'POST', body, headers: { 'x-hub-signature-256': sha256(key) } })).status
    expect([await withKey(secret), await withKey('another')]).toEqual([202, 403])
    expect(await person.ok('hook', 'show', 'sample')).toContain('Last delivery: ')
    expect(await person.ok('hook', 'delete', 'sample')).toBe("Revoked the push hook of 'sample'.\n")
    expect(await person.ok('hook', 'show', 'sample')).toBe("'sample' has no push hook.\n")
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type RunningProxy, startNginx, whyNoNginx } from '#lib/testing/reverse-proxy.ts'
import { badge, connection, fillLogin } from './dashboard-people.ts'
import { test as base, startGeneration } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** A server as README wants it behind a proxy, and nginx with README's lines in front of it. */
const test = base.extend<{ docsfy: ServerProcess; nginx: RunningProxy }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  docsfy: async ({}, use) => {
    const server = await startServerProcess({ TRUST_PROXY: 'true' })
    await use(server)
    await server.remove()
  },
  nginx: async ({ docsfy }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'docsfy-nginx-'))
    const nginx = await startNginx({ folder, upstream: new URL(docsfy.url).host })
    await use(nginx)
    await nginx.stop()
    await rm(folder, { recursive: true, force: true })
  },
})
test.use({ ignoreHTTPSErrors: true })
const reason = whyNoNginx()
test.skip(reason !== null, reason ?? '')

test('behind nginx: sign in, follow a run live, abort it, generate again, read the site', async ({
  docsfy,
  nginx,
  page,
  serveRepository,
}) => {
  const origin = `https://${nginx.host}`
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${origin}/`)
  await fillLogin(page, { username: 'admin', key: docsfy.adminKey })
  await expect(connection(page)).toHaveText('Live')
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ secure: true, httpOnly: true })

  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise, 'pack')
  await startGeneration(page, repository.url)
  await expect(page.locator('[data-stage="cloning"]')).toHaveAttribute('data-mark', 'active')
  asked.length = 0
  await page.getByRole('button', { name: 'Abort' }).click()
  await page.getByRole('button', { name: 'Abort generation' }).click()
  await expect(badge(page)).toHaveText('Aborted')
  // After an abort the list is asked for once, whatever the feed has told by then.
  await expect.poll(() => asked).toContain('/api/projects')

  opened.resolve()
  repository.server.hold(null)
  asked.length = 0
  await page.getByRole('button', { name: 'Regenerate' }).click()
  await page.getByRole('dialog', { name: 'Regenerate' }).getByRole('button', { name: 'Regenerate' }).click()
  await expect(badge(page)).toHaveText('Ready')
  // What is shown has come over the feed: nobody asked for the list.
  expect(asked.filter((path) => path === '/api/projects' || path === '/api/status')).toEqual([])
  await page.getByRole('link', { name: 'View documentation' }).click()
  await expect(page.getByRole('main')).toContainText('Architecture')
  expect((await nginx.written()) + docsfy.output()).not.toContain(docsfy.adminKey)
})

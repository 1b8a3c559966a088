import { expect, type Page } from '@playwright/test'
import { eventsOf, type ServerFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import { startGeneration, test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

const FULL_RUN = ['cloning', 'planning', 'generating_pages', 'validating', 'cross_linking', 'rendering']

test('sign in, generate, watch every stage and page appear, open the site, search in it', async ({
  dashboard,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise)
  await dashboard.reload()
  const frames = await collectFrames(dashboard)

  await startGeneration(dashboard, repository.url)
  await expect(dashboard.getByRole('heading', { name: 'sample', level: 1 })).toBeVisible()
  await expect(badge(dashboard)).toHaveText('Generating')
  await expect(stage(dashboard, 'cloning')).toHaveAttribute('data-mark', 'active')
  await expect(stage(dashboard, 'rendering')).toHaveAttribute('data-mark', 'pending')
  await expect(dashboard.getByRole('progressbar')).toHaveCount(0)

  opened.resolve()
  await expect(badge(dashboard)).toHaveText('Ready')
  for (const id of FULL_RUN) await expect(stage(dashboard, id)).toHaveAttribute('data-mark', 'done')
  expect(stagesIn(frames)).toEqual(FULL_RUN)

  const pages = pagesIn(frames)
  expect(pages.length).toBeGreaterThanOrEqual(3)
  const listed = dashboard.getByRole('list', { name: 'Pages' })
  for (const { slug, title } of pages.slice(0, 12))
    await expect(listed.locator(`[data-page="${slug}"]`)).toContainText(`${title}: written`)
  await expect(dashboard.getByText(`Documentation generated: ${pages.length} pages.`)).toBeVisible()

  await dashboard.getByRole('link', { name: 'View documentation' }).click()
  await dashboard.getByRole('button', { name: 'Search' }).click()
  await dashboard.getByRole('combobox', { name: 'Search the documentation' }).fill('trimmedwick')
  await dashboard.getByRole('option').first().click()
  await expect(dashboard.getByRole('main')).toContainText('trimmedwick')
})

/** Every frame the page receives from now on over its live feed, which this opens anew. */
async function collectFrames(page: Page): Promise<ServerFrame[]> {
  const frames: ServerFrame[] = []
  const connected = page.waitForEvent('websocket')
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const parsed = serverFrameSchema.safeParse(JSON.parse(String(payload)))
      if (parsed.success) frames.push(parsed.data)
    })
  })
  await page.reload()
  await connected
  return frames
}

function stagesIn(frames: ServerFrame[]): string[] {
  return eventsIn(frames).flatMap((event) => (event.kind === 'stage_started' ? [event.stage] : []))
}

function pagesIn(frames: ServerFrame[]): { slug: string; title: string }[] {
  return eventsIn(frames).flatMap((event) => (event.kind === 'page_written' ? [event] : []))
}

function eventsIn(frames: ServerFrame[]) {
  return frames.flatMap((frame) => (frame.type === 'progress' ? eventsOf(frame).map(({ event }) => event) : []))
}

function badge(page: Page) {
  return page.getByRole('article').locator('[data-status]')
}

function stage(page: Page, id: string) {
  return page.locator(`[data-stage="${id}"]`)
}

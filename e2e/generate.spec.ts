import { expect, type Page } from '@playwright/test'
import { eventsOf, type ServerFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'
import { type FakeAiServer, fakeAiServer, json, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { givenIn } from '#lib/testing/simulated-model.ts'
import { SAME_PLAN } from '#lib/testing/simulated-plan.ts'
import type { RepositoryFiles } from '#lib/testing/temp-repository.ts'
import { send } from './api-client.ts'
import { signIn, startGeneration, test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { startServerProcess } from './server-process.ts'

const HARBOURS = 24
const FULL_RUN: Stage[] = ['cloning', 'planning', 'generating_pages', 'validating', 'cross_linking', 'rendering']

test('shows each page as it is written, while the writer still works on the next', async ({
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const model = await fakeAiServer()
  const release = holdPages(model)
  const docsfy = await startServerProcess({ COMPATIBLE_BASE_URL: `${model.url}/v1`, MAX_CONCURRENT_PAGES: '1' })
  try {
    await signIn(page, docsfy)
    const asked = { repo_url: repository.url, ai_provider: 'compatible', ai_model: 'gpt-5-mini' }
    const headers = { authorization: `Bearer ${docsfy.adminKey}` }
    const { status } = await send(docsfy.url, '/api/generate', { method: 'POST', headers, body: asked })
    expect(status).toBe(202)
    await page.goto(`${docsfy.url}/v/sample/main/compatible/gpt-5-mini?owner=admin`)

    const written = page.locator('[data-page]').filter({ has: page.locator('time') })
    for (const count of [1, 2]) {
      await release(1)
      await expect.poll(() => written.count()).toBeGreaterThanOrEqual(count)
      await expect(stage(page, 'generating_pages')).toHaveAttribute('data-mark', 'active')
      await expect(stage(page, 'rendering')).toHaveAttribute('data-mark', 'pending')
      await expect(badge(page)).toHaveText('Generating')
    }
    await release(Number.POSITIVE_INFINITY)
    await expect(badge(page)).toHaveText('Ready')
  } finally {
    await docsfy.remove()
    await model.close()
  }
})

/** Makes the model wait before it answers for a page; the returned function lets it answer for that many more. */
function holdPages(model: FakeAiServer): (count: number) => Promise<void> {
  const known = new Set<string>()
  const waiting: (() => void)[] = []
  let allowed = 0
  const proceed = () => {
    for (; allowed > 0 && waiting.length > 0; allowed -= 1) waiting.shift()?.()
  }
  model.reply(async (response, request) => {
    if (request.path.endsWith('/models')) return json({ data: [{ id: 'gpt-5-mini' }] })(response, request)
    const { page } = givenIn(request.body.messages.at(-1).content)
    if (page && !known.has(page)) {
      known.add(page)
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        proceed()
      })
    }
    await streaming(STREAMS.openai(page || SAME_PLAN))(response, request)
  })
  return async (count) => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0)
    allowed += count
    proceed()
  }
}

test('sign in, generate, watch every stage and page appear, open the site, search in it', async ({
  dashboard,
  serveRepository,
}) => {
  const repository = await serveRepository({ ...SAMPLE_FILES, ...manyHarbours() })
  const opened = Promise.withResolvers<void>()
  repository.server.hold(opened.promise)
  await dashboard.reload()
  const frames = await collectFrames(dashboard)
  const seen = await watchLog(dashboard)

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
  await dashboard.getByRole('button', { name: `Show all ${pages.length} pages` }).click()
  const listed = dashboard.getByRole('list', { name: 'Pages' })
  for (const { slug, title } of pages.slice(0, 12))
    await expect(listed.locator(`[data-page="${slug}"]`)).toContainText(`${title}: written`)
  await expect(dashboard.getByText(`Documentation generated: ${pages.length} pages.`)).toBeVisible()
  expectShownInOrder(await seen(), pages)

  await dashboard.getByRole('link', { name: 'View documentation' }).click()
  await dashboard.getByRole('button', { name: 'Search' }).click()
  await dashboard.getByRole('combobox', { name: 'Search the documentation' }).fill('trimmedwick')
  await dashboard.getByRole('option').first().click()
  await expect(dashboard.getByRole('main')).toContainText('trimmedwick')
})

/** Enough source for more pages than the list shows at first. */
function manyHarbours(): RepositoryFiles {
  const files: RepositoryFiles = {}
  for (let place = 0; place < HARBOURS; place += 1)
    for (const part of ['quay', 'crane', 'pilot'])
      files[`src/harbour${place}/${part}.ts`] = Array.from({ length: 12 }, (_, step) =>
        harbourCode(`${part}${place}`, step),
      ).join('\n')
  return files
}

function harbourCode(name: string, step: number): string {
  return `/** Brings ship ${step} to ${name}. Throws when the water is too low. */
export function ${name}Step${step}(depth: number, speed = ${step}): number {
  if (depth < ${step}) throw new Error('the water is too low')
  return depth * speed
}
`
}

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

/** The activity log at one moment, as it stood on the page. */
interface Sight {
  /** Stages with another mark than pending, in the order they are shown. */
  reached: { id: string; mark: string; label: string }[]
  /** Titles of the pages shown as written. */
  written: string[]
}

/** Records what the log shows from now on, at every change of the page; the returned function answers all of it. */
async function watchLog(page: Page): Promise<() => Promise<Sight[]>> {
  const sights = await page.evaluateHandle(() => {
    const all: Sight[] = []
    const text = (element: Element | null | undefined) => element?.textContent?.trim() ?? ''
    const look = (): Sight => ({
      reached: [...document.querySelectorAll<HTMLElement>('[data-stage]')]
        .filter(({ dataset }) => dataset.mark !== 'pending')
        .map((line) => ({
          id: line.dataset.stage ?? '',
          mark: line.dataset.mark ?? '',
          label: text(line.querySelector('p')?.firstChild as Element | null),
        })),
      written: [...document.querySelectorAll('[data-page]')]
        .filter((line) => line.querySelector('time'))
        .map((line) => text(line.querySelector('span.truncate'))),
    })
    new MutationObserver(() => {
      const now = look()
      if (JSON.stringify(now) !== JSON.stringify(all.at(-1))) all.push(now)
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    return all
  })
  return () => sights.jsonValue()
}

/** Whatever moments of the run the page showed: every stage stood after the ones before it, which were done. */
function expectShownInOrder(sights: Sight[], pages: { title: string }[]): void {
  const titles = new Set(pages.map(({ title }) => title))
  let last = 0
  for (const { reached, written } of sights) {
    expect(reached.map(({ id }) => id)).toEqual(FULL_RUN.slice(0, reached.length))
    expect(reached.map(({ label }) => label)).toEqual(reached.map(({ id }) => STAGE_LABELS[id as Stage]))
    expect(reached.slice(0, -1).every(({ mark }) => mark === 'done')).toBe(true)
    expect(reached.length).toBeGreaterThanOrEqual(last)
    expect(written.filter((title) => !titles.has(title))).toEqual([])
    last = reached.length
  }
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

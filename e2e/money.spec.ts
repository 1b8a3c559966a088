import { expect, type Page } from '@playwright/test'
import { type FakeAiServer, fakeAiServer, json, type Reply, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'
import { simulatedPage } from '#lib/testing/simulated-model.ts'
import { SAME_PLAN } from '#lib/testing/simulated-plan.ts'
import { adminOf, badge, signInAt } from './dashboard-people.ts'
import { test as base } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** What a call of each model costs, as its provider says. The budget of a month covers the first run and one call of the second. */
const COSTS: Record<string, number> = { 'gpt-5-mini': 0.001, 'gpt-5-nano': 0.494 }
const BUDGET = '0.50'

const test = base.extend<{ model: FakeAiServer; docsfy: ServerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  model: async ({}, use) => {
    const model = await fakeAiServer()
    model.reply(answer)
    await use(model)
    await model.close()
  },
  docsfy: async ({ model }, use) => {
    const settings = { COMPATIBLE_BASE_URL: `${model.url}/v1`, MAX_COST_PER_USER_MONTH_USD: BUDGET }
    const server = await startServerProcess(settings)
    await use(server)
    await server.remove()
  },
})

const answer: Reply = (response, request) => {
  if (!request.body) return json({ data: Object.keys(COSTS).map((id) => ({ id })) })(response, request)
  const { model, messages } = request.body
  const prompt: string = messages.at(-1).content
  const text = prompt.includes('the page so far') ? simulatedPage(prompt, []).markdown : SAME_PLAN
  const pieces = STREAMS.openai(text).map((piece) => piece.replace('"cost":0.0125', `"cost":${COSTS[model]}`))
  return streaming(pieces)(response, request)
}

test('what a run would cost is told before, what it has cost after it, and a budget that is reached leaves built-in pages', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await signInAt(page, docsfy, { person: adminOf(docsfy) })

  const dialog = await formFor(page, { repository: repository.url, model: 'gpt-5-mini' })
  await dialog.getByRole('button', { name: 'Estimate' }).click()
  await expect(dialog.getByText(/Needs at most [\d,]+ tokens in, [\d,]+ out, \$0\.\d+ \(prices of /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Start generation' }).click()
  await expect(badge(page)).toHaveText('Ready')
  await expect(page.getByText('built-in page')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show what each page has cost' }).click()
  await expect(page.getByRole('row', { name: /^Overview 1 107 0 \$0\.0010$/ })).toBeVisible()

  const second = await formFor(page, { repository: repository.url, model: 'gpt-5-nano' })
  await second.getByRole('button', { name: 'Start generation' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('sample')
  await expect(page).toHaveURL(/gpt-5-nano/)
  await expect(badge(page)).toHaveText('Ready')
  const notice =
    /The budget of this user and month \(\$0\.50, MAX_COST_PER_USER_MONTH_USD\) does not cover another call: \d built-in pages stand in/
  await expect(page.getByText(notice).first()).toBeVisible()

  await page.goto(`${docsfy.url}/cost`)
  await expect(page.getByText('$0.50 of $0.50')).toBeVisible()
  await expect(page.getByRole('row', { name: /gpt-5-nano 1 107 0 \$0\.49$/ })).toBeVisible()
})

async function formFor(page: Page, { repository, model }: { repository: string; model: string }) {
  await page.getByRole('button', { name: 'New generation' }).click()
  const dialog = page.getByRole('dialog', { name: 'New generation' })
  await dialog.getByLabel('Repository', { exact: true }).fill(repository)
  await dialog.getByLabel('Provider').selectOption('compatible')
  await dialog.getByLabel('Model', { exact: true }).fill(model)
  return dialog
}

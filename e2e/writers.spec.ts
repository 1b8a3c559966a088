import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { generateResponseSchema, modelsResponseSchema } from '#lib/domain/responses.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { send } from './api-client.ts'
import { adminOf, badge, signInAt } from './dashboard-people.ts'
import { test as base } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** Why each cannot write on the server of this test, as every surface has to tell it. */
const UNABLE = [
  { provider: 'claude', why: 'Claude Code is not installed on the server: no "claude" in PATH' },
  { provider: 'codex', why: 'run "codex login", or set CODEX_API_KEY' },
  { provider: 'openai', why: 'set OPENAI_API_KEY' },
]

const test = base.extend<{ docsfy: ServerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  docsfy: async ({}, use) => {
    const root = mkdtempSync(join(tmpdir(), 'docsfy-unable-'))
    const tools = join(root, 'bin')
    mkdirSync(tools)
    // Installed and not signed in, as its status and its words say.
    writeFileSync(join(tools, 'codex'), '#!/bin/sh\necho "Not logged in" >&2\nexit 1\n')
    chmodSync(join(tools, 'codex'), 0o755)
    const server = await startServerProcess({ PATH: `${tools}:/usr/bin:/bin`, HOME: root })
    await use(server)
    await server.remove()
    rmSync(root, { recursive: true, force: true })
  },
})

test('a tool that is missing, one that is not signed in and a key that is missing are told before and after by API, command line and form', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const { url } = await serveRepository(SAMPLE_FILES)
  const headers = { authorization: `Bearer ${docsfy.adminKey}` }
  const person = { DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }

  const told = modelsResponseSchema.parse((await send(docsfy.url, '/api/models', { headers })).json)
  await withPerson(person, async (at) => {
    await Promise.all(
      UNABLE.map(async ({ provider, why }) => {
        expect(told.provider_status?.[provider]).toMatchObject({ ready: false, reason: expect.stringContaining(why) })
        expect(await at.ok('models', '--provider', provider)).toContain(why)

        const written = ['--branch', 'main', '--provider', provider, '--model', 'cli', '--watch']
        const { code, stderr } = await at.run('generate', url, ...written)
        expect(code).toBe(1)
        expect(stderr).toContain(`${provider} cannot write: `)
        expect(stderr).toContain(why)

        const body = { repo_url: url, ai_provider: provider, ai_model: 'api' }
        const started = await send(docsfy.url, '/api/generate', { method: 'POST', headers, body })
        const { generation_id: id } = generateResponseSchema.parse(started.json)
        const rowNow = async () =>
          variantRowSchema.parse((await send(docsfy.url, `/api/projects/by-id/${id}`, { headers })).json)
        await expect.poll(async () => (await rowNow()).status, { timeout: 60_000 }).toBe('error')
        expect(await rowNow()).toMatchObject({ error_message: expect.stringContaining(why), page_count: 0 })
      }),
    )
  })

  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  for (const unable of UNABLE) await expectToldByForm(page, url, unable)
})

async function expectToldByForm(page: Page, repository: string, { provider, why }: (typeof UNABLE)[number]) {
  await page.getByRole('button', { name: 'New generation' }).click()
  const dialog = page.getByRole('dialog', { name: 'New generation' })
  await dialog.getByLabel('Provider').selectOption(provider)
  await expect(dialog.getByText(why)).toBeVisible()
  await dialog.getByLabel('Repository', { exact: true }).fill(repository)
  await dialog.getByLabel('Model', { exact: true }).fill('form')
  await dialog.getByRole('button', { name: 'Start generation' }).click()
  await expect(page).toHaveURL(new RegExp(`${provider}/form`))
  await expect(badge(page)).toHaveText('Error')
  await expect(page.getByText(`${provider} cannot write: `).first()).toContainText(why)
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { ProjectsResponse } from '#lib/domain/variant.ts'
import { addPerson, adminOf, post, signInAt } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import type { ServerProcess } from './server-process.ts'

/** Evaluated rather than added to the page, whose policy takes no such script. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OPENED = ['alertdialog', 'menu'] as const
const WIDTHS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

interface Screen {
  path: string
  /** Visible when the screen is there. */
  shows: string
  /** What opens on it; a phone shows the first. */
  opens?: ((page: Page) => Promise<void>)[]
}

for (const theme of ['light', 'dark'] as const)
  test(`every screen is accessible and keeps to its policy, ${theme}, on a desktop and on a phone`, async ({
    docsfy,
    page,
    serveRepository,
  }) => {
    test.slow()
    const repository = await serveRepository(SAMPLE_FILES)
    await repository.git('branch', 'dev')
    const mira = await addPerson(docsfy, 'mira')
    await generateAll(docsfy, repository.url)
    await post(docsfy, '/api/admin/projects/sample/access', { body: { username: mira.username, owner: 'admin' } })
    await storeToken(docsfy)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.goto(`${docsfy.url}/login`)
    await page.evaluate(AXE)
    const found = await violationsOn(page, 'login')
    await signInAt(page, docsfy, { person: adminOf(docsfy) })
    for (const [device, size] of Object.entries(WIDTHS)) {
      await page.setViewportSize(size)
      for (const { path, shows, opens = [] } of await screensOf(docsfy)) {
        await page.goto(docsfy.url + path)
        await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible()
        await page.evaluate(AXE)
        found.push(...(await violationsOn(page, `${path} ${device}`)))
        for (const open of device === 'phone' ? opens.slice(0, 1) : opens) {
          await open(page)
          found.push(...(await violationsOn(page, `${path} ${open.name} ${device}`)))
          await page.keyboard.press('Escape')
          await expect(
            OPENED.reduce((any, role) => any.or(page.getByRole(role)), page.getByRole('dialog')),
          ).toHaveCount(0)
        }
      }
    }
    expect(found).toEqual([])
  })

async function storeToken(server: ServerProcess): Promise<void> {
  const body = { host: 'git.example', username: 'git', token: 'a-token-for-the-sweep' }
  await post(server, '/api/credentials', { body })
}

async function generateAll(server: ServerProcess, repoUrl: string): Promise<void> {
  for (const branch of ['main', 'dev', 'none'])
    await post(server, '/api/generate', { body: { repo_url: repoUrl, branch } })
  await expect
    .poll(async () => (await projectsOf(server)).map(({ status }) => status).sort(), { timeout: 60_000 })
    .toEqual(['error', 'ready', 'ready'])
}

async function projectsOf(server: ServerProcess) {
  const headers = { authorization: `Bearer ${server.adminKey}` }
  return ((await (await fetch(`${server.url}/api/projects`, { headers })).json()) as ProjectsResponse).projects
}

async function screensOf(server: ServerProcess): Promise<Screen[]> {
  const ready = (await projectsOf(server)).filter(({ status }) => status === 'ready')
  const compared = ready.map((row) => `&compare=${row.generation_id}`).join('')
  const variant = '/v/sample/main/builtin/static?owner=admin'
  return [
    { path: '/', shows: 'Overview', opens: [newGeneration, palette] },
    { path: '/?status=error&order=newest', shows: 'Overview', opens: [filtersOnPhone] },
    { path: variant, shows: 'Runs', opens: [listOrMenu, shortcuts, deletion] },
    { path: '/v/sample/none/builtin/static?owner=admin', shows: 'Failed while' },
    { path: '/p/sample?owner=admin', shows: 'Tick two variants', opens: [wishes] },
    { path: `/p/sample?owner=admin${compared}`, shows: 'in both' },
    { path: '/credentials', shows: 'git.example', opens: [forgetting] },
    { path: '/elsewhere', shows: 'There is nothing at this address' },
    { path: '/cost', shows: 'Each account in a month' },
    { path: '/admin/users', shows: 'mira' },
    { path: '/admin/cost', shows: 'All runs in a month' },
    { path: '/admin/access', shows: 'mira' },
    { path: '/admin/queue', shows: 'Nothing waits.' },
    { path: '/admin/settings', shows: 'MAX_' },
  ]
}

/** On a phone the filters are in the drawer. */
async function filtersOnPhone(page: Page): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Show all documentation sets' })
  if (await drawer.isVisible()) await drawer.click()
  await expect(page.getByRole('button', { name: 'Error 1' }).filter({ visible: true })).toBeVisible()
}

async function wishes(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Set wishes' }).click()
  await expect(page.getByLabel('Audience')).toBeVisible()
}

async function forgetting(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Forget the token for' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
}

async function palette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Go to anything' })).toBeVisible()
}

async function shortcuts(page: Page): Promise<void> {
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
}

async function newGeneration(page: Page): Promise<void> {
  await page.keyboard.press('n')
  await expect(page.getByText('Ready', { exact: true }).last()).toBeVisible()
}

async function deletion(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
}

/** On a phone the list is a drawer; the account menu is the same everywhere. */
async function listOrMenu(page: Page): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Show all documentation sets' })
  if (await drawer.isVisible()) await drawer.click()
  else await page.getByRole('button', { name: 'admin', exact: true }).click()
  await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toBeVisible()
}

/** What axe finds wrong with the page as it is, each with the screen and the element. */
async function violationsOn(page: Page, screen: string): Promise<string[]> {
  return page.evaluate(async (where) => {
    const { axe } = window as unknown as {
      axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({ runOnly: wcag })
    return violations.map(
      ({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    )
  }, screen)
}

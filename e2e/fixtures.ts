import { test as base, expect, type Page } from '@playwright/test'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository, type RepositoryFiles, type TempRepository } from '#lib/testing/temp-repository.ts'
import { adminOf, fillLogin } from './dashboard-people.ts'
import { watchPolicy } from './page-policy.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface ServedRepository extends TempRepository {
  /** Address it can be fetched from. */
  url: string
  server: GitServer
}

interface Fixtures {
  /** A server of this test alone. */
  docsfy: ServerProcess
  /** Makes a repository and serves it over HTTP on loopback; gone after the test. */
  serveRepository(files: RepositoryFiles, name?: string): Promise<ServedRepository>
  /** A page signed in as admin through the login form. */
  dashboard: Page
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  docsfy: async ({}, use) => {
    const server = await startServerProcess()
    await use(server)
    await server.remove()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  serveRepository: async ({}, use) => {
    const made: ServedRepository[] = []
    await use(async (files, name = 'sample') => {
      const repository = await createTempRepository({ files, name })
      const server = await serveGit(repository.root)
      const served = { ...repository, server, url: `${server.url}/${name}` }
      made.push(served)
      return served
    })
    for (const { server, remove } of made) {
      await server.close()
      await remove()
    }
  },
  page: async ({ page }, use) => {
    const refused = watchPolicy(page)
    await use(page)
    expect(refused, 'what pages do themselves is never against their policy').toEqual([])
  },
  dashboard: async ({ docsfy, page }, use) => {
    await signIn(page, docsfy)
    await use(page)
  },
})

/** Signs in through the login form and waits for the dashboard. */
export async function signIn(page: Page, server: ServerProcess): Promise<void> {
  await page.goto(`${server.url}/login`)
  await fillLogin(page, adminOf(server))
  await page.getByRole('button', { name: 'New generation' }).waitFor()
}

/** Starts a generation in the dialog, with the built-in writer. */
export async function startGeneration(page: Page, repository: string): Promise<void> {
  await page.getByRole('button', { name: 'New generation' }).click()
  const dialog = page.getByRole('dialog', { name: 'New generation' })
  await dialog.getByLabel('Repository', { exact: true }).fill(repository)
  await dialog.getByRole('button', { name: 'Start generation' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

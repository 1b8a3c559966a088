import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { freePort } from '#lib/testing/free-port.ts'
import { endCommands, type RunningCommand, startNode, waitForOutput } from './command.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test.afterEach(endCommands)

const LINK = /^Open it signed in .*: (http\S+)$/m

test('the start command documents a repository, prints links that work, and ends cleanly on Ctrl-C', async ({
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withFolder(async (folder) => {
    const command = await start({ DATA_DIR: join(folder, 'data') }, repository.path)
    const link = await waitForOutput(command, (output) => LINK.exec(output)?.[1])
    expect(command.output()).toContain('Generating pages: done in')
    await page.goto(link)
    await expect(page).toHaveURL(/\/docs\/sample\/main\/builtin\/static\/$/)
    await expect(page.getByRole('main')).toContainText('Keeps lamps lit.')

    command.child.kill('SIGINT')
    expect(await command.ended).toEqual({ code: 0, signal: null })

    const again = await start({ DATA_DIR: join(folder, 'data') }, repository.path)
    await waitForOutput(again, (output) => /already up to date/.exec(output))
    again.child.kill('SIGINT')
    expect(await again.ended).toEqual({ code: 0, signal: null })
  })
})

test('the start command documents an address under the name of its default branch', async ({ serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withFolder(async (folder) => {
    const settings = { DATA_DIR: join(folder, 'data'), ALLOW_PRIVATE_HOSTS: 'true' }
    const command = await start(settings, repository.url)
    await waitForOutput(command, (output) => /The site is at \S+\/docs\/sample\/main\/builtin\/static\/$/m.exec(output))
    command.child.kill('SIGINT')
    expect(await command.ended).toEqual({ code: 0, signal: null })
  })
})

test('what keeps the server from starting is one sentence and exit code 1', async ({ docsfy }) => {
  await withFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '')
    await writeFile(join(folder, 'prices'), 'date: today\nmodels: {}\n')
    const dataDir = join(folder, 'data')
    const sentences: [Record<string, string>, string][] = [
      [{ DATA_DIR: dataDir, PORT: new URL(docsfy.url).port }, 'is already in use'],
      [{ DATA_DIR: dataDir, ADMIN_KEY: 'too short' }, 'ADMIN_KEY must have at least 16 characters'],
      [{ DATA_DIR: dataDir, AI_PRICES_FILE: join(folder, 'prices') }, 'line 1: date must be a day such as 2026-11-20'],
      [{ DATA_DIR: join(folder, 'file', 'data') }, 'cannot be written'],
      [{ DATA_DIR: docsfy.dataDir }, 'Another docsfy server is already using the data directory'],
    ]
    for (const [settings, sentence] of sentences) {
      const command = await start(settings)
      expect(await command.ended).toEqual({ code: 1, signal: null })
      expect(
        command
          .output()
          .trim()
          .split('\n')
          .filter((line) => line.startsWith('Error: ')),
      ).toHaveLength(1)
      expect(command.output()).toContain(sentence)
      expect(command.output()).not.toContain('too short')
      expect(command.output()).not.toMatch(/^\s+at /m)
    }
  })
})

test('a path that is no repository is refused before anything is started', async () => {
  await withFolder(async (folder) => {
    const command = await start({ DATA_DIR: join(folder, 'data') }, join(folder, 'nowhere'))
    expect(await command.ended).toEqual({ code: 1, signal: null })
    expect(command.output()).toMatch(/^Error: There is no folder .*nowhere/)
  })
})

async function start(settings: Record<string, string>, ...args: string[]): Promise<RunningCommand> {
  const env = { PORT: String(await freePort()), LOG_LEVEL: 'warn', ...settings }
  return startNode({ args: ['cli/main.ts', 'start', ...args], env })
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-start-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

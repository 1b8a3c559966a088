import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cacheFolders, lockCache } from '#cli/build-cache.ts'
import { repositoryArgument } from '#cli/repository-argument.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const parts = (word: string) =>
  Array.from(
    { length: 12 },
    (_, at) => `/** Opens ${word} ${at}. */\nexport function ${word}${at}(wide: boolean): void {}\n`,
  ).join('\n')

let folder = ''
let repository: TempRepository

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-plan-'))
  repository = await createTempRepository({
    files: {
      'README.md': '# Sample\n\nOpens doors.\n',
      'rooms/rooms.ts': parts('room'),
      'floors/floors.ts': parts('floor'),
      'doors/doors.ts': parts('door'),
    },
  })
})
afterAll(async () => {
  await repository.remove()
  await rm(folder, { recursive: true, force: true })
})

async function docsfy(...args: string[]) {
  return await started(...args).ended
}

function started(...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') }
  const child = spawn(process.execPath, ['cli/main.ts', ...args], { env: env as unknown as NodeJS.ProcessEnv })
  const result = { code: null as number | null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (result.stdout += chunk))
  child.stderr.on('data', (chunk) => (result.stderr += chunk))
  const ended = new Promise<typeof result>((resolve) => child.on('close', (code) => resolve({ ...result, code })))
  return { result, ended }
}

it('prints what the next build will write and why, and that build does just that', { timeout: 300_000 }, async () => {
  const out = join(folder, 'site')
  const first = await docsfy('plan', repository.path)
  expect(first.stdout).toContain('Every page is written: there are no pages of an earlier run')
  expect((await docsfy('build', repository.path, '-o', out, '--quiet')).code).toBe(0)
  expect((await docsfy('plan', repository.path, '-o', out)).stdout).toContain('Documentation is already up to date.')

  const changed = `// Moved down.\n\n${parts('room').replace('room3(wide: boolean)', 'room3(wide: boolean, high = false)')}`
  await repository.write(
    { 'rooms/rooms.ts': changed, 'floors/floors.ts': `\n${parts('floor')}`, 'doors/doors.ts': null },
    'change',
  )
  const told = await docsfy('plan', repository.path, '-o', out)
  expect(told.stdout).toContain('rooms/rooms.ts#room3: signature, parameters changed')
  const report = JSON.parse((await docsfy('plan', repository.path, '-o', out, '--json')).stdout)
  expect(report).toMatchObject({
    up_to_date: false,
    site: out,
    update: { kind: 'incremental', input_tokens: 0, cost_usd: 0 },
  })
  const actions = new Map(report.update.pages.map((page: { slug: string; action: string }) => [page.slug, page.action]))
  expect([actions.get('rooms'), actions.get('doors'), actions.get('floors')]).toEqual([
    'rewritten',
    'removed',
    undefined,
  ])
  expect(report.update.moved_citations_pages).toBeGreaterThan(0)

  const built = await docsfy('build', repository.path, '-o', out)
  expect(built.stderr).toContain('rooms/rooms.ts#room3: signature, parameters changed')
  const kept = built.stderr.split('\n').filter((line) => line.includes('(unchanged)'))
  expect(kept).toHaveLength(report.update.kept_pages)
})

it.each(['plan', 'facts'])(
  '%s waits while a build of the same repository may replace what it reads',
  {
    timeout: 60_000,
  },
  async (command) => {
    const { id } = await repositoryArgument(repository.path, process.cwd())
    const key = { cacheDir: join(folder, 'cache', 'docsfy'), id, branch: null, provider: 'builtin', model: 'static' }
    const { lockFile } = cacheFolders(key)
    const release = await lockCache(lockFile, new AbortController().signal, () => undefined)
    const waiting = started(command, repository.path)
    await expect.poll(() => waiting.result.stderr, { timeout: 30_000 }).toContain('Waiting for a build')
    expect(waiting.result.stdout).toBe('')
    release()
    expect(await waiting.ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(command === 'plan' ? 'pages' : 'symbols'),
    })
  },
)

it('refuses a folder that holds something else', async () => {
  const result = await docsfy('plan', repository.path, '-o', repository.path)
  expect(result).toMatchObject({ code: 1, stdout: '' })
  expect(result.stderr).toContain('is not a site of docsfy')
})

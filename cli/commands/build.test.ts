import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const FIELDS =
  'status name branch provider model commit repo_type page_count total_pages warnings site duration_ms stages spent'.split(
    ' ',
  )
const FILES = {
  'README.md': '# Sample\n\nCounts sheep.\n',
  'package.json': '{"name":"sample","version":"1.0.0"}',
  'src/index.ts': '/** Counts sheep. */\nexport function count(sheep: number): number {\n  return sheep\n}\n',
}

/** Every test starts the program several times, each time with all its code: seconds on a machine that has much else to do. */
vi.setConfig({ testTimeout: 60_000 })

let folder = ''
let repository: TempRepository
let server: GitServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-build-'))
  repository = await createTempRepository({ files: FILES })
  server = await serveGit(repository.root)
})
afterAll(async () => {
  await server.close()
  await repository.remove()
  await rm(folder, { recursive: true, force: true })
})

interface Result {
  code: number | null
  stdout: string
  stderr: string
}

function docsfy(args: string[], settings: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), ...settings }
  const child = spawn(process.execPath, ['cli/main.ts', ...args], { env: env as unknown as NodeJS.ProcessEnv })
  return { child, result: resultOf(child) }
}

function resultOf(child: ChildProcess): Promise<Result> {
  const result: Result = { code: null, stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => (result.stdout += chunk))
  child.stderr?.on('data', (chunk) => (result.stderr += chunk))
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...result, code })))
}

it('builds a site over HTTP, prints one object, and is up to date the second time', async () => {
  const out = join(folder, 'site')
  const command = ['build', `${server.url}/sample`, '-o', out]
  const places = ['--site-url', 'https://docs.example.org', '--single-file', join(folder, 'all.html')]
  const first = await docsfy([...command, ...places, '--json'], { ALLOW_PRIVATE_HOSTS: 'true' }).result
  const report = JSON.parse(first.stdout)
  expect(Object.keys(report)).toEqual(FIELDS)
  expect(report).toMatchObject({
    status: 'ready',
    name: 'sample',
    branch: 'main',
    provider: 'builtin',
    model: 'static',
    commit: repository.commit,
    site: out,
  })
  expect(report.page_count).toBe(report.total_pages)
  expect(first.stderr).toContain('Rendering site: done')
  expect(await readFile(join(out, 'src.html'), 'utf8')).toContain('Counts sheep')
  expect(await readFile(join(out, 'sitemap.xml'), 'utf8')).toContain('<loc>https://docs.example.org/src.html</loc>')
  expect(await readFile(join(folder, 'all.html'), 'utf8')).toMatch(
    /Counts sheep[\s\S]*href="#source%2Fsrc%2Findex\.ts\.L1"/,
  )

  await rm(out, { recursive: true })
  const second = await docsfy([...command, '--site-url', 'https://docs.example.org/', '--quiet'], {
    ALLOW_PRIVATE_HOSTS: 'true',
  }).result
  expect(second).toMatchObject({ code: 0, stderr: '' })
  expect(second.stdout).toContain('Documentation is already up to date.')
  expect(existsSync(join(out, 'index.html'))).toBe(true)
})

it('refuses private addresses unless they are allowed, with one sentence and exit code 1', async () => {
  const args = ['build', `${server.url}/sample`, '-o', join(folder, 'private'), '--json', '--quiet']
  const { code, stdout, stderr } = await docsfy(args).result
  expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 1, status: 'error' })
  expect(stderr).toMatch(/^Error: [^\n]*public[^\n]*\n$/)
  expect(existsSync(join(folder, 'private'))).toBe(false)
})

it('stops at the first Ctrl-C, leaves no site behind, and builds it the next time', async () => {
  const out = join(folder, 'stopped')
  const args = ['build', `${server.url}/sample`, '-o', out, '-b', 'main']
  server.hold(new Promise(() => {}), 'pack')
  const asked = server.requests.length
  const { child, result } = docsfy(args, { ALLOW_PRIVATE_HOSTS: 'true' })
  await expect
    .poll(() => server.requests.slice(asked).some((line) => line.startsWith('POST')), { timeout: 30_000 })
    .toBe(true)
  child.kill('SIGINT')
  const { code, stderr } = await result
  expect({ code, exists: existsSync(out) }).toEqual({ code: 130, exists: false })
  expect(stderr).toContain('Error: Generation aborted by user')

  server.hold(null)
  expect(await docsfy(args, { ALLOW_PRIVATE_HOSTS: 'true' }).result).toMatchObject({ code: 0 })
})

it('tells wrong usage by exit code 2 and a request that cannot work by exit code 1', async () => {
  expect(await docsfy(['build', repository.path]).result).toMatchObject({ code: 2, stdout: '' })
  expect(await docsfy(['build', repository.path, '-o', 'x', '--repo-type', 'poem']).result).toMatchObject({ code: 2 })
  const missing = await docsfy(['build', repository.path, '-o', join(folder, 'x'), '-b', 'nope', '-q']).result
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toMatch(/^Error: No branch, tag or commit "nope" exists/)
})

it.each(['builtin', 'system'])('shows a token nowhere that reads a private repository (%s engine)', async (engine) => {
  const credential = { username: 'git', token: 'canary-5eed-token' }
  const guarded = await serveGit(repository.root, { credential })
  const out = join(folder, `private-${engine}`)
  const cache = join(folder, `private-cache-${engine}`)
  const settings = { ALLOW_PRIVATE_HOSTS: 'true', LOG_LEVEL: 'debug', GIT_ENGINE: engine, XDG_CACHE_HOME: cache }
  const build = (address: string, further: Record<string, string> = {}) =>
    docsfy(['build', `${address}/sample`, '-o', out, '--json'], { ...settings, ...further }).result
  const withUserinfo = (userinfo: string) => guarded.url.replace('//', `//${userinfo}@`)
  try {
    const results = [
      await build(guarded.url),
      await build(guarded.url, { DOCSFY_REPO_TOKEN: credential.token }),
      await build(withUserinfo(`git:${credential.token}`)),
      await build(withUserinfo(`no:${credential.token}`)),
    ]
    expect(results.map(({ code }) => code)).toEqual([1, 0, 0, 1])
    expect(results[0]?.stderr).toContain('for a private repository')
    expect(results[3]?.stderr).toContain('whether the token is valid')
    for (const secret of [credential.token, Buffer.from(`git:${credential.token}`).toString('base64')]) {
      expect(JSON.stringify(results)).not.toContain(secret)
      for (const place of [out, cache]) expect(await filesWith(place, secret)).toEqual([])
    }
    expect(await filesWith(out, 'Counts sheep')).not.toEqual([])
  } finally {
    await guarded.close()
  }
})

async function filesWith(place: string, text: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(files.map((file) => readFile(file)))
  return files.filter((_, i) => contents[i]?.includes(text))
}

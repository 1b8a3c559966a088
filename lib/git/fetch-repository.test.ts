import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf, fetchLimits, textsOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { defaultBranch } from './default-branch.ts'
import { openSnapshot } from './snapshot.ts'

const limits = fetchLimits
const never = new AbortController().signal

describe.each(['builtin', 'system'] as const)('the %s engine', (engine) => {
  const remote = withRemoteRepository(engine)
  const { fetchIt } = remote

  const posts = () => remote.server.requests.filter((request) => request.startsWith('POST')).length

  describe('a first fetch', () => {
    it('brings the commit HEAD names, with its files, into a bare store', async () => {
      const messages: string[] = []
      const opened = await fetchIt({ progress: (message) => messages.push(message) })
      expect(opened).toEqual({ gitDir: remote.storeDir, commit: remote.repository.commit, branch: 'main' })
      expect(await textsOf(opened)).toEqual({ 'README.md': '# Sample\n', 'src/a.ts': 'export const a = 1\n' })
      expect(messages).toContain('Indexing objects')
      expect(await readdir(remote.work)).toEqual(['store.git'])
    })

    it('tells the default branch without fetching', async () => {
      const network = { allowedHosts: [], allowPrivateHosts: true }
      const { signal } = new AbortController()
      expect(await defaultBranch({ url: `${remote.server.url}/${remote.repository.name}`, network, signal })).toBe(
        'main',
      )
      await expect(defaultBranch({ url: `${remote.server.url}/gone`, network, signal })).rejects.toMatchObject({
        code: 'repository_unavailable',
      })
    })

    it('brings a named branch, also one with slashes', async () => {
      await remote.repository.git('checkout', '-q', '-b', 'feature/x')
      const commit = await remote.repository.write({ 'README.md': '# Feature\n' }, 'Change')
      const opened = await fetchIt({ branch: 'feature/x' })
      expect(opened).toMatchObject({ commit, branch: 'feature/x' })
      expect((await textsOf(opened))['README.md']).toBe('# Feature\n')
    })

    it('names the short commit id when HEAD names no branch', async () => {
      await remote.repository.git('checkout', '-q', '--detach')
      expect(await fetchIt()).toMatchObject({
        commit: remote.repository.commit,
        branch: remote.repository.commit.slice(0, 7),
      })
    })

    it.each([
      ['a renamed repository, redirected at every request', true],
      ['a forge that redirects only the first request', false],
    ])('follows %s', async (_name, everyRequest) => {
      const renamed = createServer((request, response) => {
        const location = remote.server.url + String(request.url).replace('/old-name', '/sample')
        response.writeHead(everyRequest || request.method === 'GET' ? 301 : 404, { location }).end()
      })
      await new Promise<void>((resolve) => renamed.listen(0, '127.0.0.1', resolve))
      const url = `http://127.0.0.1:${(renamed.address() as AddressInfo).port}/old-name`
      expect(await fetchIt({ url })).toMatchObject({ commit: remote.repository.commit })
      renamed.close()
    })
  })

  describe('a later fetch', () => {
    it('of an unchanged commit fetches nothing', async () => {
      await fetchIt()
      const before = posts()
      const messages: string[] = []
      expect(await fetchIt({ progress: (message) => messages.push(message) })).toMatchObject({
        commit: remote.repository.commit,
      })
      expect(posts() - before).toBe(1)
      expect(messages).toContain('This commit is already here')
    })

    it('brings only what a new commit changed', async () => {
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`lib/${i}.ts`, `export const n = ${i}\n`]))
      await remote.repository.write(many, 'Many')
      await fetchIt()
      const commit = await remote.repository.write({ 'src/a.ts': 'export const a = 2\n' }, 'Change')
      let objects = 0
      const opened = await fetchIt({
        progress: (message, _done, total) => (objects = message === 'Indexing objects' ? (total ?? 0) : objects),
      })
      expect(opened.commit).toBe(commit)
      expect(objects).toBe(4)
      expect((await textsOf(opened))['src/a.ts']).toBe('export const a = 2\n')
    })

    it('follows a branch whose history was rewritten', async () => {
      await fetchIt()
      await remote.repository.git('checkout', '-q', '--orphan', 'fresh')
      const commit = await remote.repository.write({ 'src/a.ts': 'export const a = 3\n' }, 'Anew')
      await remote.repository.git('branch', '-q', '-f', 'main', commit)
      await remote.repository.git('checkout', '-q', 'main')
      const opened = await fetchIt()
      expect(opened.commit).toBe(commit)
      expect((await textsOf(opened))['src/a.ts']).toBe('export const a = 3\n')
    })

    it.each(['pack', 'idx'])('remakes a store with a torn %s', async (kind) => {
      const { gitDir } = await fetchIt()
      const packs = join(gitDir, 'objects', 'pack')
      const name = (await readdir(packs)).find((candidate) => candidate.endsWith(kind))
      await truncate(join(packs, String(name)), 50)
      expect(Object.keys(await textsOf(await fetchIt()))).toEqual(['README.md', 'src/a.ts'])
    })

    it('remakes a store that is not one', async () => {
      await writeFile(remote.storeDir, 'not a folder')
      expect(Object.keys(await textsOf(await fetchIt()))).toHaveLength(2)
    })

    it('may run at the same time as others, of other branches too', async () => {
      await remote.repository.git('checkout', '-q', '-b', 'side')
      await remote.repository.write({ 'side.txt': 'side' }, 'Side')
      const all = await Promise.all(['main', 'side', 'main', 'side'].map((branch) => fetchIt({ branch })))
      const files = await Promise.all(all.map(async (opened) => Object.keys(await textsOf(opened)).length))
      expect(files).toEqual([2, 3, 2, 3])
      expect(await readdir(remote.work)).toEqual(['store.git'])
    })

    it('leaves a snapshot readable when the store is replaced meanwhile', async () => {
      const opened = await fetchIt()
      const snapshot = await openSnapshot({ ...opened, limits, signal: never })
      await rm(remote.storeDir, { recursive: true })
      await fetchIt()
      const texts = await Promise.all(snapshot.entries.map(({ oid }) => snapshot.readBlob(oid)))
      expect(texts.map((text) => Buffer.from(text ?? []).toString())).toEqual(['# Sample\n', 'export const a = 1\n'])
    })
  })

  describe('a refused or failed fetch', () => {
    it('says which branches there are when the asked one is missing', async () => {
      await remote.repository.git('branch', '-q', '-m', 'main', 'master')
      await remote.repository.git('branch', '-q', 'next')
      expect(await failureOf(fetchIt({ branch: 'main' }))).toEqual({
        code: 'repository_unavailable',
        message:
          'No branch, tag or commit "main" exists in this repository; its default branch is "master". Existing branches: master, next',
      })
    })

    it('says that a repository is empty', async () => {
      await remote.repository.git('init', '-q', '--bare', join(remote.repository.root, 'empty.git'))
      for (const branch of [null, 'main'])
        expect((await failureOf(fetchIt({ url: `${remote.server.url}/empty.git`, branch }))).message).toContain(
          'is empty',
        )
    })

    it('says that there is no repository', async () => {
      expect(await failureOf(fetchIt({ url: `${remote.server.url}/absent` }))).toMatchObject({
        code: 'repository_unavailable',
        message: expect.stringContaining(`There is no public repository at ${remote.server.url}/absent`),
      })
    })

    it('refuses private hosts, hosts that are not listed, and ssh', async () => {
      const closed = { allowedHosts: [], allowPrivateHosts: false }
      const listed = { allowedHosts: ['forge.test'], allowPrivateHosts: true }
      for (const rules of [closed, listed])
        expect((await failureOf(fetchIt({ network: rules }))).code).toBe('refused_address')
      expect((await failureOf(fetchIt({ url: 'git@127.0.0.1:a/b.git' }))).message).toContain(
        'ssh are not fetched by this server',
      )
      expect(remote.server.requests).toEqual([])
    })

    it('ends at the byte limit and leaves nothing behind', async () => {
      await remote.repository.write({ 'big.bin': Buffer.alloc(300_000, 'x').map((_, i) => (i * 7919) % 251) }, 'Big')
      const failure = await failureOf(fetchIt({ limits: { ...limits, maxRepoBytes: 900 } }))
      expect(failure.code).toBe('limit_reached')
      expect(await readdir(remote.work)).toEqual([])
    })

    it('ends when the commit has too many files', async () => {
      expect(await failureOf(fetchIt({ limits: { ...limits, maxRepoFiles: 1 } }))).toMatchObject({
        code: 'limit_reached',
        message: expect.stringContaining('more than 1 files'),
      })
      expect(await readdir(remote.work)).toEqual([])
    })

    it('ends when it takes longer than allowed', async () => {
      const gate = Promise.withResolvers<void>()
      remote.server.hold(gate.promise)
      expect((await failureOf(fetchIt({ limits: { ...limits, cloneTimeoutMs: 50 } }))).code).toBe('timed_out')
      gate.resolve()
    })

    it.each(['refs', 'pack', 'mid-pack'] as const)('stops at once when aborted at: %s', async (point) => {
      const gate = Promise.withResolvers<void>()
      remote.server.hold(gate.promise, point)
      const controller = new AbortController()
      const failing = failureOf(fetchIt({ signal: controller.signal }))
      await remote.server.untilHeld()
      controller.abort()
      expect(await failing).toEqual({ code: 'aborted', message: 'Generation aborted by user' })
      expect(await readdir(remote.work)).toEqual([])
      gate.resolve()
    })

    it('keeps the last good commit readable after an abort', async () => {
      const good = await fetchIt()
      await remote.repository.write({ 'src/a.ts': 'export const a = 9\n' }, 'Change')
      const gate = Promise.withResolvers<void>()
      remote.server.hold(gate.promise, 'mid-pack')
      const controller = new AbortController()
      const failing = failureOf(fetchIt({ signal: controller.signal }))
      await remote.server.untilHeld()
      controller.abort()
      expect((await failing).code).toBe('aborted')
      expect((await textsOf(good))['src/a.ts']).toBe('export const a = 1\n')
      gate.resolve()
    })
  })
})

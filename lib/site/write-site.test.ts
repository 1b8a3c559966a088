import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEPT, type SiteFiles } from '#lib/domain/site.ts'
import { fillSite, writeSite } from '#lib/site/write-site.ts'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'docsfy-site-'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const files = (text: string): SiteFiles =>
  new Map([
    ['index.html', text],
    ['source/a/b.html', text],
  ])

describe('writeSite', () => {
  it('writes every file and leaves nothing else beside the folder', async () => {
    const dir = join(parent, 'site')
    await writeSite({ files: files('one'), dir, signal: new AbortController().signal })
    expect(await readFile(join(dir, 'source/a/b.html'), 'utf8')).toBe('one')
    expect(await readdir(parent)).toEqual(['site'])
  })

  it('replaces an earlier site whole, without its old files', async () => {
    const dir = join(parent, 'site')
    const { signal } = new AbortController()
    await writeSite({ files: new Map([['old.html', 'old']]), dir, signal })
    await writeSite({ files: files('two'), dir, signal })
    expect((await readdir(dir)).sort()).toEqual(['index.html', 'source'])
    expect(await readdir(parent)).toEqual(['site'])
  })

  it('keeps the earlier site and no remains when it is aborted half-way', async () => {
    const dir = join(parent, 'site')
    await writeSite({ files: files('one'), dir, signal: new AbortController().signal })
    const controller = new AbortController()
    const many: SiteFiles = new Map(Array.from({ length: 400 }, (_, n) => [`${n}.html`, 'two']))
    const entries = many.entries.bind(many)
    many.entries = function* interrupted() {
      let count = 0
      for (const entry of entries()) {
        count += 1
        if (count === 200) controller.abort()
        yield entry
      }
    } as typeof many.entries
    await expect(writeSite({ files: many, dir, signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(await readFile(join(dir, 'index.html'), 'utf8')).toBe('one')
    expect(await readdir(parent)).toEqual(['site'])
  })

  it('keeps the earlier site and no remains when a file cannot be written, or what makes them fails', async () => {
    const dir = join(parent, 'site')
    const { signal } = new AbortController()
    await writeSite({ files: files('one'), dir, signal })
    const twice = fillSite({ dir, signal }, async (put) => {
      for (const text of ['first', 'second']) await put('twice.html', text)
    })
    await expect(twice).rejects.toMatchObject({ code: 'EEXIST' })
    const failing = fillSite({ dir, signal }, async (put) => {
      await put('some/page.html', 'two')
      throw new Error('no more pages')
    })
    await expect(failing).rejects.toThrow('no more pages')
    expect(await readFile(join(dir, 'index.html'), 'utf8')).toBe('one')
    expect(await readdir(parent)).toEqual(['site'])
  })

  it.each([3, 2500])('shares %i kept files with the earlier site, beside one that is new', async (count) => {
    const [earlierDir, dir] = [join(parent, 'one'), join(parent, 'two')]
    const { signal } = new AbortController()
    const paths = Array.from({ length: count }, (_, n) => `source/${n % 7}/${n}.html`)
    await writeSite({ files: new Map(paths.map((path) => [path, path])), dir: earlierDir, signal })
    const kept: SiteFiles = new Map(paths.map((path) => [path, KEPT]))
    await writeSite({ files: kept.set('source/0/new.html', 'new'), dir, earlierDir, signal })
    const inodes = (site: string) => Promise.all(paths.map(async (path) => (await stat(join(site, path))).ino))
    expect(await inodes(dir)).toEqual(await inodes(earlierDir))
    expect(await readFile(join(dir, 'source/0/new.html'), 'utf8')).toBe('new')
    expect((await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())).toHaveLength(
      count + 1,
    )
  })

  it('makes the folders of the earlier site in advance where they are many, and leaves none that is empty', async () => {
    const [earlierDir, dir] = [join(parent, 'one'), join(parent, 'two')]
    const { signal } = new AbortController()
    const paths = Array.from({ length: 120 }, (_, n) => `source/${n}/inside/page.html`)
    await writeSite({ files: new Map(paths.map((path) => [path, path])), dir: earlierDir, signal })
    const earlierFolders = paths.map((path) => path.replace('/page.html', ''))
    const [first = '', second = ''] = paths
    const files: SiteFiles = new Map([[first, KEPT]])
    await writeSite({ files: files.set(second, 'new'), dir, earlierDir, earlierFolders, signal })
    expect((await readdir(dir, { recursive: true })).sort()).toEqual(
      ['source', ...[first, second].flatMap((path) => [path.slice(0, -17), path.slice(0, -10), path])].sort(),
    )
  })

  it.each([3, 2500])('leaves nothing when one of %i kept files is not there any more, and says so', async (count) => {
    const dir = join(parent, 'two')
    const { signal } = new AbortController()
    const files: SiteFiles = new Map(Array.from({ length: count }, (_, n) => [`${n}.html`, KEPT]))
    const write = writeSite({ files, dir, earlierDir: join(parent, 'gone'), signal })
    await expect(write).rejects.toMatchObject({ code: 'ENOENT', syscall: 'link' })
    expect(await readdir(parent)).toEqual([])
  })

  it.each(['../escape.html', '/etc/x', 'a/../../x', 'a\\b'])('refuses a file outside the site: %s', async (path) => {
    const write = writeSite({
      files: new Map([[path, '']]),
      dir: join(parent, 'site'),
      signal: new AbortController().signal,
    })
    await expect(write).rejects.toThrow('outside')
    expect(await readdir(parent)).toEqual([])
  })
})

import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { publishSite, SITE_MARKER, siteTarget } from './site-folder.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'docsfy-site-folder-'))
})
afterEach(() => rm(root, { recursive: true }))

async function makeSite(run: string, files: Record<string, string>): Promise<string> {
  const siteDir = join(root, 'cache', run)
  await mkdir(siteDir, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(siteDir, name), content)
  return siteDir
}

it('puts a site into a folder that does not exist yet, below folders that do not exist either', async () => {
  const target = join(root, 'a', 'b', 'site')
  await publishSite({ siteDir: await makeSite('run-1', { 'index.html': 'one' }), target })
  expect((await readdir(target)).sort()).toEqual([SITE_MARKER, 'index.html'])
})

it('replaces an earlier site as a whole and leaves nothing of it behind', async () => {
  const target = join(root, 'site')
  await publishSite({ siteDir: await makeSite('run-1', { 'index.html': 'one', 'gone.html': '' }), target })
  await publishSite({ siteDir: await makeSite('run-2', { 'index.html': 'two' }), target })
  expect(await readFile(join(target, 'index.html'), 'utf8')).toBe('two')
  expect((await readdir(target)).sort()).toEqual([SITE_MARKER, 'index.html'])
  expect((await readdir(root)).sort()).toEqual(['cache', 'site'])
})

it('takes over files that both sites share, but for those somebody has written since', async () => {
  const target = join(root, 'site')
  const names = ['index.html', 'kept.html', 'edited.html']
  const one = await makeSite('run-1', Object.fromEntries(names.map((name) => [name, 'same'])))
  await publishSite({ siteDir: one, target })
  const two = await makeSite('run-2', { 'index.html': 'new!' })
  for (const name of names.slice(1)) await link(join(one, name), join(two, name))
  const inode = async (name: string) => (await stat(join(target, name))).ino
  const before = await Promise.all(names.map(inode))
  await writeFile(join(target, 'edited.html'), 'mine')
  await utimes(join(target, 'edited.html'), new Date(), new Date(Date.now() + 60_000))
  await publishSite({ siteDir: two, target })
  const after = await Promise.all(names.map(inode))
  expect(names.map((_, at) => before[at] === after[at])).toEqual([false, true, false])
  expect(await Promise.all(names.map((name) => readFile(join(target, name), 'utf8')))).toEqual(['new!', 'same', 'same'])
})

it('refuses a folder with files that are not a site, and changes nothing in it', async () => {
  const target = join(root, 'precious')
  await mkdir(target)
  await writeFile(join(target, 'thesis.txt'), 'years of work')
  const siteDir = await makeSite('run-1', { 'index.html': 'one' })
  await expect(siteTarget(target)).rejects.toThrow('is not empty and is not a site of docsfy')
  await expect(publishSite({ siteDir, target })).rejects.toThrow('is not empty')
  expect(await readdir(target)).toEqual(['thesis.txt'])
  expect((await readdir(root)).sort()).toEqual(['cache', 'precious'])
})

it('accepts an empty folder and follows a symbolic link to it', async () => {
  await mkdir(join(root, 'real'))
  await symlink(join(root, 'real'), join(root, 'link'))
  const target = await siteTarget(join(root, 'link'))
  await publishSite({ siteDir: await makeSite('run-1', { 'index.html': 'one' }), target })
  expect(await readFile(join(root, 'real', 'index.html'), 'utf8')).toBe('one')
})

it('says so when the target is a file, or lies below one', async () => {
  await writeFile(join(root, 'file'), '')
  await expect(siteTarget(join(root, 'file'))).rejects.toThrow('is a file')
  const siteDir = await makeSite('run-1', { 'index.html': 'one' })
  await expect(publishSite({ siteDir, target: join(root, 'file', 'site') })).rejects.toThrow('could not be put at')
})

import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { originAddress } from '#lib/git/origin-address.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-origin-'))
  await mkdir(join(folder, '.git'))
  await writeFile(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function addressFor(url: string): Promise<string | null> {
  const config = `[core]\n\tbare = false\n[remote "fork"]\n\turl = https://example.com/a/fork\n[remote "origin"]\n\turl = ${url}\n`
  await writeFile(join(folder, '.git', 'config'), config)
  return await originAddress(folder)
}

it.each([
  ['https://github.com/way/walk.git', 'https://github.com/way/walk'],
  ['https://ci-token:s3cret@gitlab.com/way/deep/walk.git', 'https://gitlab.com/way/deep/walk'],
  ['https://s3cret@github.com/way/walk', 'https://github.com/way/walk'],
])('tells where %s is, without who asks', async (url, address) => {
  expect(await addressFor(url)).toBe(address)
})

it('reads the form of scp, too', async () => {
  expect(await addressFor('git@github.com:way/walk.git')).toMatch(/^ssh:\/\/(?:git@)?github\.com\/way\/walk$/)
})

it.each([
  'http://github.com/way/walk',
  'https://user:s3cret@10.0.0.4/way/walk',
  'https://forge.corp/way/walk',
  'https://forge.internal/way/walk',
  'https://localhost/way/walk',
  'https://github.com/way/walk?token=s3cret',
  'ssh://git:s3cret@github.com/way/walk',
  '/home/me/walk',
  '../walk',
  'file:///home/me/walk',
  'ext::sh -c x',
])('tells nothing of %s', async (url) => {
  expect(await addressFor(url)).toBeNull()
})

it('tells nothing where there is no origin, no configuration, or a link in its place', async () => {
  await writeFile(join(folder, '.git', 'config'), '[remote "fork"]\n\turl = https://example.com/a/fork\n')
  expect(await originAddress(folder)).toBeNull()
  const config = join(folder, '.git', 'config')
  await addressFor('https://github.com/way/walk')
  await rename(config, join(folder, 'elsewhere'))
  await symlink(join(folder, 'elsewhere'), config)
  expect(await originAddress(folder)).toBeNull()
  await rm(config)
  expect(await originAddress(folder)).toBeNull()
})

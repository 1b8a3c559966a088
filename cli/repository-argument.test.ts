import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { repositoryArgument } from './repository-argument.ts'

let folder = ''
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'docsfy-argument-')))
})
afterEach(() => rm(folder, { recursive: true }))

it('takes addresses of every accepted form, one identity for all spellings of one repository', async () => {
  const plain = await repositoryArgument('https://example.com/org/Name', folder)
  expect(plain).toMatchObject({ source: { kind: 'url', url: 'https://example.com/org/Name' }, name: 'Name' })
  expect((await repositoryArgument('https://EXAMPLE.com:443/org/Name.git/', folder)).id).toBe(plain.id)
  expect((await repositoryArgument('https://example.com/other/Name', folder)).id).not.toBe(plain.id)
  expect((await repositoryArgument('git@example.com:org/name', folder)).source).toMatchObject({ kind: 'url' })
})

it('takes a path relative to where the person is', async () => {
  await mkdir(join(folder, 'my project'))
  const expected = { source: { kind: 'local', path: join(folder, 'my project') }, name: 'my-project' }
  expect(await repositoryArgument('my project', folder)).toMatchObject(expected)
  expect(await repositoryArgument('.', join(folder, 'my project'))).toMatchObject(expected)
})

it('refuses what is neither, saying what to give', async () => {
  await expect(repositoryArgument('github.com/org/name', folder)).rejects.toThrow('an address such as https://')
  await expect(repositoryArgument('file:///etc', folder)).rejects.toThrow('"file:" are not accepted')
})

it('takes user and token out of an address', async () => {
  const given = await repositoryArgument('https://u:p%40ss@example.com/a', folder)
  expect(given).toMatchObject({
    source: { url: 'https://example.com/a' },
    credential: { username: 'u', token: 'p@ss' },
  })
  expect(given.id).toBe((await repositoryArgument('https://example.com/a', folder)).id)
})

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { codeVersion, readMemory, writeMemory } from '#lib/update/memory-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-memory-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('gives back what was left there, and leaves no other file', async () => {
  const file = join(folder, 'one.json')
  await writeMemory(file, 'v1', { pages: ['ä', 2] })
  await writeMemory(file, 'v1', { pages: ['ä', 3] })
  expect(await readMemory(file, 'v1')).toEqual({ pages: ['ä', 3] })
  expect(await readdir(folder)).toEqual(['one.json'])
})

it('takes what is absent, of another version, cut off or changed for nothing', async () => {
  const file = join(folder, 'one.json')
  expect(await readMemory(file, 'v1')).toBeNull()
  await writeMemory(file, 'v1', { pages: ['a', 2] })
  expect(await readMemory(file, 'v2')).toBeNull()
  const text = await readFile(file, 'utf8')
  for (const damaged of [text.slice(0, -1), text.slice(0, 20), text.replace('"a"', '"b"'), '', '\n']) {
    await writeFile(file, damaged)
    expect(await readMemory(file, 'v1')).toBeNull()
  }
})

it('tells versions of the code apart', async () => {
  await writeFile(join(folder, 'a.ts'), 'one')
  const before = codeVersion([folder])
  await writeFile(join(folder, 'a.test.ts'), 'a test is no code')
  expect(codeVersion([folder])).toBe(before)
  await writeFile(join(folder, 'a.ts'), 'two')
  expect(codeVersion([folder])).not.toBe(before)
})

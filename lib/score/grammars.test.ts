import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { Grammars } from './grammars.ts'

/** The tree of 14,000 such lines would take gigabytes. */
const BREAKS_OFF = 'Foo<\n'.repeat(14_000)

it('reads examples after one that broke its parser off', async () => {
  const grammars = new Grammars()
  expect(await grammars.parses('java', BREAKS_OFF)).toBe(false)
  expect(await grammars.parses('java', 'class A {}')).toBe(true)
  expect(await grammars.parses('typescript', 'const a: number = 1')).toBe(true)
  expect(await grammars.parses('typescript', 'const = = (')).toBe(false)
  grammars.delete()
})

it('reads examples side by side, one of which breaks off what the others wait for', async () => {
  const grammars = new Grammars()
  const texts = ['class A {}', BREAKS_OFF, 'class B {}', 'class {', 'class C {}']
  const read = texts.map((text) => grammars.parses('java', text))
  const others = ['const a = 1', 'const = = ('].map((text) => grammars.parses('typescript', text))
  expect(await Promise.all(read)).toEqual([true, false, true, false, true])
  expect(await Promise.all(others)).toEqual([true, false])
  grammars.delete()
})

it('reads examples after a file of the repository broke its parser off in this process', async () => {
  const { signal } = new AbortController()
  const snapshot = snapshotOfFiles({ 'A.java': BREAKS_OFF })
  const facts = await extractFacts({ snapshot, name: 'broken', signal, progress: () => {} })
  expect(facts.files.filter(({ skipped }) => skipped)).toHaveLength(1)
  const grammars = new Grammars()
  expect(await grammars.parses('java', 'class A {}')).toBe(true)
  grammars.delete()
})

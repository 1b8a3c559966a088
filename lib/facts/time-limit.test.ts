import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { type ExtractRequest, extractFacts } from './extract-facts.ts'

// A bound, not an expectation: these files cost ten seconds of a processor that thirty programs may wait for.
vi.setConfig({ testTimeout: 300_000 })

/** No comment ends: the time to find that out grows with the square of the lines, the memory hardly at all. */
const SLOW = '/*\n'.repeat(200_000)
/** Each line may open a generic type: the memory its tree takes grows with the square of the lines. */
const LARGE = 'Foo<\n'.repeat(14_000)

function extract(files: Record<string, string>, more: Partial<ExtractRequest>) {
  const { signal } = new AbortController()
  return extractFacts({ snapshot: snapshotOfFiles(files), name: 'slow', signal, progress: () => {}, ...more })
}

it.each([
  ['the main thread', { most: 0, fromBytes: 0 }],
  ['a thread of its own', { most: 2, fromBytes: 0 }],
])('gives up a file that takes %s too long, says so, and reads all others', async (_, threads) => {
  const files: Record<string, string> = { 'src/part10.kt': SLOW }
  for (let n = 0; n < 40; n += 1) files[`src/part${n}.ts`] = `export const part${n} = ${n}\n`
  const facts = await extract(files, { threads, limits: { maxFileMs: 2_000 } })
  expect(facts.files.filter(({ skipped }) => skipped).map(({ path }) => path)).toEqual(['src/part10.kt'])
  expect(facts.limits).toEqual(['1 file was not read: took longer than 2 s (src/part10.kt).'])
  expect(facts.symbols).toHaveLength(40)
})

it('gives up a script that only its first line gives away like any other file', async () => {
  const files = { run: `#!/usr/bin/env ruby\n${"puts 'a' + b(1)\n".repeat(200_000)}`, 'b.ts': 'export const b = 1\n' }
  const facts = await extract(files, {
    threads: { most: 0, fromBytes: 0 },
    limits: { maxFileMs: 400, maxFileBytes: 4_000_000 },
  })
  expect(facts.limits).toEqual(['1 file was not read: took longer than 0.4 s (run).'])
  expect(facts.symbols.map(({ name }) => name)).toEqual(['b'])
})

it('gives up a file whose tree needs too much memory, says so, remembers it, and reads all others', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'docsfy-large-'))
  const files = { 'src/A.java': 'public class A {}\n', 'src/B.java': LARGE, 'src/C.java': 'public class C {}\n' }
  const facts = await extract(files, { cacheDir, threads: { most: 1, fromBytes: 0 } })
  expect(facts.limits).toEqual(['1 file was not read: a syntax tree of more than 160 MB (src/B.java).'])
  expect(facts.symbols.map(({ name }) => name)).toEqual(['A', 'C'])
  const readBlob = (oid: string) => Promise.reject(new Error(`${oid} was read again`))
  expect(await extract(files, { cacheDir, snapshot: { ...snapshotOfFiles(files), readBlob } })).toEqual(facts)
  await rm(cacheDir, { recursive: true, force: true })
})

it('gives up a file whose tree would take gigabytes, and takes no more memory than one thread may have', async () => {
  const files = { 'src/a.cs': 'Foo<\n'.repeat(60_000), 'src/b.ts': 'export const b = 1\n' }
  const facts = await extract(files, { threads: { most: 1, fromBytes: 0 } })
  expect(facts.files.filter(({ skipped }) => skipped).map(({ path }) => path)).toEqual(['src/a.cs'])
  expect(facts.symbols.map(({ name }) => name)).toEqual(['b'])
  expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(1_000)
})

it('does not remember what took too long: the machine may be quicker the next time', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'docsfy-slow-'))
  const files = { 'a.kt': SLOW, 'b.ts': 'export const b = 1\n' }
  const first = await extract(files, { cacheDir, limits: { maxFileMs: 2_000 } })
  expect(first.limits).toEqual(['1 file was not read: took longer than 2 s (a.kt).'])
  const { readBlob, ...snapshot } = snapshotOfFiles(files)
  const read: string[] = []
  const logged = (oid: string) => {
    read.push(snapshot.entries.find((entry) => entry.oid === oid)?.path ?? oid)
    return readBlob(oid)
  }
  await extract(files, { snapshot: { ...snapshot, readBlob: logged }, cacheDir, limits: { maxFileMs: 2_000 } })
  expect(new Set(read)).toEqual(new Set(['a.kt']))
  await rm(cacheDir, { recursive: true, force: true })
})

it('ends at once when it is aborted while a file takes long', async () => {
  const controller = new AbortController()
  const files = { 'src/part0.kt': SLOW, 'src/part1.ts': 'export const one = 1\n' }
  // Without the abort the slow file would be waited for longer than this test may take.
  const running = extract(files, { signal: controller.signal, limits: { maxFileMs: 600_000 } })
  setTimeout(() => controller.abort(), 1_500)
  await expect(running).rejects.toMatchObject({ code: 'aborted' })
})

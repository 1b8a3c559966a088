import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { type ExtractRequest, extractFacts } from './extract-facts.ts'

/** Each line may open a generic type or compare: the time its tree takes grows with the square of the lines. */
const SLOW = 'a<\n'.repeat(200_000)

function extract(files: Record<string, string>, more: Partial<ExtractRequest>) {
  const { signal } = new AbortController()
  return extractFacts({ snapshot: snapshotOfFiles(files), name: 'slow', signal, progress: () => {}, ...more })
}

it.each([
  ['the main thread', { most: 0, fromBytes: 0 }],
  ['a thread of its own', { most: 2, fromBytes: 0 }],
])('gives up a file that takes %s too long, says so, and reads all others', async (_, threads) => {
  const files: Record<string, string> = { 'src/part10.cs': SLOW }
  for (let n = 0; n < 40; n += 1) files[`src/part${n}.ts`] = `export const part${n} = ${n}\n`
  const facts = await extract(files, { threads, limits: { maxFileMs: 2_000 } })
  expect(facts.files.filter(({ skipped }) => skipped).map(({ path }) => path)).toEqual(['src/part10.cs'])
  expect(facts.limits).toEqual(['1 file was not read: took longer than 2 s (src/part10.cs).'])
  expect(facts.symbols).toHaveLength(40)
})

it('gives up a file that makes its parser break off, says so, and reads all others', async () => {
  const files = { 'src/A.java': 'Foo<\n'.repeat(14_000), 'src/B.java': 'public class B {}\n' }
  const facts = await extract(files, { threads: { most: 1, fromBytes: 0 } })
  // On a machine that has much else to do, the time limit comes first.
  const reason = /^1 file was not read: (?:its parser broke off|took longer than 5 s) \(src\/A\.java\)\.$/
  expect(facts.limits).toEqual([expect.stringMatching(reason)])
  expect(facts.symbols.map(({ name }) => name)).toEqual(['B'])
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
  const files = { 'a.cs': SLOW, 'b.ts': 'export const b = 1\n' }
  const first = await extract(files, { cacheDir, limits: { maxFileMs: 2_000 } })
  expect(first.limits).toEqual(['1 file was not read: took longer than 2 s (a.cs).'])
  const { readBlob, ...snapshot } = snapshotOfFiles(files)
  const read: string[] = []
  const logged = (oid: string) => {
    read.push(snapshot.entries.find((entry) => entry.oid === oid)?.path ?? oid)
    return readBlob(oid)
  }
  await extract(files, { snapshot: { ...snapshot, readBlob: logged }, cacheDir, limits: { maxFileMs: 2_000 } })
  expect(new Set(read)).toEqual(new Set(['a.cs']))
  await rm(cacheDir, { recursive: true, force: true })
})

it('ends at once when it is aborted while a file takes long', async () => {
  const controller = new AbortController()
  const startedMs = performance.now()
  const running = extract(
    { 'src/part0.cs': SLOW, 'src/part1.ts': 'export const one = 1\n' },
    { signal: controller.signal },
  )
  setTimeout(() => controller.abort(), 1_000)
  await expect(running).rejects.toMatchObject({ code: 'aborted' })
  expect(performance.now() - startedMs).toBeLessThan(4_500)
})

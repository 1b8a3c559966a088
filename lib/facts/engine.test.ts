import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { extractorFiles } from './cache/extractor-version.ts'
import { type ExtractRequest, extractFacts } from './extract-facts.ts'

const EAGER = { most: 2, fromBytes: 0 }
const NONE = { most: 0, fromBytes: 0 }

/** Files of five languages, far more than the threads are given at once. */
function manyFiles(count = 60): Record<string, string> {
  const files: Record<string, string> = {
    'README.md': '# Many\n\nMany is a sample.\n',
    'package.json': '{"name":"many"}',
  }
  for (let n = 0; n < count; n += 1) {
    files[`src/part${n}.ts`] = `/** Part ${n}. */\nexport function part${n}(a: number): number { return a + ${n} }\n`
    files[`src/part${n}.py`] = `"""Part ${n}."""\n\ndef part_${n}(a: int = ${n}) -> int:\n    return a\n`
    files[`src/part${n}.go`] = `package src\n\n// Part${n} is a part.\nfunc Part${n}(a int) int { return a }\n`
    files[`bin/part${n}.sh`] = `#!/bin/bash\n# Runs part ${n}.\npart_${n}() {\n  echo "${n}"\n}\n`
  }
  return files
}

function extract(files: Record<string, string>, more: Partial<ExtractRequest & { read: string[] }> = {}) {
  const snapshot = snapshotOfFiles(files)
  const pathOf = new Map(snapshot.entries.map(({ oid, path }) => [oid, path]))
  const readBlob = (oid: string) => {
    more.read?.push(pathOf.get(oid) ?? '')
    return snapshot.readBlob(oid)
  }
  const { signal } = new AbortController()
  return extractFacts({ snapshot: { ...snapshot, readBlob }, name: 'many', signal, progress: () => {}, ...more })
}

const skipped = (facts: Facts) => facts.files.flatMap(({ path, skipped: why }) => (why ? [`${path}: ${why}`] : []))

describe('threads', () => {
  it('gives the same bytes with threads as without', async () => {
    const alone = JSON.stringify(await extract(manyFiles(), { threads: NONE }))
    expect(JSON.stringify(await extract(manyFiles(), { threads: EAGER }))).toBe(alone)
  })

  it('parses no more code than allowed, whoever parses', async () => {
    const limits = { maxParsedBytes: 3_000 }
    const alone = await extract(manyFiles(), { threads: NONE, limits })
    expect(skipped(alone).length).toBeGreaterThan(100)
    expect(await extract(manyFiles(), { threads: EAGER, limits })).toEqual(alone)
  })
})

describe('the cache', () => {
  let cacheDir = ''
  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'docsfy-facts-'))
  })
  afterEach(() => rm(cacheDir, { recursive: true, force: true }))

  it('reads nothing again when nothing changed, and one file when one did', async () => {
    const first = await extract(manyFiles(), { cacheDir })
    const again: string[] = []
    expect(JSON.stringify(await extract(manyFiles(), { cacheDir, read: again }))).toBe(JSON.stringify(first))
    expect(again).toEqual([])
    const changed = { ...manyFiles(), 'src/part7.ts': 'export const seven = 7\n' }
    const read: string[] = []
    const facts = await extract(changed, { cacheDir, read })
    expect(read).toEqual(['src/part7.ts'])
    expect(JSON.stringify(facts)).toBe(JSON.stringify(await extract(changed)))
  })

  it('takes nothing from damaged files, and writes them anew', async () => {
    const first = JSON.stringify(await extract(manyFiles(), { cacheDir }))
    const names = await readdir(cacheDir)
    expect(names.map((name) => name.split('-')[0]).sort()).toEqual(['facts', 'records'])
    for (const name of names) {
      const bytes = await readFile(join(cacheDir, name))
      bytes.fill('x', Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40)
      await writeFile(join(cacheDir, name), bytes)
    }
    const read: string[] = []
    expect(JSON.stringify(await extract(manyFiles(), { cacheDir, read }))).toBe(first)
    expect(read.length).toBeGreaterThan(0)
    const again: string[] = []
    expect(JSON.stringify(await extract(manyFiles(), { cacheDir, read: again }))).toBe(first)
    expect(again).toEqual([])
    for (const name of await readdir(cacheDir)) await writeFile(join(cacheDir, name), 'torn')
    expect(JSON.stringify(await extract(manyFiles(), { cacheDir }))).toBe(first)
  })

  it('may be used by several runs at once, and stays small over many', async () => {
    const versions = Array.from({ length: 12 }, (_, n) => ({
      ...manyFiles(),
      'src/part1.ts': `export const v = ${n}\n`,
    }))
    await Promise.all(versions.slice(0, 4).map((files) => extract(files, { cacheDir })))
    for (const files of versions) expect((await extract(files, { cacheDir })).files).toHaveLength(242)
    const names = await readdir(cacheDir)
    expect(names.filter((name) => name.startsWith('facts-')).length).toBeLessThanOrEqual(3)
    expect(names.filter((name) => name.startsWith('records-')).length).toBeLessThanOrEqual(7)
  })

  it('writes of the next commit what is other, and of many commits no more than a few times the whole', async () => {
    const section = (_: unknown, n: number) => `## Part ${n}\n\n${'It hardly ever changes. '.repeat(40)}\n`
    const long = { 'README.md': `# Many\n\n${Array.from({ length: 300 }, section).join('\n')}` }
    const version = (n: number) => ({ ...manyFiles(5), ...long, 'src/part1.ts': `export const v = ${n}\n` })
    const packs = async () =>
      Promise.all(
        (await readdir(cacheDir))
          .filter((name) => name.startsWith('facts-'))
          .map(async (name) => ({ name, size: (await stat(join(cacheDir, name))).size })),
      )
    await extract(version(0), { cacheDir })
    const [first] = await packs()
    const second = JSON.stringify(await extract(version(1), { cacheDir }))
    const added = (await packs()).find(({ name }) => name !== first?.name)
    expect(added?.size).toBeLessThan((first?.size ?? 0) / 10)
    for (let n = 2; n < 14; n += 1) await extract(version(n), { cacheDir })
    expect((await packs()).length).toBeLessThan(12)
    for (const { size } of await packs()) expect(size).toBeLessThan((first?.size ?? 0) * 1.5)
    const read: string[] = []
    expect(JSON.stringify(await extract(version(13), { cacheDir, read }))).toBe(
      JSON.stringify(await extract(version(13))),
    )
    expect(read).toEqual([])
    for (const { name } of await packs()) await rm(join(cacheDir, name))
    await extract(version(0), { cacheDir })
    const [whole] = await packs()
    await extract(version(1), { cacheDir })
    await rm(join(cacheDir, whole?.name ?? ''))
    expect(JSON.stringify(await extract(version(1), { cacheDir }))).toBe(second)
  })

  it('works when the folder cannot be written', async () => {
    await writeFile(join(cacheDir, 'file'), '')
    const facts = await extract(manyFiles(5), { cacheDir: join(cacheDir, 'file', 'below') })
    expect(facts.files).toHaveLength(22)
  })
})

it('has every file that extraction imports in its version', async () => {
  const known = new Set(extractorFiles())
  const root = join(import.meta.dirname, '..', '..')
  for (const path of known) {
    const text = await readFile(path, 'utf8')
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export)\b.*? from '(\.\/[^']+|#lib\/[^']+)'/gms)) {
      const target = specifier.startsWith('#') ? join(root, specifier.slice(1)) : join(path, '..', specifier)
      const isNeutral = /lib\/(?:atomic-write|config|log)\.ts$/.test(target)
      expect(isNeutral || known.has(target), `${path} imports ${specifier}`).toBe(true)
    }
  }
})

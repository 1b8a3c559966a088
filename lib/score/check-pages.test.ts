import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { CheckMemory } from '#lib/score/check-memory.ts'
import { checkPages } from '#lib/score/check-pages.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'

let repository: Awaited<ReturnType<typeof createTempRepository>>
let snapshot: Snapshot
const { signal } = new AbortController()

beforeAll(async () => {
  repository = await createTempRepository({
    files: { 'lib/a.ts': 'export const port = 1\nexport function open() {}\n' },
  })
  const limits = { maxRepoBytes: 1e9, maxRepoFiles: 100, cloneTimeoutMs: 1000, maxConcurrentPages: 1 }
  snapshot = await openSnapshot({
    ...(await openLocalRepository({ path: repository.path, branch: null })),
    limits,
    signal,
  })
})
afterAll(async () => {
  await repository.remove()
})

async function misses(markdown: string) {
  const pages = [
    { slug: 'p', markdown },
    { slug: 'other', markdown: '# Other\n\n## A & B\n' },
  ]
  const [check] = await checkPages({ pages, snapshot, signal })
  return check?.misses.map(({ kind, claim }) => `${kind} ${claim}`)
}

describe('checkPages', () => {
  it('accepts what the commit bears out', async () => {
    const text =
      '# P\n\n`open()` in `lib/a.ts` and `lib/`: [x](source:lib/a.ts#L1-L2) [y](other.md#a--b) [z](#p) [w](https://e.org/#no)'
    expect(await misses(text)).toEqual([])
  })

  it('reports a missing file, a range past the end and an inverted range', async () => {
    const text = '[x](source:no.ts#L1) [x](source:lib/a.ts#L3) [x](source:lib/a.ts#L2-L1)'
    expect(await misses(text)).toEqual([
      'citation source:no.ts#L1',
      'citation source:lib/a.ts#L3',
      'citation source:lib/a.ts#L2-L1',
    ])
  })

  it('takes names in capitals in any letter case, and all others exactly', async () => {
    expect(await misses('`PORT` and `port` but not `Port`')).toEqual(['identifier Port'])
  })

  it('reports broken pages and anchors', async () => {
    expect(await misses('[x](gone.md) [x](other.md#gone) [x](#gone)')).toEqual([
      'link gone.md',
      'link other.md#gone',
      'link #gone',
    ])
  })

  it('reports names and paths the repository does not have, but not prose in code ticks', async () => {
    expect(await misses('`gopkg.in/yaml.v3` `openDoor` `lib/b.ts` `Widget.open` `two words` `--flag` `5`')).toEqual([
      'identifier openDoor',
      'path lib/b.ts',
      'identifier Widget.open',
    ])
  })
})

it('remembers what cannot change, and nothing that the commit decides', async () => {
  const files = {
    'src/a.ts': 'export const lamp = 1\n',
    'src/b.ts': 'export const __proto__ = 2\n',
    'docs/x.md': 'one\n',
  }
  const page = {
    slug: 'p',
    markdown: '# P\n\n`lamp` `__proto__` [x](source:docs/x.md#L1) `src/b.ts` `constructorOf`\n',
  }
  const check = async (contents: Record<string, string>, memory?: CheckMemory) => {
    const [result] = await checkPages({ pages: [page], snapshot: snapshotOfFiles(contents), signal, memory })
    return result
  }
  const memory = new CheckMemory()
  const first = await check(files, memory)
  expect(first?.misses.map(({ claim }) => claim)).toEqual(['constructorOf'])
  const changes: Record<string, string>[] = [
    files,
    { ...files, 'src/a.ts': 'export const bulb = 1\n' },
    { ...files, 'docs/x.md': '' },
    { 'src/a.ts': files['src/a.ts'], 'docs/x.md': 'one\n' },
    { ...files, 'src/c.ts': 'constructorOf()\n' },
  ]
  for (const changed of changes)
    expect(await check(changed, new CheckMemory(memory.toJson()))).toEqual(await check(changed))
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { CheckMemory, type StoredChecks } from '#lib/score/check-memory.ts'
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

describe('memory', () => {
  const files = {
    'src/a.ts': 'export const lamp = 1\n',
    'src/b.ts': 'export const __proto__ = 2\n',
    'src/bulb.ts': '\n',
    'docs/x.md': 'one\ntwo\n',
  }
  const other = { slug: 'other', markdown: '# Other\n\n## Part\n' }
  const sound = {
    slug: 'constructor',
    markdown: '# P\n\n`lamp` `__proto__` `bulb` [x](source:docs/x.md#L1-L2) `src/b.ts` [o](other.md#part)\n',
  }
  const wrong = { slug: 'wrong', markdown: '# P\n\n`lamp` `constructorOf` `NOWHERE_AT_ALL`\n' }
  const pages = [sound, other, wrong]

  async function check(contents: Record<string, string>, given = pages, memory?: CheckMemory) {
    return await checkPages({ pages: given, snapshot: snapshotOfFiles(contents), signal, memory })
  }

  async function remembered(): Promise<StoredChecks> {
    const memory = new CheckMemory()
    await check(files, pages, memory)
    return JSON.parse(JSON.stringify(memory.toStored(() => true)))
  }

  it('decides nothing that the commit or another page decides', async () => {
    const changes: Record<string, string>[] = [
      files,
      { ...files, 'src/a.ts': 'export const bulb = 1\n' },
      { ...files, 'src/a.ts': 'const moved = 1\n', 'src/z.ts': 'const lamp = 1\n' },
      { ...files, 'docs/x.md': 'one\n' },
      { 'src/a.ts': files['src/a.ts'], 'src/bulb.ts': '', 'docs/x.md': 'one\ntwo\n' },
      { 'src/a.ts': files['src/a.ts'], 'src/b.ts': files['src/b.ts'], 'docs/x.md': 'one\ntwo\n' },
      { ...files, 'src/c.ts': 'constructorOf() // nowhere_at_all\n' },
    ]
    const stored = await remembered()
    for (const changed of changes)
      expect(await check(changed, pages, new CheckMemory(stored))).toEqual(await check(changed))
    for (const markdown of ['# Other\n', '# Other\n\n## Part\n\nMore `lamp`.\n']) {
      const now = [sound, { ...other, markdown }, wrong]
      expect(await check(files, now, new CheckMemory(stored))).toEqual(await check(files, now))
    }
    expect(await check(files, [sound], new CheckMemory(stored))).toEqual(await check(files, [sound]))
  })

  it('says nothing of a name in capitals from what is known of the same name in small letters', async () => {
    const named = [{ slug: 'names', markdown: '# P\n\n`POST_IT` `post_it`\n' }]
    const contents = { 'src/a.ts': 'POST_IT()\n', 'src/b.ts': 'post_it()\n' }
    const memory = new CheckMemory()
    await check(contents, named, memory)
    const changed = { ...contents, 'src/a.ts': 'POST_IT(1)\n' }
    const [page] = await check(changed, named, new CheckMemory(memory.toStored(() => true)))
    expect(page?.misses).toEqual([])
  })

  it('reads no file again for a page that stands', async () => {
    const stored = await remembered()
    const snapshot = snapshotOfFiles(files)
    const read: string[] = []
    const readBlob = async (oid: string) => {
      read.push(oid)
      return await snapshot.readBlob(oid)
    }
    const watched = { ...snapshot, readBlob }
    const memory = new CheckMemory(stored)
    await checkPages({ pages: [sound, other], snapshot: watched, signal, memory })
    expect(read).toEqual([])
    expect(memory.toStored(() => true)).toEqual({ ...stored, pages: expect.arrayContaining(stored.pages) })
  })
})

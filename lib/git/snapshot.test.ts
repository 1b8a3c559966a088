import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDocsfyError } from '#lib/errors.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { ObjectStore } from './object-store.ts'
import { openSnapshot } from './snapshot.ts'

let repository: TempRepository
const never = new AbortController().signal

beforeEach(async () => {
  repository = await createTempRepository({ files: { 'b/z.txt': 'z', 'B.txt': 'B', 'a.txt': 'a', 'a/x.txt': 'x' } })
})
afterEach(() => repository.remove())

function open(commit = repository.commit, maxRepoFiles = 1000) {
  const gitDir = join(repository.path, '.git')
  return openSnapshot({ gitDir, commit, branch: 'main', limits: { maxRepoFiles }, signal: never })
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  return isDocsfyError(error) ? { code: error.code, message: error.message } : { code: null, message: String(error) }
}

/** Writes an object from bytes, as no porcelain of Git would. */
function hashObject(type: string, content: Buffer): string {
  const args = ['-C', repository.path, 'hash-object', '-w', '--literally', '-t', type, '--stdin']
  return execFileSync('git', args, { input: content, encoding: 'utf8' }).trim()
}

function treeOf(items: [mode: string, name: string | Buffer, oid: string][]): string {
  const parts = items.map(([mode, name, oid]) =>
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.alloc(1), Buffer.from(oid, 'hex')]),
  )
  return hashObject('tree', Buffer.concat(parts))
}

const commitTree = (tree: string) => repository.git('commit-tree', '-m', 'Made by hand', tree)

describe('a snapshot', () => {
  it('lists files in code-unit order with the time of the commit', async () => {
    const snapshot = await open()
    expect(snapshot.entries.map(({ path }) => path)).toEqual(['B.txt', 'a.txt', 'a/x.txt', 'b/z.txt'])
    expect(snapshot).toMatchObject({
      commit: repository.commit,
      branch: 'main',
      committedAt: '2026-01-02T03:05:05.000Z',
    })
  })

  it('reads every version of every file as Git does, loose, packed and as deltas', async () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `line ${i} ${createHash('sha1').update(String(i)).digest('hex')}`,
    )
    const commits: string[] = []
    for (let i = 0; i < 12; i += 1) {
      lines.splice(i * 20, 3, `changed ${i}`)
      commits.push(
        await repository.write(
          { 'big.txt': lines.join('\n'), 'empty.txt': '', [`n${i}.bin`]: Buffer.from([0, i, 255]) },
          `${i}`,
        ),
      )
    }
    const check = async () => {
      for (const commit of commits) {
        const snapshot = await open(commit)
        for (const { oid, path } of snapshot.entries) {
          const content = Buffer.from((await snapshot.readBlob(oid)) ?? [])
          const id = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
          expect({ path, id }).toEqual({ path, id: oid })
        }
      }
    }
    await check()
    await repository.git('repack', '-q', '-a', '-d', '-f', '--depth=50')
    const store = new ObjectStore(join(repository.path, '.git'))
    for (const line of (await repository.git('cat-file', '--batch-all-objects', '--batch-check')).split('\n')) {
      const [oid = '', , bytes] = line.split(' ')
      expect({ oid, bytes: store.sizeOf(oid) }).toEqual({ oid, bytes: Number(bytes) })
    }
    expect(await repository.git('count-objects', '-v')).toContain('in-pack')
    await check()
  })

  it('leaves out symlinks and submodules and says so', async () => {
    await symlink('/etc/passwd', join(repository.path, 'link'))
    await repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.commit},vendor/lib`)
    await repository.git('add', 'link')
    await repository.git('commit', '-q', '-m', 'Special')
    const { entries, skippedEntries } = await open(await repository.git('rev-parse', 'HEAD'))
    expect(entries.map(({ path }) => path)).not.toContain('link')
    expect(skippedEntries).toEqual([
      { path: 'link', kind: 'symlink' },
      { path: 'vendor/lib', kind: 'submodule' },
    ])
  })

  it('keeps names that are not UTF-8 apart, and odd names as they are', async () => {
    const blob = hashObject('blob', Buffer.from('x'))
    const tree = treeOf([
      ['100644', '__proto__', blob],
      ['100644', Buffer.from([0x61, 0xff]), blob],
      ['100755', Buffer.from([0x61, 0xfe]), blob],
      ['100644', 'new\nline <b>', blob],
    ])
    const { entries } = await open(await commitTree(tree))
    expect(entries.map(({ path }) => path)).toEqual(['__proto__', 'a\\xfe', 'a\\xff', 'new\nline <b>'])
    expect(entries.map(({ executable }) => executable)).toEqual([false, true, false, false])
  })
})

describe('a hostile commit', () => {
  it('with ten to the tenth files in a few hundred bytes is refused at once', async () => {
    const blob = hashObject('blob', Buffer.from('x'))
    let tree = treeOf(Array.from({ length: 10 }, (_, i) => ['100644', `f${i}`, blob]))
    let bare = treeOf([])
    for (let level = 0; level < 9; level += 1) {
      tree = treeOf(Array.from({ length: 10 }, (_, i) => ['40000', `d${i}`, tree]))
      bare = treeOf(Array.from({ length: 10 }, (_, i) => ['40000', `d${i}`, bare]))
    }
    for (const bomb of [tree, bare])
      expect(await failureOf(open(await commitTree(bomb)))).toMatchObject({ code: 'limit_reached' })
  })

  it('with folders over 100 deep or an endless name is refused', async () => {
    const blob = hashObject('blob', Buffer.from('x'))
    let tree = treeOf([['100644', 'f', blob]])
    for (let level = 0; level < 120; level += 1) tree = treeOf([['40000', 'd', tree]])
    expect((await failureOf(open(await commitTree(tree)))).message).toContain('nested deeper than 100')
    const long = treeOf([['100644', 'n'.repeat(2000), blob]])
    expect((await failureOf(open(await commitTree(long)))).message).toContain('path longer than')
  })

  it.each(['..', '.', '', 'a/b'])('with a file named "%s" is refused', async (name) => {
    const blob = hashObject('blob', Buffer.from('x'))
    expect(await failureOf(open(await commitTree(treeOf([['100644', name, blob]]))))).toMatchObject({
      code: 'repository_unavailable',
      message: expect.stringContaining('forbidden file name'),
    })
  })

  it('with a file over 64 MB gives null for that file and reads the others', async () => {
    const commit = await repository.write({ 'huge.bin': Buffer.alloc(65 * 1024 * 1024) }, 'Huge')
    await repository.git('gc', '-q')
    const snapshot = await open(commit)
    const huge = snapshot.entries.find(({ path }) => path === 'huge.bin')
    expect(await snapshot.readBlob(String(huge?.oid))).toBeNull()
  })
})

it('says that an object is missing, and which', async () => {
  const snapshot = await open()
  for (const oid of ['0'.repeat(40), '../../../../etc/passwd', ''])
    expect(await failureOf(snapshot.readBlob(oid))).toMatchObject({ code: 'repository_unavailable' })
  expect((await failureOf(open('1'.repeat(40)))).message).toContain('1'.repeat(40))
})

it('stops reading once aborted', async () => {
  const controller = new AbortController()
  const gitDir = join(repository.path, '.git')
  const options = { gitDir, commit: repository.commit, branch: 'main', limits: { maxRepoFiles: 10 } }
  const snapshot = await openSnapshot({ ...options, signal: controller.signal })
  controller.abort()
  expect((await failureOf(snapshot.readBlob(String(snapshot.entries[0]?.oid)))).code).toBe('aborted')
})

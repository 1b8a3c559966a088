import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageFor } from '#lib/errors.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { openLocalRepository } from './open-local.ts'
import { openSnapshot } from './snapshot.ts'

let repository: TempRepository

beforeEach(async () => {
  repository = await createTempRepository({ files: { 'a.txt': 'one\n', 'sub/b.txt': 'two\n' } })
})
afterEach(() => repository.remove())

async function pathsOf(path: string, branch: string | null = null) {
  const opened = await openLocalRepository({ path, branch })
  const limits = { maxRepoFiles: 100 }
  const snapshot = await openSnapshot({ ...opened, limits, signal: new AbortController().signal })
  await Promise.all(snapshot.entries.map(({ oid }) => snapshot.readBlob(oid)))
  return { ...opened, paths: snapshot.entries.map(({ path: name }) => name) }
}

const failureOf = (path: string, branch: string | null = null) =>
  openLocalRepository({ path, branch }).then(() => 'opened', messageFor)

describe('openLocalRepository', () => {
  it('reads the commit HEAD names, not the working tree', async () => {
    await writeFile(join(repository.path, 'untracked.txt'), 'x')
    expect(await pathsOf(repository.path)).toMatchObject({
      commit: repository.commit,
      branch: 'main',
      paths: ['a.txt', 'sub/b.txt'],
    })
  })

  it('reads another branch than the one checked out, with packed references too', async () => {
    await repository.git('checkout', '-q', '-b', 'topic/one')
    const commit = await repository.write({ 'c.txt': 'three\n' }, 'Topic')
    await repository.git('checkout', '-q', 'main')
    await repository.git('pack-refs', '--all')
    await repository.git('gc', '-q')
    expect(await pathsOf(repository.path, 'topic/one')).toMatchObject({
      commit,
      paths: ['a.txt', 'c.txt', 'sub/b.txt'],
    })
    expect(await pathsOf(repository.path, 'main')).toMatchObject({ commit: repository.commit })
  })

  it('reads a tag, the commit behind an annotated one, and a commit by its whole or shortened id', async () => {
    await repository.git('tag', '-a', 'v1', '-m', 'Release')
    const later = await repository.write({ 'c.txt': 'three\n' }, 'Later')
    const { commit } = repository
    for (const name of ['v1', 'refs/tags/v1', commit, commit.slice(0, 7)])
      expect(await pathsOf(repository.path, name)).toMatchObject({
        commit,
        branch: name,
        paths: ['a.txt', 'sub/b.txt'],
      })
    await repository.git('gc', '-q')
    expect(await pathsOf(repository.path, commit.slice(0, 10))).toMatchObject({ commit })
    expect(await pathsOf(repository.path, later)).toMatchObject({ commit: later })
    await repository.git('tag', 'notes', 'HEAD:a.txt')
    expect(await failureOf(repository.path, 'notes')).toContain('something other than a commit')
    expect(await failureOf(repository.path, 'v2')).toContain('Similar: v1.')
  })

  it('names a detached HEAD by its short commit id', async () => {
    await repository.git('checkout', '-q', '--detach')
    expect(await pathsOf(repository.path)).toMatchObject({ branch: repository.commit.slice(0, 7) })
  })

  it('reads a bare repository, a linked worktree, and a clone that borrows its objects', async () => {
    const at = (name: string) => join(repository.root, name)
    await repository.git('clone', '-q', '--bare', repository.path, at('bare.git'))
    await repository.git('clone', '-q', '--shared', repository.path, at('borrower'))
    await repository.git('worktree', 'add', '-q', '-b', 'side', at('side'))
    const commit = await repository.git('-C', at('side'), 'commit-tree', '-m', 'Side', '-p', 'HEAD', 'HEAD^{tree}')
    await repository.git('-C', at('side'), 'reset', '-q', '--hard', commit)
    const paths = ['a.txt', 'sub/b.txt']
    expect(await pathsOf(at('bare.git'))).toMatchObject({ commit: repository.commit, branch: 'main', paths })
    expect(await pathsOf(at('borrower'))).toMatchObject({ commit: repository.commit, branch: 'main', paths })
    expect(await pathsOf(at('side'))).toMatchObject({ commit, branch: 'side', paths })
    expect(await pathsOf(repository.path)).toMatchObject({ commit: repository.commit })
  })

  it('starts nothing that the repository contains', async () => {
    const marker = join(repository.root, 'marker')
    await repository.git('config', 'core.fsmonitor', `touch ${marker}`)
    await repository.git('config', 'core.pager', `touch ${marker}`)
    await pathsOf(repository.path)
    expect(existsSync(marker)).toBe(false)
  })
})

describe('what cannot be opened says why', () => {
  it('no folder, no repository', async () => {
    await mkdir(join(repository.root, 'plain'))
    expect(await failureOf(join(repository.root, 'absent'))).toContain('is not a folder')
    expect(await failureOf(join(repository.path, 'a.txt'))).toContain('is not a folder')
    expect(await failureOf(join(repository.root, 'plain'))).toContain('is not a Git repository')
    expect(await failureOf(join(repository.path, 'sub'))).toContain('give its top folder')
  })

  it('no commits, no such branch, a branch name that is a path', async () => {
    const empty = join(repository.root, 'empty')
    await repository.git('init', '-q', empty)
    expect(await failureOf(empty)).toContain('no commits yet')
    expect(await failureOf(empty, 'main')).toContain('no commits yet')
    expect(await failureOf(repository.path, 'master')).toBe(
      'No branch, tag or commit "master" exists in this repository; its default branch is "main". Existing branches: main',
    )
    expect(await failureOf(repository.path, '../../HEAD')).toContain('must not contain ".."')
  })

  it('object ids that are not SHA-1', async () => {
    const other = join(repository.root, 'sha256')
    await repository.git('init', '-q', '--object-format=sha256', other)
    expect(await failureOf(other)).toContain('SHA-256')
  })
})

describe('a repository that may be read only inside some folders', () => {
  let root: string
  let hidden: TempRepository
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'docsfy-roots-'))
    hidden = await createTempRepository({ files: { 'secret.txt': 'hidden\n' } })
  })
  afterEach(async () => {
    await hidden.remove()
    await rm(root, { recursive: true })
  })
  const openIn = (path: string) =>
    openLocalRepository({ path, branch: null, roots: [root] }).then(() => 'opened', messageFor)
  /** A repository of its own inside the folder, of which `change` then leads outside. */
  async function leading(change: (gitDir: string) => Promise<unknown>): Promise<string> {
    const path = join(root, 'sample')
    await cp(repository.path, path, { recursive: true })
    await change(join(path, '.git'))
    return path
  }

  it('is opened when all of it lies there, links among its own objects included', async () => {
    const path = await leading((gitDir) => rename(join(gitDir, 'objects'), join(gitDir, 'moved')))
    await symlink(join(path, '.git', 'moved'), join(path, '.git', 'objects'))
    expect(await openIn(path)).toBe('opened')
  })

  it.each<[string, (gitDir: string) => Promise<unknown>]>([
    [
      'its .git file',
      async (gitDir) => [
        await rm(gitDir, { recursive: true }),
        await writeFile(gitDir, `gitdir: ${hidden.path}/.git\n`),
      ],
    ],
    [
      'a link in place of .git',
      async (gitDir) => [await rm(gitDir, { recursive: true }), await symlink(join(hidden.path, '.git'), gitDir)],
    ],
    ['its common folder', (gitDir) => writeFile(join(gitDir, 'commondir'), `${hidden.path}/.git\n`)],
    ['its alternates', (gitDir) => writeFile(join(gitDir, 'objects/info/alternates'), `${hidden.path}/.git/objects\n`)],
    ['a link among its objects', (gitDir) => symlink(join(hidden.path, '.git/objects'), join(gitDir, 'objects/ff'))],
    ['a link to one object', (gitDir) => symlink(join(hidden.path, '.git/HEAD'), join(gitDir, 'objects/info/one'))],
  ])('is refused when %s leads outside', async (_, change) => {
    const path = await leading(async (gitDir) => {
      await rm(join(gitDir, 'objects/ff'), { recursive: true, force: true })
      await mkdir(join(gitDir, 'objects/info'), { recursive: true })
      await change(gitDir)
    })
    expect(await openIn(path)).toContain('LOCAL_REPO_ROOTS')
  })
})

import fs, { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { listBranches, listTags, resolveRef } from 'isomorphic-git'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import type { OpenedRepository } from './fetch-repository.ts'
import { refuseOutside } from './local-bounds.ts'
import { ObjectStore } from './object-store.ts'
import { ambiguousCommit, notACommit, nothingToRead, refMissing } from './ref-errors.ts'
import { commitBehind } from './snapshot.ts'

const HEADS = 'refs/heads/'
const COMMIT_ID = /^[0-9a-f]{7,40}$/i

/** Where a repository keeps its own state, and what it shares with its other worktrees. */
interface GitDirs {
  own: string
  common: string
}

export interface LocalSource {
  path: string
  branch: string | null
  /** Folders it must lie in with all it is made of; none: it may lie anywhere. */
  roots?: string[]
}

/**
 * A repository in a folder of this machine, read as files: Git is never started in it, so nothing in it can run.
 * `branch` is a branch, a tag, a full ref name or a commit id; null is what HEAD says, with a detached HEAD the short id. Throws
 * `repository_unavailable`.
 */
export async function openLocalRepository(source: LocalSource): Promise<OpenedRepository> {
  const dirs = await gitDirs(resolve(source.path))
  await refuseOutside([source.path, dirs.own, dirs.common], source.roots ?? [])
  await refuseUnknownFormats(dirs.common)
  const head = (await readFile(join(dirs.own, 'HEAD'), 'utf8')).trim()
  const current = head.startsWith(`ref: ${HEADS}`) ? head.slice(`ref: ${HEADS}`.length) : null
  const branch = source.branch ?? current
  if (branch === null) {
    if (!/^[0-9a-f]{40}$/.test(head)) throw unavailable('HEAD of this repository cannot be read')
    return { gitDir: dirs.common, commit: head, branch: head.slice(0, 7) }
  }
  const commit = await commitOf(dirs.common, branch)
  if (commit) return { gitDir: dirs.common, commit, branch }
  const branches = await listBranches({ fs, gitdir: dirs.common })
  if (branches.length === 0 || source.branch === null) throw nothingToRead(branches)
  const tags = await listTags({ fs, gitdir: dirs.common })
  throw refMissing({ wanted: branch, fallback: current && branches.includes(current) ? current : null, branches, tags })
}

/** Where the repository in a folder is. Throws `repository_unavailable`. */
export async function gitDirs(path: string): Promise<GitDirs> {
  const folder = await stat(path).catch(() => null)
  if (!folder?.isDirectory()) throw unavailable(`${path} is not a folder: give the folder of a Git repository`)
  const own = await ownGitDir(path)
  if (!own || !existsSync(join(own, 'HEAD')))
    throw unavailable(`${path} is not a Git repository: give its top folder, the one that contains .git`)
  const pointer = join(own, 'commondir')
  const common = existsSync(pointer) ? resolve(own, (await readFile(pointer, 'utf8')).trim()) : own
  return { own, common }
}

/** The `.git` folder, what a `.git` file of a linked worktree names, or the folder itself when it is a bare repository. */
async function ownGitDir(path: string): Promise<string | null> {
  const dotGit = join(path, '.git')
  const kind = await stat(dotGit).catch(() => null)
  if (kind?.isDirectory()) return dotGit
  if (kind?.isFile()) {
    const target = /^gitdir: (.+)$/m.exec(await readFile(dotGit, 'utf8'))?.[1]
    return target ? resolve(path, target.trim()) : null
  }
  return existsSync(join(path, 'objects')) && existsSync(join(path, 'refs')) ? path : null
}

async function refuseUnknownFormats(common: string): Promise<void> {
  const config = await readFile(join(common, 'config'), 'utf8').catch(() => '')
  if (/^\s*objectformat\s*=\s*sha256/im.test(config))
    throw unavailable('This repository uses SHA-256 object ids, which are not supported yet')
  if (/^\s*refstorage\s*=\s*reftable/im.test(config))
    throw unavailable('This repository keeps its branches as a reftable, which is not supported yet')
}

/** A branch wins over a tag, a tag over a commit of that id: as for remote repositories. */
async function commitOf(common: string, wanted: string): Promise<string | null> {
  const problem = refNameProblem(wanted)
  if (problem) throw new DocsfyError('invalid_input', problem)
  const names = wanted.startsWith('refs/') ? [wanted] : [HEADS + wanted, `refs/tags/${wanted}`]
  for (const ref of names) {
    const oid = await resolveRef({ fs, gitdir: common, ref }).catch(() => null)
    if (!oid) continue
    const commit = commitBehind(new ObjectStore(common), oid)
    if (!commit) throw notACommit(wanted)
    return commit
  }
  if (!COMMIT_ID.test(wanted)) return null
  const found = new ObjectStore(common).commitsBeginningWith(wanted.toLowerCase())
  if (found.length > 1) throw ambiguousCommit(wanted, found)
  return found[0] ?? null
}

function unavailable(message: string): DocsfyError {
  return new DocsfyError('repository_unavailable', message)
}

import { breather } from '#lib/breather.ts'
import type { Limits } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { listTree } from './list-tree.ts'
import { type GitObject, ObjectStore } from './object-store.ts'
import { omittedFiles } from './omitted.ts'

const MAX_TAG_DEPTH = 10

export interface OpenSnapshot {
  /** Bare repository, `.git` folder, or common folder of a worktree. */
  gitDir: string
  commit: string
  branch: string
  limits: Pick<Limits, 'maxRepoFiles'>
  signal: AbortSignal
}

/**
 * A commit with all its file names; contents are read one by one as they are asked for. Throws `limit_reached` before
 * any content is read, `repository_unavailable` when objects are missing or damaged, `aborted`.
 */
export async function openSnapshot({ gitDir, commit, branch, limits, signal }: OpenSnapshot): Promise<Snapshot> {
  const store = openStore(gitDir)
  const omitted = omittedFiles(gitDir)
  const breathe = breather(signal)
  const { tree, committedAt } = readCommit(store, commit)
  const { entries, skippedEntries } = await listTree({ store, tree, limits, breathe })
  return {
    commit,
    committedAt,
    branch,
    entries,
    skippedEntries,
    async readBlob(oid) {
      await breathe()
      if (omitted.has(oid)) return null
      const object = readUnlessTooLarge(store, oid)
      if (!object) return null
      const { type, data } = object
      if (type !== 'blob') throw new DocsfyError('repository_unavailable', `The Git object ${oid} is not a file`)
      return data
    },
  }
}

/** One huge file must not end a run: it is null, and whoever reads says so. */
function readUnlessTooLarge(store: ObjectStore, oid: string): GitObject | null {
  try {
    return store.read(oid)
  } catch (error) {
    if (isDocsfyError(error) && error.code === 'limit_reached') return null
    throw error
  }
}

/** The tree and the time of a commit. Throws `repository_unavailable` when the id is not one of a commit. */
export function readCommit(store: ObjectStore, commit: string): { tree: string; committedAt: string } {
  const { type, data } = store.read(commit)
  const text = data.toString('latin1')
  const tree = /^tree ([0-9a-f]{40})\n/.exec(text)?.[1]
  if (type !== 'commit' || !tree) throw new DocsfyError('repository_unavailable', `${commit} is not a commit`)
  return { tree, committedAt: isoTime(/^committer .* (\d+) [+-]\d{4}$/m.exec(text)?.[1]) }
}

/** The commit an object is or, as a tag of tags, leads to; null when that is a file or a folder. */
export function commitBehind(store: ObjectStore, oid: string): string | null {
  let id = oid
  for (let depth = 0; depth < MAX_TAG_DEPTH; depth += 1) {
    const { type, data } = store.read(id)
    if (type === 'commit') return id
    const next = type === 'tag' ? /^object ([0-9a-f]{40})\n/.exec(data.toString('latin1', 0, 100))?.[1] : undefined
    if (!next) return null
    id = next
  }
  return null
}

/** Commits may carry any number as their time; one that no calendar knows counts as the epoch. */
function isoTime(seconds: string | undefined): string {
  const date = new Date(Number(seconds) * 1000)
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString()
}

function openStore(gitDir: string): ObjectStore {
  try {
    return new ObjectStore(gitDir)
  } catch (cause) {
    throw new DocsfyError('repository_unavailable', 'The objects of the repository cannot be read', { cause })
  }
}

import type { Breather } from '#lib/breather.ts'
import type { Limits } from '#lib/domain/job.ts'
import type { Snapshot, TreeEntry } from '#lib/domain/snapshot.ts'
import { DocsfyError } from '#lib/errors.ts'
import type { ObjectStore } from './object-store.ts'
import { parseTree, type TreeItem } from './tree.ts'

const MAX_DEPTH = 100
const MAX_PATH_LENGTH = 1024

export type Listing = Pick<Snapshot, 'entries' | 'skippedEntries'>

export interface ListTree {
  store: ObjectStore
  /** Id of the commit's tree. */
  tree: string
  limits: Pick<Limits, 'maxRepoFiles'>
  breathe: Breather
}

/**
 * Lists every file of a commit without reading one. Counts, depth and path lengths are capped while walking, because a
 * few hundred bytes of trees can name more files than fit in any memory. Throws `limit_reached`.
 */
export async function listTree({ store, tree, limits, breathe }: ListTree): Promise<Listing> {
  const listing: Listing = { entries: [], skippedEntries: [] }
  const folders: { oid: string; path: string; depth: number }[] = [{ oid: tree, path: '', depth: 0 }]
  let visited = 0
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    await breathe()
    for (const item of parseTree(treeData(store, folder.oid))) {
      visited += 1
      if (visited > 2 * limits.maxRepoFiles || listing.entries.length >= limits.maxRepoFiles)
        throw tooMany(limits.maxRepoFiles)
      const path = folder.path + item.name
      if (path.length > MAX_PATH_LENGTH) throw limitReached(`has a path longer than ${MAX_PATH_LENGTH} characters`)
      if (item.kind !== 'folder') add(listing, path, item)
      else if (folder.depth >= MAX_DEPTH) throw limitReached(`has folders nested deeper than ${MAX_DEPTH}`)
      else folders.push({ oid: item.oid, path: `${path}/`, depth: folder.depth + 1 })
    }
  }
  listing.entries.sort(byPath)
  listing.skippedEntries.sort(byPath)
  return listing
}

function treeData(store: ObjectStore, oid: string): Buffer {
  const { type, data } = store.read(oid)
  if (type !== 'tree')
    throw new DocsfyError('repository_unavailable', `The repository is damaged: ${oid} is a ${type}, not a folder`)
  return data
}

function add(listing: Listing, path: string, { kind, oid }: TreeItem): void {
  if (kind === 'symlink' || kind === 'submodule') listing.skippedEntries.push({ path, kind })
  else listing.entries.push({ path, oid, executable: kind === 'executable' })
}

function byPath(a: Pick<TreeEntry, 'path'>, b: Pick<TreeEntry, 'path'>): number {
  if (a.path === b.path) return 0
  return a.path < b.path ? -1 : 1
}

function tooMany(maxFiles: number): DocsfyError {
  const limit = maxFiles.toLocaleString('en')
  return new DocsfyError(
    'limit_reached',
    `This commit has more than ${limit} files: an administrator can raise MAX_REPO_FILES`,
  )
}

function limitReached(what: string): DocsfyError {
  return new DocsfyError('limit_reached', `This commit ${what}, which no setting allows: choose another commit`)
}

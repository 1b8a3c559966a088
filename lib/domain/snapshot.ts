/** One file of a commit. Symlinks and submodules are not files and are left out (their number is in `skippedEntries`). */
export interface TreeEntry {
  path: string
  oid: string
  executable: boolean
}

/** A commit read as Git objects: nothing is ever checked out. */
export interface Snapshot {
  commit: string
  /** ISO 8601 UTC. */
  committedAt: string
  branch: string
  /** Sorted by path in code-unit order. */
  entries: TreeEntry[]
  /** Symlinks and submodules, with the kind: `symlink`, `submodule`. */
  skippedEntries: { path: string; kind: 'symlink' | 'submodule' }[]
  /** Content of a blob by its id; null when it is too large to be read. Throws `repository_unavailable` when it is missing. */
  readBlob(oid: string): Promise<Uint8Array | null>
}

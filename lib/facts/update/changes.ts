import type { FileFact } from '#lib/domain/facts.ts'
import type { TreeEntry } from '#lib/domain/snapshot.ts'

/** What is otherwise in a commit than where the facts come from. */
export interface Changes {
  /** Files that are new or have other content. */
  written: TreeEntry[]
  added: string[]
  removed: string[]
  /** Facts of the files that are gone or had other content, by path. */
  before: Map<string, FileFact>
  /** For each file of the commit the facts of one that is as it was; null for a written one. */
  same: (FileFact | null)[]
}

/** Compares the files of known facts with those of a commit; both are in the order of their paths. */
export function changesBetween(files: FileFact[], entries: TreeEntry[]): Changes {
  const changes: Changes = { written: [], added: [], removed: [], before: new Map(), same: [] }
  let at = 0
  for (const entry of entries) {
    for (let file = files[at]; file && file.path < entry.path; file = files[at]) {
      remove(changes, file)
      at += 1
    }
    const file = files[at]
    const known = file?.path === entry.path ? file : null
    if (known) at += 1
    else changes.added.push(entry.path)
    const isSame = known?.oid === entry.oid
    changes.same.push(isSame ? known : null)
    if (isSame) continue
    changes.written.push(entry)
    if (known) changes.before.set(known.path, known)
  }
  for (const file of files.slice(at)) remove(changes, file)
  return changes
}

function remove({ removed, before }: Changes, file: FileFact): void {
  removed.push(file.path)
  before.set(file.path, file)
}

/** Paths that are otherwise in one way or the other. */
export function changedPaths({ written, removed }: Changes): string[] {
  return [...written.map(({ path }) => path), ...removed]
}

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
}

/** Compares the files of known facts with those of a commit. */
export function changesBetween(files: FileFact[], entries: TreeEntry[]): Changes {
  const before = new Map(files.map((file) => [file.path, file]))
  const written: TreeEntry[] = []
  const added: string[] = []
  for (const entry of entries) {
    const known = before.get(entry.path)
    if (known?.oid === entry.oid) before.delete(entry.path)
    else written.push(entry)
    if (!known) added.push(entry.path)
  }
  const paths = new Set(written.map(({ path }) => path))
  return { written, added, removed: [...before.keys()].filter((path) => !paths.has(path)), before }
}

/** Paths that are otherwise in one way or the other. */
export function changedPaths({ written, removed }: Changes): string[] {
  return [...written.map(({ path }) => path), ...removed]
}

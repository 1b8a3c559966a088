import type { RawRepository } from './raw-repository.ts'

/** Where things are that nothing may touch, read or contact. */
export interface Outside {
  /** Folder outside the work directory, with `secret.txt` in it. */
  folder: string
  /** A shell command that leaves a marker there. */
  mark(name: string): string
  /** Address of a server nobody may contact. */
  canaryUrl: string
}

/** A repository that attacks. `main` of the repository is documented, or an answer of a hostile server. */
export interface Hostile {
  name: string
  /** Whether `--fast` tries it. */
  fast?: boolean
  make(repository: RawRepository, outside: Outside): void
}

export const README = '# Ordinary\n\nAn ordinary project.\n'
export const SOURCE =
  '/** Adds two numbers. */\nexport function add(a: number, b: number): number {\n  return a + b\n}\n'

/** A repository with these files in its root folder. */
export function holding(repository: RawRepository, files: Record<string, string | Buffer>): void {
  const entries = Object.entries(files).map(([name, content]) => ({ name, id: repository.blob(content) }))
  repository.commit(repository.tree(entries.sort((a, b) => (a.name < b.name ? -1 : 1))))
}

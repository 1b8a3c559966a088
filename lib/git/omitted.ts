import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite } from '#lib/atomic-write.ts'

const FILE = 'docsfy-omitted'

/** Ids of files that a server was asked to leave out because they are too large to be read. */
export function omittedFiles(gitDir: string): Set<string> {
  const path = join(gitDir, FILE)
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [])
}

/** Notes further files that were left out. */
export async function noteOmitted(gitDir: string, oids: Iterable<string>): Promise<void> {
  const known = omittedFiles(gitDir)
  const all = new Set([...known, ...oids])
  if (all.size > known.size) await atomicWrite(join(gitDir, FILE), `${[...all].sort().join('\n')}\n`)
}

/** Whether git fetched into this store with a filter, so that files may rightly be missing. */
export async function isPartial(gitDir: string): Promise<boolean> {
  return (await readdir(join(gitDir, 'objects', 'pack'))).some((name) => name.endsWith('.promisor'))
}

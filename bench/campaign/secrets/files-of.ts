import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerProcess } from '../../../e2e/server-process.ts'

/** Everything a server keeps on disk, by its path in the data directory. */
export async function filesOf({ dataDir }: ServerProcess): Promise<(readonly [string, Buffer])[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (path) => [path.slice(dataDir.length), await readFile(path)] as const))
}

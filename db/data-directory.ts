import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createClient } from '@libsql/client'
import { DocsfyError } from '#lib/errors.ts'

/**
 * Creates the data directory, checks that it can be written, and takes its lock. The lock is one the kernel holds for
 * this process and releases however the process ends. Returns the release. Throws `start_up`.
 */
export async function takeDataDirectory(dataDir: string): Promise<() => Promise<void>> {
  await checkWritable(dataDir)
  const client = createClient({ url: `file:${join(dataDir, 'server.lock')}`, timeout: 0 })
  try {
    const lock = await client.transaction('write')
    return async () => {
      lock.close()
      client.close()
    }
  } catch (error) {
    client.close()
    throw new DocsfyError(
      'start_up',
      `Another docsfy server is already using the data directory ${dataDir}: stop it first, or set DATA_DIR to another directory`,
      { cause: error },
    )
  }
}

async function checkWritable(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.tmp-probe-${randomUUID()}`)
  try {
    await makeFolder(dataDir, OWNER_ONLY)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new DocsfyError(
      'start_up',
      `The data directory ${dataDir} cannot be written${code}: give this user write access, or set DATA_DIR to another directory`,
      { cause: error },
    )
  }
}

/** Documentation of private repositories lies in it: no other account of the machine looks into one that we make. */
const OWNER_ONLY = 0o700

/** Node's own recursive mkdir never returns where a folder exists but takes no entries, as in /proc. */
async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path, { mode })
  }
}

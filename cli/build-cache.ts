import { rmSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { toSegment } from '#lib/domain/ref-name.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'

/** The default branch is not known before cloning; no branch can have this name. */
const DEFAULT_BRANCH_FOLDER = '~default'
const RETRY_MS = 250

export interface CacheKey {
  /** Folder of all caches. */
  cacheDir: string
  /** Folder name of the repository. */
  id: string
  branch: string | null
  provider: string
  model: string
}

/** Where `docsfy build` keeps the object store of a repository, and the pages and sites of one variant. */
export function cacheFolders({ cacheDir, id, branch, provider, model }: CacheKey) {
  const variant = [branch === null ? DEFAULT_BRANCH_FOLDER : toSegment(branch), provider, toSegment(model)]
  return {
    storeDir: join(cacheDir, 'repos', `${id}.git`),
    variantDir: join(cacheDir, 'projects', id, ...variant),
    lockFile: join(cacheDir, 'projects', id, 'build.lock'),
  }
}

/**
 * Waits until no other process builds this repository. The kernel holds the lock for this process and releases it
 * however the process ends. `onWait` is called once when there is something to wait for. Returns the release.
 */
export async function lockCache(lockFile: string, signal: AbortSignal, onWait: () => void): Promise<() => void> {
  await makeFolder(join(lockFile, '..'))
  for (let waiting = false; ; waiting = true) {
    throwIfAborted(signal)
    const release = await tryLock(lockFile)
    if (release) return release
    if (!waiting) onWait()
    await sleep(RETRY_MS, undefined, { signal }).catch(() => {})
  }
}

/** Removes the sites of earlier builds: a copy of them is where the person wanted it. At once: thousands of small files. */
export async function pruneSites(variantDir: string, keep: string): Promise<void> {
  const sites = join(variantDir, 'sites')
  for (const name of await readdir(sites).catch(() => [])) {
    if (name !== basename(keep)) rmSync(join(sites, name), { recursive: true, force: true })
  }
}

async function tryLock(lockFile: string): Promise<(() => void) | null> {
  const client = createClient({ url: pathToFileURL(lockFile).href, timeout: 0 })
  try {
    const held = await client.transaction('write')
    return () => {
      held.close()
      client.close()
    }
  } catch (error) {
    client.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    throw error
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new DocsfyError('unavailable', `The cache folder ${folder} cannot be made (${code}): set XDG_CACHE_HOME`, {
      cause,
    })
  }
}

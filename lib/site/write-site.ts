import { linkSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import pLimit from 'p-limit'
import { syncFolder, temporaryName } from '#lib/atomic-write.ts'
import { contentOf, KEPT, type PutFile, type SiteFiles } from '#lib/domain/site.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { KeptFiles } from '#lib/site/threads/kept-files.ts'

interface SitePlace {
  /** Folder the site becomes; a folder already there is replaced. */
  dir: string
  /** Folder of the earlier site, which has every `KEPT` file. */
  earlierDir?: string | null
  signal: AbortSignal
  /** Awaited before each file: lets an abort through. */
  pause?: () => Promise<void>
}

const PARALLEL_WRITES = 16
/** So many files wait in memory to be written before whoever makes more of them waits too. */
const MOST_WAITING = 64

/** Writes a site that is made already; see `fillSite`. */
export async function writeSite({ files, ...place }: SitePlace & { files: SiteFiles }): Promise<void> {
  await fillSite(place, async (put) => {
    for (const [path, file] of files.entries()) await put(path, file)
  })
}

/**
 * Writes a site beside its place while `fill` makes it, then makes it durable and renames it there. A failure, an abort or
 * a crash leaves the earlier folder, or none, and never a part of the new one. Throws a DocsfyError when a file would lie
 * outside the site. Files are compared at once: for thousands of small ones the way to a thread and back costs more; those
 * that are kept go to a thread in long lists.
 */
export async function fillSite<Made>(place: SitePlace, fill: (put: PutFile) => Promise<Made>): Promise<Made> {
  const { dir, earlierDir, signal, pause } = place
  const aside = temporaryName(dir)
  const folders = new SiteFolders(aside)
  const writes = writeQueue()
  const share = (path: string) => {
    folders.make(path)
    linkSync(`${earlierDir ?? dir}/${path}`, `${aside}/${path}`)
  }
  const kept = new KeptFiles({ earlierDir: earlierDir ?? dir, dir: aside, share })
  const put: PutFile = async (path, file) => {
    throwIfAborted(signal)
    await pause?.()
    folders.add(path)
    if (file === KEPT) {
      kept.add(path)
      return
    }
    const content = contentOf(file)
    if (earlierDir && holds(`${earlierDir}/${path}`, content)) {
      share(path)
      return
    }
    folders.make(path)
    await writes.add(`${aside}/${path}`, content)
  }
  try {
    await mkdir(aside, { recursive: true })
    const made = await fill(put)
    await kept.end()
    await writes.end()
    const limit = pLimit(PARALLEL_WRITES)
    await Promise.all(Array.from(folders.all, (folder) => limit(() => syncFolder(join(aside, folder)))))
    throwIfAborted(signal)
    await swapIn(aside, dir)
    return made
  } finally {
    await kept.close()
    await writes.settle()
    await rm(aside, { recursive: true, force: true })
  }
}

interface WriteQueue {
  /** Waits only while many others do; throws what an earlier one failed with. */
  add(path: string, content: string | Uint8Array): Promise<void>
  /** Waits for all; throws what failed first. */
  end(): Promise<void>
  /** Waits until nothing is under way; what has not begun is left. */
  settle(): Promise<void>
}

function writeQueue(): WriteQueue {
  const limit = pLimit({ concurrency: PARALLEL_WRITES, rejectOnClear: true })
  const under = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  const check = () => {
    if (failure) throw failure.error
  }
  return {
    async add(path, content) {
      check()
      const write = limit(() => writeDurably(path, content))
        .catch((error) => {
          failure ??= { error }
        })
        .finally(() => under.delete(write))
      under.add(write)
      if (limit.pendingCount >= MOST_WAITING) await write
    },
    async end() {
      await Promise.all(under)
      check()
    },
    async settle() {
      failure ??= { error: new Error('The site is not written any more') }
      limit.clearQueue()
      await Promise.all(under)
    },
  }
}

/** Folders of a site that is being written. */
class SiteFolders {
  /** Relative to the site. */
  readonly all = new Set([''])
  private readonly made = new Set([''])
  private readonly root: string

  constructor(root: string) {
    this.root = root
  }

  /** Notes the folders a file lies in. Throws for a file outside the site. */
  add(path: string): void {
    const [own, name] = [folderOf(path), path.slice(path.lastIndexOf('/') + 1)]
    const isInside = (this.all.has(own) || isPlain(own)) && /^(?!\.{0,2}$)[^\\]*$/s.test(name)
    if (!isInside || path.startsWith('/'))
      throw new DocsfyError('internal', `A file of the site would lie outside of it: ${JSON.stringify(path)}`)
    for (let folder = own; !this.all.has(folder); folder = folderOf(folder)) this.all.add(folder)
  }

  /** Makes them, unless that is done. */
  make(path: string): void {
    const own = folderOf(path)
    if (!this.made.has(own)) mkdirSync(join(this.root, own), { recursive: true })
    this.made.add(own)
  }
}

function isPlain(folder: string): boolean {
  return !/^\/|^\.\.(?:\/|$)|\\/.test(folder) && posix.normalize(folder) === folder && folder !== '.'
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Whether the earlier site has the same: then nothing is written, and nothing transferred again. */
function holds(path: string, content: string | Uint8Array): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile() || found.size !== Buffer.byteLength(content)) return false
  return readFileSync(path).equals(Buffer.from(content))
}

async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A folder cannot be renamed onto a full one, so an earlier site is first moved away, then removed. */
async function swapIn(aside: string, dir: string): Promise<void> {
  const old = temporaryName(dir)
  const replaced = await renamed(dir, old)
  try {
    await rename(aside, dir)
  } catch (error) {
    if (replaced) await rename(old, dir)
    throw error
  }
  await syncFolder(dirname(dir))
  if (replaced) await rm(old, { recursive: true, force: true })
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

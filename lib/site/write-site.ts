import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFile,
  writeFileSync,
} from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { promisify } from 'node:util'
import pLimit from 'p-limit'
import { synced, syncFolder, temporaryName } from '#lib/atomic-write.ts'
import { contentOf, KEPT, type PutFile, type SiteFiles } from '#lib/domain/site.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { KeptFiles } from '#lib/site/threads/kept-files.ts'

interface SitePlace {
  /** Folder the site becomes; a folder already there is replaced. */
  dir: string
  /** Folder of the earlier site, which has every `KEPT` file. */
  earlierDir?: string | null
  /** Those it has inside, which this one will have too but for a few; absent: not known. */
  earlierFolders?: readonly string[]
  signal: AbortSignal
  /** Awaited before each file: lets an abort through. */
  pause?: () => Promise<void>
}

const PARALLEL_SYNCS = 16
/** So many files wait for the disk before whoever makes more of them waits too: others want the same threads to read. */
const MOST_UNDER_WAY = 48
/** Handing so much to the system takes as long as rendering a page. */
const LARGE = 1_000_000
const written = promisify(writeFile)

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
  const { dir, earlierDir, earlierFolders = [], signal, pause } = place
  const aside = temporaryName(dir)
  const folders = new SiteFolders(aside)
  const writes = writeQueue()
  const share = (path: string) => {
    folders.make(path)
    linkSync(`${earlierDir ?? dir}/${path}`, `${aside}/${path}`)
  }
  const kept = new KeptFiles({ earlierDir: earlierDir ?? dir, dir: aside, folders: earlierFolders, share })
  const put: PutFile = async (path, file) => {
    throwIfAborted(signal)
    await pause?.()
    folders.add(path)
    if (file === KEPT) {
      kept.add(path)
      return
    }
    const content = contentOf(file)
    // Encoded once, to be compared and written: some are texts of many MB.
    const bytes = earlierDir ? Buffer.from(content) : null
    if (bytes && holds(`${earlierDir}/${path}`, bytes)) {
      share(path)
      return
    }
    folders.make(path)
    await writes.add(`${aside}/${path}`, bytes ?? content)
  }
  try {
    await mkdir(aside, { recursive: true })
    kept.begin()
    const made = await fill(put)
    await kept.end()
    await writes.end()
    folders.removeOthers(earlierFolders)
    const limit = pLimit(PARALLEL_SYNCS)
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
  /** Waits until nothing is under way. */
  settle(): Promise<void>
}

/** Every file goes to the system at once, so that disks are not idle while this thread makes the next ones. */
function writeQueue(): WriteQueue {
  const under = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  const check = () => {
    if (failure) throw failure.error
  }
  const settle = async () => {
    await Promise.all(under)
  }
  return {
    async add(path, content) {
      check()
      const write = writeDurably(path, content)
        .catch((error) => {
          failure ??= { error }
        })
        .finally(() => under.delete(write))
      under.add(write)
      const [oldest] = under
      if (under.size >= MOST_UNDER_WAY) await oldest
    },
    async end() {
      await settle()
      check()
    },
    settle,
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

  /** Removes those of `folders`, and those around them, that no file lies in. */
  removeOthers(folders: readonly string[]): void {
    const others = new Set<string>()
    for (const one of folders)
      for (let folder = one; !this.all.has(folder) && !others.has(folder); folder = folderOf(folder)) others.add(folder)
    for (const folder of others) rmSync(join(this.root, folder), { recursive: true, force: true })
  }
}

function isPlain(folder: string): boolean {
  return !/^\/|^\.\.(?:\/|$)|\\/.test(folder) && posix.normalize(folder) === folder && folder !== '.'
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Whether the earlier site has the same: then nothing is written, and nothing transferred again. */
function holds(path: string, content: Buffer): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true && found.size === content.length && readFileSync(path).equals(content)
}

/** Only the waiting for the disk is left to a thread: to hand a small file to the system takes less than the way there. */
async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = openSync(path, 'wx')
  try {
    if (content.length < LARGE) writeFileSync(file, content)
    else await written(file, content)
    await synced(file)
  } finally {
    closeSync(file)
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

import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { syncFolder, temporaryName } from '#lib/atomic-write.ts'
import { contentOf, KEPT, type SiteFiles } from '#lib/domain/site.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'

interface WriteSite {
  files: SiteFiles
  /** Folder the site becomes; a folder already there is replaced. */
  dir: string
  /** Folder of the earlier site, which has every `KEPT` file. */
  earlierDir?: string | null
  signal: AbortSignal
}

const PARALLEL_WRITES = 16

/**
 * Writes a site beside its place, makes it durable and renames it there. An abort or a crash leaves the earlier folder,
 * or none, and never a part of the new one. Throws a DocsfyError when a file would lie outside the site.
 */
export async function writeSite({ files, dir, earlierDir, signal }: WriteSite): Promise<void> {
  const aside = temporaryName(dir)
  try {
    const folders = await makeFolders(aside, files)
    const queue = files.entries()
    const worker = async () => {
      for (const [path, file] of queue) {
        throwIfAborted(signal)
        const [place, before] = [join(aside, path), join(earlierDir ?? dir, path)]
        if (file === KEPT) await link(before, place)
        else await writeOrShare(place, contentOf(file), earlierDir ? before : null)
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: PARALLEL_WRITES }, worker))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    for (const folder of folders) await syncFolder(folder)
    throwIfAborted(signal)
    await swapIn(aside, dir)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function makeFolders(root: string, files: SiteFiles): Promise<string[]> {
  const folders = new Set([root])
  for (const path of files.keys()) {
    if (posix.isAbsolute(path) || posix.normalize(path) !== path || path.startsWith('..') || path.includes('\\'))
      throw new DocsfyError('internal', `A file of the site would lie outside of it: ${JSON.stringify(path)}`)
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
      folders.add(join(root, folder))
  }
  for (const folder of folders) await mkdir(folder, { recursive: true })
  return [...folders]
}

/** A file that was made anew and is the same as before is taken over too: nothing is written, nothing transferred again. */
async function writeOrShare(path: string, content: string | Uint8Array, earlier: string | null): Promise<void> {
  const isSame = earlier !== null && (await holds(earlier, content))
  if (isSame) await link(earlier, path)
  else await writeDurably(path, content)
}

async function holds(path: string, content: string | Uint8Array): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile() || found.size !== Buffer.byteLength(content)) return false
  return (await readFile(path)).equals(Buffer.from(content))
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

import { linkSync, readFileSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
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
  /** Awaited before each file: lets an abort through. */
  pause?: () => Promise<void>
}

const PARALLEL_WRITES = 16

/**
 * Writes a site beside its place, makes it durable and renames it there. An abort or a crash leaves the earlier folder,
 * or none, and never a part of the new one. Throws a DocsfyError when a file would lie outside the site.
 * What is only linked or compared is so at once: for thousands of small files the way to a thread and back costs more.
 */
export async function writeSite({ files, dir, earlierDir, signal, pause }: WriteSite): Promise<void> {
  const aside = temporaryName(dir)
  try {
    const folders = await makeFolders(aside, files)
    await inParallel(files.entries(), async ([path, file]) => {
      throwIfAborted(signal)
      await pause?.()
      const [place, before] = [`${aside}/${path}`, `${earlierDir ?? dir}/${path}`]
      if (file === KEPT) linkSync(before, place)
      else await writeOrShare(place, contentOf(file), earlierDir ? before : null)
    })
    await inParallel(folders.values(), syncFolder)
    throwIfAborted(signal)
    await swapIn(aside, dir)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** Ends when nothing is under way any more; throws what failed first in its order. */
async function inParallel<One>(queue: Iterator<One>, work: (one: One) => Promise<void>): Promise<void> {
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value)
  }
  const ends = await Promise.allSettled(Array.from({ length: PARALLEL_WRITES }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function makeFolders(root: string, files: SiteFiles): Promise<string[]> {
  const folders = new Set<string>()
  for (const path of files.keys()) {
    const [own, name] = [path.slice(0, Math.max(0, path.lastIndexOf('/'))), path.slice(path.lastIndexOf('/') + 1)]
    const isInside = (own === '' || folders.has(own) || isPlain(own)) && /^(?!\.{0,2}$)[^\\]*$/s.test(name)
    if (!isInside || path.startsWith('/'))
      throw new DocsfyError('internal', `A file of the site would lie outside of it: ${JSON.stringify(path)}`)
    for (let folder = own; folder !== '' && !folders.has(folder); folder = parentOf(folder)) folders.add(folder)
  }
  await mkdir(root, { recursive: true })
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true })
  return [root, ...Array.from(folders, (folder) => join(root, folder))]
}

function isPlain(folder: string): boolean {
  return !/^\/|^\.\.(?:\/|$)|\\/.test(folder) && posix.normalize(folder) === folder && folder !== '.'
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
}

/** A file that was made anew and is the same as before is taken over too: nothing is written, nothing transferred again. */
async function writeOrShare(path: string, content: string | Uint8Array, earlier: string | null): Promise<void> {
  const isSame = earlier !== null && holds(earlier, content)
  if (isSame) linkSync(earlier, path)
  else await writeDurably(path, content)
}

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

import { randomUUID } from 'node:crypto'
import { closeSync, fsync, openSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pLimit from 'p-limit'

/** Waits until what was written to an open file is on the disk: that alone is left to a thread. */
export const synced = promisify(fsync)

/** Prefix of every unfinished file and folder, so that start-up can remove what a crash left. */
export const TEMPORARY_PREFIX = '.tmp-'

/** Writes that wait for the disk together wait about as long as one. */
const PARALLEL_WRITES = 16

/** A name beside `path`, on the same file system, for something that is renamed to it when whole. */
export function temporaryName(path: string): string {
  return join(dirname(path), `${TEMPORARY_PREFIX}${basename(path).slice(0, 60)}-${randomUUID()}`)
}

/** Writes a file so that a crash leaves the old or the new content, never a torn one: temporary file, fsync, rename, fsync of the folder. */
export async function atomicWrite(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeWhole([{ path, content, mode }])
  await syncFolder(dirname(path))
}

/**
 * Writes files of one folder, each as `atomicWrite` does, with one sync of the folder for all: none takes its place before
 * all of them are whole. They take their places in their order.
 */
export async function atomicWriteAll(folder: string, files: readonly [name: string, content: string][]): Promise<void> {
  if (files.length === 0) return
  await mkdir(folder, { recursive: true })
  await writeWhole(files.map(([name, content]) => ({ path: join(folder, name), content, mode: 0o644 })))
  await syncFolder(folder)
}

interface NewFile {
  path: string
  content: string | Uint8Array
  mode: number
}

async function writeWhole(files: NewFile[]): Promise<void> {
  const written: [temporary: string, path: string][] = []
  try {
    const limit = pLimit(PARALLEL_WRITES)
    const writes = files.map(({ path, content, mode }) => {
      const temporary = temporaryName(path)
      written.push([temporary, path])
      return limit(() => writeDurably(temporary, content, mode))
    })
    // None is under way any more when one has failed: what all of them left is removed.
    await Promise.allSettled(writes)
    await Promise.all(writes)
    for (const [temporary, path] of written) await rename(temporary, path)
  } catch (error) {
    for (const [temporary] of written) await rm(temporary, { force: true })
    throw error
  }
}

async function writeDurably(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes renames inside `folder` durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = openSync(folder, 'r')
  try {
    await synced(handle)
  } finally {
    closeSync(handle)
  }
}

import { lstat, mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { z } from 'zod'
import { atomicWrite } from '#lib/atomic-write.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Where a folder remembers which files an extraction has put into it. */
export const EXTRACTION_RECORD = '.docsfy-download.json'

const recordSchema = z.object({ format: z.literal(1), files: z.array(z.string()) })

interface Replacement {
  /** The folder the person named, without links in its path. */
  root: string
  /** The folder that gets the files: `root`, or one directly in it. */
  folder: string
  /** Holds the new files. */
  staging: string
  /** Their paths, with `/`. */
  files: string[]
}

/** Moves new files into place and removes those of the extraction before that are gone. Returns how many were removed. */
export async function replaceExtraction({ root, folder, staging, files }: Replacement): Promise<number> {
  await needRealFolders(root, [folder])
  const earlier = await recordedFiles(folder)
  await mkdir(folder, { recursive: true })
  const fresh = new Set(files)
  const gone = earlier.filter((path) => !fresh.has(path))
  // Both lists until all is done: after a crash the next extraction still knows every file.
  await writeRecord(folder, [...files, ...gone])
  const removed = await removeGone(folder, gone)
  await needRealFolders(root, new Set(files.map((path) => dirname(join(folder, path)))))
  for (const path of files) await moveInto(join(staging, path), join(folder, path))
  await writeRecord(folder, files)
  return removed
}

async function moveInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

async function recordedFiles(folder: string): Promise<string[]> {
  try {
    const { files } = recordSchema.parse(JSON.parse(await readFile(join(folder, EXTRACTION_RECORD), 'utf8')))
    return files.filter((path) => !path.split(/[\\/]/).some((part) => part === '' || part === '.' || part === '..'))
  } catch {
    return []
  }
}

function writeRecord(folder: string, files: string[]): Promise<void> {
  return atomicWrite(join(folder, EXTRACTION_RECORD), `${JSON.stringify({ format: 1, files: [...files].sort() })}\n`)
}

/** Removes files, and folders that become empty by it. What is behind a link is left alone. */
async function removeGone(folder: string, paths: string[]): Promise<number> {
  let removed = 0
  for (const path of paths) {
    const target = join(folder, path)
    if ((await firstLink(folder, dirname(target))) !== null || !(await lstat(target).catch(() => null))?.isFile())
      continue
    await rm(target)
    removed += 1
    for (let parent = dirname(target); parent !== folder; parent = dirname(parent))
      if (
        !(await rmdir(parent).then(
          () => true,
          () => false,
        ))
      )
        break
  }
  return removed
}

async function needRealFolders(root: string, folders: Iterable<string>): Promise<void> {
  for (const folder of folders) {
    const link = await firstLink(root, folder)
    if (link !== null)
      throw new DocsfyError(
        'bad_request',
        `${link} is a link: docsfy writes through none; remove it or choose another folder`,
      )
  }
}

/** The first link on the way from `root` down to `folder`; null when there is none. */
async function firstLink(root: string, folder: string): Promise<string | null> {
  let path = root
  for (const part of relative(root, folder).split(sep).filter(Boolean)) {
    path = join(path, part)
    if ((await lstat(path).catch(() => null))?.isSymbolicLink()) return path
  }
  return null
}

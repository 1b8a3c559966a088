import { type Dirent, linkSync, lstatSync, rmSync, statSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import pLimit from 'p-limit'
import { z } from 'zod'
import { syncFolder, temporaryName } from '#lib/atomic-write.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'

/** The file that tells that everything in a folder was put there by docsfy and may be replaced. */
export const SITE_MARKER = '.docsfy-site.json'

const PARALLEL_COPIES = 16

const markerSchema = z.object({ format: z.literal(1), run_id: z.string() })

/** The folder a site goes to, checked: it is absent, empty, or holds a site of docsfy. Throws `invalid_input`. */
export async function siteTarget(folder: string): Promise<string> {
  const target = await realpath(resolve(folder)).catch(() => resolve(folder))
  const kind = await stat(target).catch(() => null)
  if (!kind) return target
  if (!kind.isDirectory())
    throw new DocsfyError('invalid_input', `${target} is a file: give a folder for the site with -o`)
  if ((await readdir(target)).length > 0 && (await markedRun(target)) === null)
    throw new DocsfyError(
      'invalid_input',
      `${target} is not empty and is not a site of docsfy: nothing was changed; give another folder with -o`,
    )
  return target
}

/**
 * Puts a copy of the site at `target`: copied aside, then renamed, so that `target` never holds half a site. A folder
 * that already holds the site of this run is left as it is.
 */
export async function publishSite({ siteDir, target }: { siteDir: string; target: string }): Promise<void> {
  const runId = basename(siteDir)
  if ((await markedRun(target)) === runId && (await isFile(join(target, 'index.html')))) return
  const aside = temporaryName(target)
  const former = temporaryName(target)
  try {
    await mkdir(dirname(target), { recursive: true })
    await copySite({ siteDir, target, aside })
    await writeFile(join(aside, SITE_MARKER), `${JSON.stringify({ format: 1, run_id: runId })}\n`)
    await siteTarget(target)
    if (await stat(target).catch(() => null)) await rename(target, former)
    await rename(aside, target)
    await syncFolder(dirname(target))
  } catch (error) {
    if (!(await stat(target).catch(() => null))) await rename(former, target).catch(() => {})
    throw isDocsfyError(error) ? error : putFailed(target, error)
  } finally {
    for (const folder of [aside, former]) removeAtOnce(folder)
  }
}

/** A thread would take three times the time of the processor for thousands of files. What cannot be removed stays. */
function removeAtOnce(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // The site is where it was wanted.
  }
}

/** Files that the site at `target` has already, because its run's site shares them with this one, are not copied again. */
async function copySite({ siteDir, target, aside }: { siteDir: string; target: string; aside: string }): Promise<void> {
  const before = await markedRun(target)
  const earlierDir = before === null ? null : join(dirname(siteDir), before)
  const since = (await stat(join(target, SITE_MARKER)).catch(() => null))?.mtimeMs ?? 0
  const entries = await readdir(siteDir, { recursive: true, withFileTypes: true })
  const inSite = ({ parentPath, name }: Dirent) => `${parentPath}/${name}`.slice(siteDir.length + 1)
  for (const entry of entries) if (entry.isDirectory()) await mkdir(join(aside, inSite(entry)), { recursive: true })
  await mkdir(aside, { recursive: true })
  const copy = async (path: string) => {
    const isShared = earlierDir !== null && isSameFile(`${siteDir}/${path}`, `${earlierDir}/${path}`)
    const isThere = isShared && isUntouched(`${target}/${path}`, `${siteDir}/${path}`, since)
    if (!(isThere && isLinked(`${target}/${path}`, `${aside}/${path}`)))
      await copyFile(join(siteDir, path), join(aside, path))
  }
  const pool = pLimit(PARALLEL_COPIES)
  const files = entries.filter((entry) => entry.isFile())
  await Promise.all(files.map((file) => pool(() => copy(inSite(file)))))
}

// At once: for thousands of small files the way to a thread and back costs more than what is asked there.
function isSameFile(one: string, other: string): boolean {
  const [left, right] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return left?.ino !== undefined && left.ino === right?.ino && left.dev === right.dev
}

/** A published file that nobody has written since: as long as what was copied, and older than the mark. */
function isUntouched(published: string, original: string, since: number): boolean {
  const [left, right] = [published, original].map((path) => lstatSync(path, { throwIfNoEntry: false }))
  return left?.isFile() === true && left.size === right?.size && left.mtimeMs <= since
}

/** False where no file can be shared. */
function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch {
    return false
  }
}

/** The run whose site is in a folder; null when none of docsfy is. */
export async function markedRun(target: string): Promise<string | null> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(join(target, SITE_MARKER), 'utf8'))).run_id
  } catch {
    return null
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false
}

function putFailed(target: string, cause: unknown): DocsfyError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
  const message = `The site could not be put at ${target} (${code}): check the folder above it, or give another one with -o`
  return new DocsfyError('unavailable', message, { cause })
}

import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import type { ReadSiteFile } from '#lib/site/single-file.ts'

/** Reads files of the finished site in `folder`; what is not there, or would lie outside, is null. */
export function siteReader(folder: string): ReadSiteFile {
  return async (path) => {
    const inside = normalize(path)
    if (inside.startsWith('..') || inside.startsWith('/') || inside.includes('\0')) return null
    try {
      return await readFile(join(folder, inside))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
}

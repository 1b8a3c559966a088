import { readdir, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { DocsfyError } from '#lib/errors.ts'
import { withAlternates } from './object-store.ts'

/**
 * Refuses a repository of which anything lies outside `roots`: its folders, the object folders it borrows from, and what
 * links among its objects lead to. The last of `folders` holds the objects. Throws `repository_unavailable`.
 */
export async function refuseOutside(folders: string[], roots: string[]): Promise<void> {
  if (roots.length === 0) return
  const allowed = await Promise.all(roots.map((root) => realpath(root).catch(() => resolve(root))))
  const objects = withAlternates(join(folders.at(-1) ?? '', 'objects'))
  const links = (await Promise.all(objects.map(linksIn))).flat()
  for (const path of [...folders, ...objects, ...links]) {
    const real = await realpath(path).catch(() => null)
    // What leads nowhere cannot be read.
    if (real === null || allowed.some((root) => isInside(real, root))) continue
    throw new DocsfyError(
      'repository_unavailable',
      `The repository ${folders[0]} is kept in part outside the folders this server may read: an administrator can extend LOCAL_REPO_ROOTS`,
    )
  }
}

async function linksIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name))
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

import { encodeRepositoryPath } from '#lib/domain/citations.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { outsideAddress } from '#lib/site/safe-address.ts'

/** What stands between a project and a commit in the address of a file, and what between a project and a branch to change one. */
const EDITORS: Record<string, string> = { blob: 'edit', '-/blob': '-/edit', 'src/commit': '_edit' }

/** Where the forge shows the files of the commit that a site was made from; null where that is not known. */
export function treeHref({ forgeBase }: Pick<SiteInput, 'forgeBase'>): string | null {
  return forgeBase && outsideAddress(forgeBase.replace(/\/blob\/(?=[^/]+\/$)/, '/tree/'))
}

/** Where the forge lets people change a file on the branch of the site; null where that is not known. */
export function editHref(path: string, { forgeBase, branch }: Pick<SiteInput, 'forgeBase' | 'branch'>): string | null {
  const [, web, view = ''] = /^(.+?)\/(-\/blob|blob|src\/commit)\/[^/]+\/$/.exec(forgeBase ?? '') ?? []
  const editor = EDITORS[view]
  if (web === undefined || editor === undefined) return null
  return outsideAddress(`${web}/${editor}/${encodeRepositoryPath(branch)}/${encodeRepositoryPath(path)}`)
}

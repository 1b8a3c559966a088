import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TEMPORARY_PREFIX } from '#lib/atomic-write.ts'
import { clearReady, readReady, siteFolder } from '#lib/variant-folder.ts'

/** Removes what a run left that did not count: its site, and the note that would make the next run "up to date". */
export async function discardRun(variantDir: string, runId: string): Promise<void> {
  if ((await readReady(variantDir))?.run_id === runId) await clearReady(variantDir)
  await rm(siteFolder(variantDir, runId), { recursive: true, force: true })
}

/** Removes every site of a variant but the one of this run; all of them for null. */
export async function keepOnlySite(variantDir: string, runId: string | null): Promise<void> {
  const sites = join(variantDir, 'sites')
  for (const name of await readdir(sites).catch(() => []))
    if (name !== runId) await rm(join(sites, name), { recursive: true, force: true })
}

/** Removes what a process that was ended in the middle of a write left in the folder of a variant. */
export async function removeUnfinished(variantDir: string): Promise<void> {
  for (const folder of [variantDir, join(variantDir, 'pages'), join(variantDir, 'former'), join(variantDir, 'sites')])
    await removeTemporaries(folder)
}

/** Removes unfinished files and folders that stand directly in `folder`. */
export async function removeTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(TEMPORARY_PREFIX)) await rm(join(folder, name), { recursive: true, force: true })
}

import { readdir, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { type ActiveRunRow, listActiveRuns } from '#db/queries/queue.ts'
import { failInterruptedRuns } from '#db/queries/runs.ts'
import { allVariants, setPageCount } from '#db/queries/variants.ts'
import { config, DATA_VARIABLE } from '#lib/config.ts'
import { factsFolder, variantFolder } from '#lib/domain/folders.ts'
import { estimatesFolder } from '#lib/jobs/estimate.ts'
import { storeFolder } from '#lib/jobs/job-of.ts'
import { keepOnlySite, removeTemporaries, removeUnfinished } from '#lib/jobs/leftovers.ts'
import { sweep } from '#lib/jobs/process-group.ts'
import { foldOldCalls, forgetOldRuns } from '#lib/jobs/retention.ts'
import { log } from '#lib/log.ts'
import { clearReady, countPages, readReady } from '#lib/variant-folder.ts'

/** owner / name / branch / provider / model */
const VARIANT_DEPTH = 5

/**
 * Brings rows and folders back into step after a stop at any instant. Call once, before anything is served. Returns the
 * runs that the stop has interrupted, in their order.
 */
export async function recover(): Promise<ActiveRunRow[]> {
  const { dataDir } = config()
  const ended = await sweep(DATA_VARIABLE, dataDir)
  if (ended > 0) log.warn('processes of runs had outlived the server and were ended', { processes: ended })
  const interrupted = await listActiveRuns()
  const failed = await failInterruptedRuns()
  if (failed > 0) log.warn('runs were interrupted by the last stop of the server', { runs: failed })
  const variants = await allVariants()
  const folders = variants.map((variant) => variantFolder(dataDir, variant))
  for (const variant of variants)
    if (interrupted.some((run) => run.variantId === variant.id))
      await setPageCount(variant.id, await countPages(variantFolder(dataDir, variant)))
  await removeOrphans(join(dataDir, 'projects'), new Set(folders))
  for (const variant of variants) await tidyVariant(variantFolder(dataDir, variant), variant.siteRunId)
  const stores = new Set(variants.map((one) => storeFolder(dataDir, one.canonicalUrl)))
  await tidyStores(join(dataDir, 'repos'), stores)
  await tidyStores(join(dataDir, 'facts'), new Set([...stores].flatMap((store) => factsFolder(store) ?? [])))
  await rm(estimatesFolder(dataDir), { recursive: true, force: true })
  await forgetOldRuns(null)
  await foldOldCalls()
  return interrupted
}

/** Removes folders on the way to a variant that no row leads to. */
async function removeOrphans(root: string, known: Set<string>): Promise<void> {
  const needed = new Set<string>()
  for (const folder of known) {
    const parts = relative(root, folder).split(sep)
    for (let depth = 1; depth <= VARIANT_DEPTH; depth += 1) needed.add(join(root, ...parts.slice(0, depth)))
  }
  await prune(root, needed, VARIANT_DEPTH)
}

async function prune(folder: string, needed: Set<string>, levels: number): Promise<void> {
  if (levels === 0) return
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if (needed.has(path)) await prune(path, needed, levels - 1)
    else await rm(path, { recursive: true, force: true })
  }
}

async function tidyVariant(folder: string, siteRunId: string | null): Promise<void> {
  const ready = await readReady(folder)
  if (ready && ready.run_id !== siteRunId) await clearReady(folder)
  await keepOnlySite(folder, siteRunId)
  await removeUnfinished(folder)
}

async function tidyStores(root: string, known: Set<string>): Promise<void> {
  for (const name of await readdir(root).catch(() => [])) {
    const path = join(root, name)
    if (known.has(path)) await removeTemporaries(path)
    else await rm(path, { recursive: true, force: true })
  }
}

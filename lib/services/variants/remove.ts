import { rename, rm, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { deleteVariants, findVariantsNamed, type StoredVariant } from '#db/queries/variants.ts'
import { temporaryName } from '#lib/atomic-write.ts'
import { forgetProject, readersOf } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { config } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { variantPath } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'
import { announce } from '#lib/events.ts'
import { removeWhenUnused } from '#lib/jobs/queue.ts'
import { findProject, findVariant, type ProjectQuery, type VariantQuery } from '#lib/services/variants/find.ts'

/** owner / name / branch / provider, above the folder of a model. */
const FOLDERS_ABOVE = 4

/** Deletes one variant, its runs and its files. */
export async function removeVariant(caller: Principal, query: VariantQuery): Promise<{ deleted: string }> {
  needOwner(caller, query)
  const variant = await findVariant(caller, query, 'project.change')
  await remove([variant])
  return { deleted: decodeURIComponent(variantPath(query)) }
}

/** Deletes every variant of one owner's project. */
export async function removeProject(caller: Principal, query: ProjectQuery): Promise<{ deleted: string }> {
  needOwner(caller, query)
  await remove(await findProject(caller, query, 'project.change'))
  return { deleted: query.name }
}

function needOwner(caller: Principal, { owner }: { owner?: string }): void {
  if (caller.role === 'admin' && owner === undefined)
    throw new DocsfyError('bad_request', 'Say whose documentation to delete with ?owner=NAME')
}

async function remove(variants: StoredVariant[]): Promise<void> {
  const [first] = variants
  if (!first) return
  const { owner, name } = first
  if ((await deleteVariants(variants.map((variant) => variant.id))) === 'running')
    throw new DocsfyError('conflict', `"${name}" is being generated: abort the generation first`)
  const left = (await findVariantsNamed(name)).some((variant) => variant.owner === owner)
  const readers = left ? readersOf({ owner, name }) : forgetProject({ owner, name })
  announce('variants_removed', { variantIds: variants.map((variant) => variant.id), owner, name, readers })
  await removeFiles(variants)
}

/** Removes the folders of variants whose rows are gone, and the folders above that became empty. */
export async function removeFiles(variants: StoredVariant[]): Promise<void> {
  const { dataDir } = config()
  const folders = variants.map((variant) => ({ id: variant.id, folder: variantFolder(dataDir, variant) }))
  await removeWhenUnused(folders, removeFolder)
}

async function removeFolder(folder: string): Promise<void> {
  const away = temporaryName(folder)
  await rename(folder, away).catch(() => undefined)
  await rm(away, { recursive: true, force: true })
  for (let up = dirname(folder), level = 0; level < FOLDERS_ABOVE; up = dirname(up), level += 1) {
    const removed = await rmdir(up).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}

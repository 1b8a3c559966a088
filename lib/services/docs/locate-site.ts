import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { config } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { fromSegment, refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { findProject, findVariant } from '#lib/services/variants/find.ts'
import { newestPublished } from '#lib/services/variants/newest-published.ts'
import { siteFolder } from '#lib/variant-folder.ts'

export interface LocatedSite {
  /** Folder of the published site. */
  root: string
  /** How many of the given segments name the site; the rest is the path inside it. */
  depth: number
  variant: StoredVariant
}

/**
 * The site that decoded path segments name: a whole variant where there is one, else the newest of the project. Throws
 * `not_found` also for what the caller may not see or what has no site yet.
 */
export async function locateSite(caller: Principal, segments: string[], owner?: string): Promise<LocatedSite> {
  const [name = ''] = segments
  const variant = await exactVariant(caller, segments, owner)
  if (variant) return { root: siteRootOf(variant), depth: 4, variant }
  const newest = newestPublished(await findProject(caller, { name, owner }))
  return { root: siteRootOf(newest), depth: 1, variant: newest }
}

async function exactVariant(caller: Principal, segments: string[], owner?: string): Promise<StoredVariant | null> {
  const [name, branch, provider, model] = segments
  if (!name || !branch || !provider || !model || refNameProblem(fromSegment(branch))) return null
  const query = { name, branch: fromSegment(branch), provider, model: fromSegment(model), owner }
  try {
    return await findVariant(caller, query)
  } catch (error) {
    if (isDocsfyError(error) && error.code === 'not_found') return null
    throw error
  }
}

/** Folder of the published site of a variant. Throws `not_found` when it has none. */
export function siteRootOf(variant: StoredVariant): string {
  if (variant.siteRunId === null)
    throw new DocsfyError('not_found', `The documentation of "${variant.name}" is not ready yet`)
  return siteFolder(variantFolder(config().dataDir, variant), variant.siteRunId)
}

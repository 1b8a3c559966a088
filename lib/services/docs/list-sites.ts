import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { siteRootOf } from '#lib/services/docs/locate-site.ts'
import { findProject } from '#lib/services/variants/find.ts'

export interface PublishedSite {
  variant: StoredVariant
  /** Folder of the site. */
  root: string
}

/** The sites of all variants of a project, as the caller may read them, by branch and the newest of each first. */
export async function listSites(caller: Principal, { name, owner }: StoredVariant): Promise<PublishedSite[]> {
  const variants = await findProject(caller, { name, owner })
  return variants
    .filter((variant) => variant.siteRunId !== null)
    .sort((a, b) => a.branch.localeCompare(b.branch) || (b.lastGenerated ?? '').localeCompare(a.lastGenerated ?? ''))
    .map((variant) => ({ variant, root: siteRootOf(variant) }))
}

import type { Principal } from '#lib/auth/authenticate.ts'
import { variantPath } from '#lib/domain/variant.ts'
import { readSiteFile } from '#lib/http/site-files.ts'
import { listSites } from '#lib/services/docs/list-sites.ts'
import type { LocatedSite } from '#lib/services/docs/locate-site.ts'

/** Beside the files of a site, answered by the server alone: which other variants of the project can be read. */
export const VARIANTS_FILE = 'variants.json'

export interface OfferedVariant {
  branch: string
  provider: string
  model: string
  commit: string | null
  /** ISO 8601, UTC. */
  generated: string | null
  /** The same page in that variant, or its home page where it has no such page. */
  href: string
  is_current: boolean
}

interface Asked {
  caller: Principal
  site: LocatedSite
  /** Address all variants of the project begin with, `/docs/` or `/docs/~OWNER/`. */
  prefix: string
  /** File the reader looks at, such as `guide.html`. */
  page: string
}

/** What the switcher of a site shows: only what the caller may read. */
export async function offeredVariants({ caller, site, prefix, page }: Asked): Promise<OfferedVariant[]> {
  const sites = await listSites(caller, site.variant)
  return Promise.all(
    sites.map(async ({ variant, root }) => {
      const { branch, provider, model, lastCommitSha, lastGenerated } = variant
      const hasPage = /^[^/]+\.html$/.test(page) && (await readSiteFile(root, [page])) !== null
      return {
        branch,
        provider,
        model,
        commit: lastCommitSha,
        generated: lastGenerated,
        href: `${prefix}${variantPath(variant)}/${hasPage && page !== 'index.html' ? encodeURIComponent(page) : ''}`,
        is_current: root === site.root,
      }
    }),
  )
}

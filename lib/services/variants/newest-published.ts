import type { StoredVariant } from '#db/queries/variants.ts'
import { DocsfyError } from '#lib/errors.ts'

/** The variant whose site was finished last. Throws `not_found` when none has a site. */
export function newestPublished(variants: StoredVariant[]): StoredVariant {
  const published = variants.filter((variant) => variant.siteRunId !== null)
  const [newest] = published.sort((a, b) => (b.lastGenerated ?? '').localeCompare(a.lastGenerated ?? ''))
  if (newest) return newest
  throw new DocsfyError('not_found', `The documentation of "${variants[0]?.name ?? ''}" is not ready yet`)
}

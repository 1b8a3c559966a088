import { toSegment } from '#lib/domain/ref-name.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'

/** Folder of a variant below the data directory: plan.json, pages/, sites/<run>/, ready.json. */
export function variantFolder(dataDir: string, identity: VariantIdentity): string {
  const { owner, name, branch, provider, model } = identity
  return [dataDir, 'projects', owner, name, toSegment(branch), provider, toSegment(model)].join('/')
}

/** Folder beside the object stores for what earlier runs know of a repository's files; null for a store that stands alone. */
export function factsFolder(storeDir: string): string | null {
  const beside = storeDir.replace(/([\\/])repos([\\/][^\\/]+)\.git$/, '$1facts$2')
  return beside === storeDir ? null : beside
}

/** Folder below the data directory for replies of models that need not be paid again. */
export function repliesFolder(dataDir: string): string {
  return `${dataDir}/replies`
}

import { toSegment } from '#lib/domain/ref-name.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'

/** Folder of a project below the data directory; holds all its variants. */
export function projectFolder(dataDir: string, project: { owner: string; name: string }): string {
  return [dataDir, 'projects', project.owner, project.name].join('/')
}

/** Folder of a variant: plan.json, pages/, sites/<run>/, ready.json. */
export function variantFolder(dataDir: string, identity: VariantIdentity): string {
  const { branch, provider, model } = identity
  return [projectFolder(dataDir, identity), toSegment(branch), provider, toSegment(model)].join('/')
}

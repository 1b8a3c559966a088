import type { z } from 'zod'
import { toSegment } from '#lib/domain/ref-name.ts'
import type { projectsResponseSchema, variantRowSchema } from '#lib/domain/variant-schema.ts'

export type VariantRow = z.infer<typeof variantRowSchema>
export type ProjectsResponse = z.infer<typeof projectsResponseSchema>

/** What tells one variant from another. */
export interface VariantIdentity {
  owner: string
  name: string
  branch: string
  provider: string
  model: string
}

export function identityOf(row: VariantRow): VariantIdentity {
  return { owner: row.owner, name: row.name, branch: row.branch, provider: row.ai_provider, model: row.ai_model }
}

/** `name/branch/provider/model`, each one URL segment. */
export function variantPath(identity: Omit<VariantIdentity, 'owner'>): string {
  const { name, branch, provider, model } = identity
  return [name, toSegment(branch), provider, toSegment(model)].map(encodeURIComponent).join('/')
}

/** Unique key of a variant among all owners. */
export function variantKey(identity: VariantIdentity): string {
  return `${identity.owner}/${variantPath(identity)}`
}

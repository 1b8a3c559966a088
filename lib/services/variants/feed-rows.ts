import { findVariantById, listVariants, type StoredVariant } from '#db/queries/variants.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { presentVariant } from '#lib/services/variants/present.ts'

/** A variant as the lists of admins and of everybody else show it. */
export interface FeedRow {
  generationId: string
  owner: string
  name: string
  forAdmins: VariantRow
  forOthers: VariantRow
}

/** Every variant there is. `plan_json` is filled for generating ones only. */
export async function allFeedRows(): Promise<FeedRow[]> {
  return (await listVariants('all')).map(feedRow)
}

/** One variant; null when it is gone. `plan_json` is filled while it is generating only. */
export async function findFeedRow(generationId: string): Promise<FeedRow | null> {
  const variant = await findVariantById(generationId)
  return variant && feedRow(variant.status === 'generating' ? variant : { ...variant, planJson: null })
}

function feedRow(variant: StoredVariant): FeedRow {
  const { id, owner, name } = variant
  return {
    generationId: id,
    owner,
    name,
    forAdmins: presentVariant(variant, { username: owner, role: 'admin' }),
    forOthers: presentVariant(variant, { username: owner, role: 'user' }),
  }
}

import type { Principal } from '#lib/auth/authenticate.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { findById, findVariant, type VariantQuery } from '#lib/services/variants/find.ts'
import { presentVariant } from '#lib/services/variants/present.ts'

/** One variant with its plan. */
export async function getVariant(caller: Principal, query: VariantQuery): Promise<VariantRow> {
  return presentVariant(await findVariant(caller, query), caller)
}

/** One variant by its generation id, with its plan. */
export async function getVariantById(caller: Principal, id: string): Promise<VariantRow> {
  return presentVariant(await findById(caller, id), caller)
}

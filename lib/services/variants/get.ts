import type { Principal } from '#lib/auth/authenticate.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findById, findVariant, type VariantQuery } from '#lib/services/variants/find.ts'
import { presentVariant } from '#lib/services/variants/present.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One variant with its plan. */
export async function getVariant(caller: Principal, query: VariantQuery): Promise<VariantRow> {
  return presentVariant(await findVariant(caller, query), caller)
}

/** One variant by its generation id, with its plan. Throws `bad_request` for what is no UUID. */
export async function getVariantById(caller: Principal, id: string): Promise<VariantRow> {
  if (!UUID.test(id)) throw new DocsfyError('bad_request', 'A generation id is a UUID')
  return presentVariant(await findById(caller, id.toLowerCase()), caller)
}

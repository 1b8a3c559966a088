import { deleteSchedule } from '#db/queries/schedules.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'

/** Ends the schedule of a variant; a check or run under way is finished. Throws `not_found`. */
export async function removeSchedule(caller: Principal, query: VariantQuery): Promise<{ deleted: string }> {
  const variant = await findVariant(caller, query, 'project.change')
  if (!(await deleteSchedule(variant.id)))
    throw new DocsfyError('not_found', `This variant of "${query.name}" has no schedule`)
  const { name, branch, provider, model } = variant
  return { deleted: [name, branch, provider, model].join('/') }
}

import { findSchedule, putSchedule } from '#db/queries/schedules.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { config } from '#lib/config.ts'
import type { ScheduleRow } from '#lib/domain/schedules.ts'
import { DocsfyError } from '#lib/errors.ts'
import { checkedNextTime } from '#lib/services/schedules/cron.ts'
import { presentSchedule } from '#lib/services/schedules/present.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'

export interface SetSchedule {
  cron: string
  /** IANA name. */
  time_zone: string
}

/** Has a variant look for changes at these times. Throws `invalid_input` for a schedule that is none or too frequent. */
export async function setSchedule(
  caller: Principal,
  query: VariantQuery,
  { cron: given, time_zone: timeZone }: SetSchedule,
): Promise<ScheduleRow> {
  const variant = await findVariant(caller, query, 'project.change')
  const cron = given.trim().replaceAll(/\s+/g, ' ')
  const now = new Date()
  const nextAt = checkedNextTime({ cron, timeZone }, { minMinutes: config().minScheduleMinutes, now })
  const createdAt = now.toISOString()
  await putSchedule({ variantId: variant.id, cron, timeZone, nextAt, createdBy: caller.username, createdAt })
  const schedule = await findSchedule(variant.id)
  if (!schedule) throw new DocsfyError('not_found', `There is no documentation "${query.name}" any more`)
  return presentSchedule(schedule)
}

import { findSchedule, listAllSchedules } from '#db/queries/schedules.ts'
import { relationTo } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { decideOnProject } from '#lib/auth/permissions.ts'
import type { ScheduleResponse, SchedulesResponse } from '#lib/domain/schedules.ts'
import { presentSchedule } from '#lib/services/schedules/present.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'

/** When a variant looks by itself whether its branch has moved, and what the last look said. */
export async function getSchedule(caller: Principal, query: VariantQuery): Promise<ScheduleResponse> {
  const variant = await findVariant(caller, query)
  const schedule = await findSchedule(variant.id)
  return { schedule: schedule && presentSchedule(schedule) }
}

/** The schedules of every variant the caller may see, by name. */
export async function listSchedules(caller: Principal): Promise<SchedulesResponse> {
  const visible = (await listAllSchedules()).filter(
    (schedule) => decideOnProject(caller.role, relationTo(caller, schedule), 'project.read') === 'allow',
  )
  return { schedules: visible.map(presentSchedule) }
}

import type { NamedSchedule } from '#db/queries/schedules.ts'
import type { ScheduleRow } from '#lib/domain/schedules.ts'

/** A schedule as clients see it. */
export function presentSchedule(schedule: NamedSchedule): ScheduleRow {
  return {
    name: schedule.name,
    branch: schedule.branch,
    ai_provider: schedule.provider,
    ai_model: schedule.model,
    owner: schedule.owner,
    generation_id: schedule.variantId,
    cron: schedule.cron,
    time_zone: schedule.timeZone,
    next_at: schedule.nextAt,
    created_by: schedule.createdBy,
    created_at: schedule.createdAt,
    last_checked_at: schedule.lastCheckedAt,
    last_result: schedule.lastResult,
    last_message: schedule.lastMessage,
  }
}

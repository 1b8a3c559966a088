import * as z from 'zod/mini'

/** How a look at the remote branch ended. */
export const CHECK_RESULTS = ['unchanged', 'started', 'generating', 'failed'] as const
export type CheckResult = (typeof CHECK_RESULTS)[number]

/** When one variant looks by itself whether its branch has moved. Times are ISO 8601 UTC. */
export const scheduleRowSchema = z.object({
  name: z.string(),
  branch: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
  owner: z.string(),
  generation_id: z.string(),
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string(),
  /** IANA name; the fields of `cron` are in this zone. */
  time_zone: z.string(),
  next_at: z.string(),
  created_by: z.string(),
  created_at: z.string(),
  last_checked_at: z.nullable(z.string()),
  last_result: z.nullable(z.enum(CHECK_RESULTS)),
  /** The result in one sentence. */
  last_message: z.nullable(z.string()),
})
export type ScheduleRow = z.infer<typeof scheduleRowSchema>

/** Null: this variant is not looked after by itself. */
export const scheduleResponseSchema = z.object({ schedule: z.nullable(scheduleRowSchema) })
export type ScheduleResponse = z.infer<typeof scheduleResponseSchema>

export const schedulesResponseSchema = z.object({ schedules: z.array(scheduleRowSchema) })
export type SchedulesResponse = z.infer<typeof schedulesResponseSchema>

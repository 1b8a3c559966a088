import * as z from 'zod/mini'
import { recordedEventSchema } from '#lib/domain/run-events.ts'
import { STAGES, TERMINAL_STATUSES } from '#lib/domain/stages.ts'

/** A run waits for its turn, runs in a worker process, and ends in one of the terminal statuses of its variant. */
export const RUN_STATES = ['waiting', 'running', ...TERMINAL_STATUSES] as const

/**
 * What asked for a run: a client of the API, the server's own start command, a schedule, a push told to a hook, a
 * person who resumes, or the server that resumes after a restart.
 */
export const RUN_TRIGGERS = ['api', 'start', 'schedule', 'hook', 'resume', 'restart'] as const
export type RunTrigger = (typeof RUN_TRIGGERS)[number]

/** One attempt to generate a variant. Times are ISO 8601 UTC; `duration` is seconds. */
export const runRowSchema = z.object({
  run_id: z.string(),
  state: z.enum(RUN_STATES),
  trigger: z.enum(RUN_TRIGGERS),
  requested_by: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
  force: z.boolean(),
  up_to_date: z.boolean(),
  from_commit: z.nullable(z.string()),
  to_commit: z.nullable(z.string()),
  queued_at: z.string(),
  started_at: z.nullable(z.string()),
  finished_at: z.nullable(z.string()),
  duration: z.nullable(z.number()),
  stages: z.array(z.object({ stage: z.enum(STAGES), duration_ms: z.number() })),
  page_count: z.int(),
  total_pages: z.nullable(z.int()),
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Of kept replies, for which nothing was paid. */
  reused_tokens: z.int(),
  cost_usd: z.number(),
  /** Calls whose price is not known: they are not in `cost_usd`. */
  unpriced_calls: z.int(),
  message: z.nullable(z.string()),
  warnings: z.array(z.string()),
})
export type RunRow = z.infer<typeof runRowSchema>

const ORIGINS: Partial<Record<RunTrigger, string>> = {
  schedule: 'by its schedule',
  hook: 'after a push',
  restart: 'after a restart',
}

/** What or who started a run: `after a push`, `by ann`. */
export function originOf({ trigger, requested_by }: Pick<RunRow, 'trigger' | 'requested_by'>): string {
  return ORIGINS[trigger] ?? `by ${requested_by}`
}

export const runsResponseSchema = z.object({ runs: z.array(runRowSchema) })
export type RunsResponse = z.infer<typeof runsResponseSchema>

export const runEventsResponseSchema = z.object({ run_id: z.string(), events: z.array(recordedEventSchema) })
export type RunEventsResponse = z.infer<typeof runEventsResponseSchema>

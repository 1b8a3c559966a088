import * as z from 'zod/mini'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { RUN_TRIGGERS } from '#lib/domain/runs.ts'
import { CURRENT_STAGES } from '#lib/domain/stages.ts'
import { variantNames } from '#lib/domain/variant-names.ts'

/** A run that works or waits, with what it is for. Times are ISO 8601 UTC. */
export const queuedRunSchema = z.object({
  run_id: z.string(),
  ...variantNames,
  repo_type: z.nullable(z.enum(REPO_TYPES)),
  force: z.boolean(),
  trigger: z.enum(RUN_TRIGGERS),
  requested_by: z.string(),
  queued_at: z.string(),
  started_at: z.nullable(z.string()),
  current_stage: z.nullable(z.enum(CURRENT_STAGES)),
  page_count: z.int(),
  total_pages: z.nullable(z.int()),
})
export type QueuedRun = z.infer<typeof queuedRunSchema>

/** `GET /api/admin/queue`: running ones oldest first, waiting ones in the order in which they are going to start. */
export const queueResponseSchema = z.object({
  running: z.array(queuedRunSchema),
  waiting: z.array(queuedRunSchema),
  max_concurrent_runs: z.int(),
  max_runs_per_user: z.int(),
})
export type QueueResponse = z.infer<typeof queueResponseSchema>

/** `GET /api/admin/settings`: read-only. `value` is null for what is unset and always for a secret. */
export const settingsResponseSchema = z.object({
  settings: z.array(
    z.object({ name: z.string(), value: z.nullable(z.string()), is_set: z.boolean(), is_secret: z.boolean() }),
  ),
})
export type SettingsResponse = z.infer<typeof settingsResponseSchema>

/** `GET /api/admin/grants`: every grant of every project, by owner, project and username. */
export const grantsResponseSchema = z.object({
  grants: z.array(z.object({ owner: z.string(), project: z.string(), username: z.string(), created_at: z.string() })),
})
export type GrantsResponse = z.infer<typeof grantsResponseSchema>

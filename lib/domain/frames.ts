import * as z from 'zod/mini'
import { type RecordedEvent, recordedEventSchema } from '#lib/domain/run-events.ts'
import { CURRENT_STAGES, TERMINAL_STATUSES } from '#lib/domain/stages.ts'
import { projectsResponseSchema } from '#lib/domain/variant-schema.ts'

const identityFields = {
  name: z.string(),
  branch: z.string(),
  provider: z.string(),
  model: z.string(),
  owner: z.string(),
  generation_id: z.string(),
}

/** Frames of /api/ws, server to client. A field that is absent is unchanged: a client must not clear it. */
export const syncFrameSchema = z.extend(projectsResponseSchema, { type: z.literal('sync'), seq: z.int() })
export const progressFrameSchema = z.object({
  type: z.literal('progress'),
  ...identityFields,
  status: z.literal('generating'),
  current_stage: z.optional(z.enum(CURRENT_STAGES)),
  page_count: z.optional(z.int()),
  plan_json: z.optional(z.string()),
  error_message: z.optional(z.nullable(z.string())),
  seq: z.int(),
  run_id: z.string(),
  /** The last event of the run this frame tells of. */
  event: z.optional(recordedEventSchema),
  /** All of them in order, `event` included, when it tells of several. */
  events: z.optional(z.array(recordedEventSchema)),
})
export const statusChangeFrameSchema = z.object({
  type: z.literal('status_change'),
  ...identityFields,
  status: z.enum(TERMINAL_STATUSES),
  current_stage: z.optional(z.nullable(z.enum(CURRENT_STAGES))),
  page_count: z.int(),
  last_generated: z.nullable(z.string()),
  last_commit_sha: z.nullable(z.string()),
  error_message: z.nullable(z.string()),
  seq: z.int(),
})
export const pingFrameSchema = z.object({ type: z.literal('ping') })

export const serverFrameSchema = z.discriminatedUnion('type', [
  syncFrameSchema,
  progressFrameSchema,
  statusChangeFrameSchema,
  pingFrameSchema,
])
export type SyncFrame = z.infer<typeof syncFrameSchema>
export type ProgressFrame = z.infer<typeof progressFrameSchema>
export type StatusChangeFrame = z.infer<typeof statusChangeFrameSchema>
export type ServerFrame = z.infer<typeof serverFrameSchema>
/** A frame that says something about variants. */
export type DataFrame = Exclude<ServerFrame, { type: 'ping' }>

/** Everything a progress frame tells of its run, in order. */
export function eventsOf({ event, events }: ProgressFrame): RecordedEvent[] {
  return events ?? (event ? [event] : [])
}

export const clientFrameSchema = z.object({ type: z.literal('pong') })

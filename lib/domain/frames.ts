import { z } from 'zod'
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
export const syncFrameSchema = projectsResponseSchema.extend({ type: z.literal('sync'), seq: z.number().int() })
export const progressFrameSchema = z.object({
  type: z.literal('progress'),
  ...identityFields,
  status: z.literal('generating'),
  current_stage: z.enum(CURRENT_STAGES).optional(),
  page_count: z.number().int().optional(),
  plan_json: z.string().optional(),
  error_message: z.string().nullable().optional(),
  seq: z.number().int(),
  run_id: z.string(),
  /** The last event of the run this frame tells of. */
  event: recordedEventSchema.optional(),
  /** All of them in order, `event` included, when it tells of several. */
  events: z.array(recordedEventSchema).optional(),
})
export const statusChangeFrameSchema = z.object({
  type: z.literal('status_change'),
  ...identityFields,
  status: z.enum(TERMINAL_STATUSES),
  current_stage: z.enum(CURRENT_STAGES).nullable().optional(),
  page_count: z.number().int(),
  last_generated: z.string().nullable(),
  last_commit_sha: z.string().nullable(),
  error_message: z.string().nullable(),
  seq: z.number().int(),
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

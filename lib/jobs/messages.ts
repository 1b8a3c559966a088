import { z } from 'zod'
import type { Job, Outcome } from '#lib/domain/job.ts'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { runEventSchema } from '#lib/domain/run-events.ts'
import { STAGES, TERMINAL_STATUSES } from '#lib/domain/stages.ts'

/** What the server sends to a worker process. */
export type ToWorker =
  | { type: 'start'; job: Job }
  | { type: 'abort' }
  /** Answers `reserve`: null when the call may be made, else why not. */
  | { type: 'reserved'; id: number; refusal: string | null }

/** As base64; a summary has at most 2 MB before it is compressed. */
const MOST_SUMMARY_CHARS = 4_000_000

const outcomeSchema: z.ZodType<Outcome> = z.object({
  status: z.enum(TERMINAL_STATUSES),
  upToDate: z.boolean(),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  repoType: z.enum(REPO_TYPES).nullable(),
  pageCount: z.number().int(),
  totalPages: z.number().int(),
  warnings: z.array(z.string()),
  siteDir: z.string().nullable(),
  message: z.string().nullable(),
  durationMs: z.number(),
  stages: z.array(z.object({ stage: z.enum(STAGES), duration_ms: z.number() })),
  factsSummary: z.string().max(MOST_SUMMARY_CHARS).nullish(),
})

/** What a worker process sends back; checked, because it has read a stranger's repository. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: runEventSchema }),
  z.object({ type: z.literal('outcome'), outcome: outcomeSchema }),
  /** Asks whether a call may be made that takes at most this. */
  z.object({
    type: z.literal('reserve'),
    id: z.number().int(),
    most: z.object({
      usd: z.number().nonnegative().nullable(),
      tokens: z.number().nonnegative(),
      outputTokens: z.number().nonnegative().optional(),
    }),
  }),
  /** The call has ended, and what it took was told before. */
  z.object({ type: z.literal('release'), id: z.number().int() }),
  /** A sign of life, once a second. */
  z.object({ type: z.literal('alive') }),
])
export type FromWorker = z.infer<typeof fromWorkerSchema>
/** What a worker says of its run. */
export type RunMessage = Exclude<FromWorker, { type: 'alive' }>

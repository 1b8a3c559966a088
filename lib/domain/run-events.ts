import * as z from 'zod/mini'
import type { AiUsage } from '#lib/domain/ai.ts'
import { STAGES, TERMINAL_STATUSES } from '#lib/domain/stages.ts'

/** What a run tells while it works. Recorded in order; every log line and bar is derived from these. */
export const runEventSchema = z.discriminatedUnion('kind', [
  /** The run waits for its turn; `ahead` others that wait, too, start before it. */
  z.object({ kind: z.literal('waiting'), ahead: z.int() }),
  z.object({ kind: z.literal('stage_started'), stage: z.enum(STAGES) }),
  z.object({
    kind: z.literal('stage_finished'),
    stage: z.enum(STAGES),
    duration_ms: z.number(),
    outcome: z.enum(['done', 'degraded', 'failed', 'aborted']),
    message: z.optional(z.string()),
  }),
  /** Progress inside a stage in words and, when known, numbers: objects received, files parsed. */
  z.object({
    kind: z.literal('stage_progress'),
    stage: z.enum(STAGES),
    message: z.string(),
    done: z.optional(z.number()),
    total: z.optional(z.number()),
  }),
  z.object({ kind: z.literal('commit_resolved'), commit: z.string() }),
  z.object({ kind: z.literal('plan_ready'), plan_json: z.string(), total_pages: z.number(), kept_pages: z.number() }),
  z.object({
    kind: z.literal('page_written'),
    slug: z.string(),
    title: z.string(),
    page_count: z.number(),
    kept: z.boolean(),
  }),
  /** A call of a model for a page (null: for none alone), told as soon as it is known: what was spent counts whatever becomes of page and run. */
  z.object({
    kind: z.literal('tokens_used'),
    slug: z.nullable(z.string()),
    input_tokens: z.number(),
    output_tokens: z.number(),
    /** Tokens of a kept reply, which were paid when it was made. */
    reused_tokens: z.optional(z.number()),
    /** Counted from the text, because the provider told none. */
    is_estimate: z.optional(z.literal(true)),
    /** Null when the price is not known. */
    cost_usd: z.nullable(z.number()),
  }),
  z.object({ kind: z.literal('warning'), message: z.string(), stage: z.optional(z.enum(STAGES)) }),
  z.object({
    kind: z.literal('finished'),
    status: z.enum(TERMINAL_STATUSES),
    up_to_date: z.boolean(),
    message: z.nullable(z.string()),
  }),
])
export type RunEvent = z.infer<typeof runEventSchema>

/** What a person reads while a run waits for its turn: `Waiting: 2 ahead`. */
export function waitingText(ahead: number): string {
  return ahead === 0 ? 'Waiting: next in line' : `Waiting: ${ahead} ahead`
}

/** A run event with its place in the run: `seq` from 1 without gaps, `at` ISO 8601 UTC. */
export const recordedEventSchema = z.object({ seq: z.int(), at: z.string(), event: runEventSchema })
export type RecordedEvent = z.infer<typeof recordedEventSchema>

/** What a call of a model took, as a run tells it. */
export function tokensUsed(slug: string | null, usage: AiUsage): RunEvent {
  const { inputTokens: input_tokens, outputTokens: output_tokens, reusedTokens, isEstimate, costUsd: cost_usd } = usage
  return {
    kind: 'tokens_used',
    slug,
    input_tokens,
    output_tokens,
    ...(reusedTokens === undefined ? {} : { reused_tokens: reusedTokens }),
    ...(isEstimate ? { is_estimate: isEstimate } : {}),
    cost_usd,
  }
}

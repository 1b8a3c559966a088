import * as z from 'zod/mini'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { planGroupSchema } from '#lib/domain/plan.ts'
import { planUpdateSchema } from '#lib/domain/plan-update.ts'

/** `POST /api/estimate`: what a generation would write now and what it would need at most. */
export const estimateResponseSchema = z.object({
  /** The project the generation would be of. */
  project: z.string(),
  /** As the repository names it: of `HEAD`, the branch that is. */
  branch: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
  repo_type: z.enum(REPO_TYPES),
  /** A generation would write nothing. */
  up_to_date: z.boolean(),
  total_pages: z.int(),
  commit: z.string(),
  /** Groups of pages, as they would be. */
  navigation: z.array(planGroupSchema),
  /** Null when there is nothing to do. */
  update: z.nullable(planUpdateSchema),
  /** What is left of the smallest budget that counts, USD; null where none does. */
  budget_left_usd: z.nullable(z.number()),
})
export type EstimateResponse = z.infer<typeof estimateResponseSchema>

/** The same with status 202: it is still being found out; the same request goes on waiting for it. */
export const estimatingResponseSchema = z.object({ status: z.literal('estimating') })

export const estimateAnswerSchema = z.union([estimateResponseSchema, estimatingResponseSchema])

import * as z from 'zod/mini'
import { planUpdateSchema } from '#lib/domain/plan-update.ts'

/** `POST /api/estimate`: what a generation would write now and what it would need at most. */
export const estimateResponseSchema = z.object({
  /** A generation would write nothing. */
  up_to_date: z.boolean(),
  total_pages: z.int(),
  commit: z.nullable(z.string()),
  /** Null when there is nothing to do. */
  update: z.nullable(planUpdateSchema),
  /** What is left of the smallest budget that counts, USD; null where none does. */
  budget_left_usd: z.nullable(z.number()),
})
export type EstimateResponse = z.infer<typeof estimateResponseSchema>

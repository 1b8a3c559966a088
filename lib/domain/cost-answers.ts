import * as z from 'zod/mini'
import { budgetStateSchema } from '#lib/domain/budgets.ts'
import { spendingSchema } from '#lib/domain/spending.ts'
import { variantNames } from '#lib/domain/variant-names.ts'

const variantSpendingSchema = z.object({
  ...variantNames,
  ...spendingSchema.shape,
})

/** `GET /api/cost`: what the caller has spent in a month; `total_cost_usd` is all they may see, whoever spent it. */
export const costResponseSchema = z.object({
  total_cost_usd: z.number(),
  unpriced_calls: z.int(),
  month: z.string(),
  spent: spendingSchema,
  /** The caller's, as far as it is spent in this month. */
  budgets: z.array(budgetStateSchema),
  /** Also of variants that are deleted; the dearest first. */
  variants: z.array(variantSpendingSchema),
})
export type CostResponse = z.infer<typeof costResponseSchema>

/** `GET /api/admin/cost`: the month of everybody. */
export const adminCostResponseSchema = z.object({
  month: z.string(),
  spent: spendingSchema,
  budgets: z.array(budgetStateSchema),
  /** The dearest first; null: accounts that are deleted. */
  users: z.array(z.object({ username: z.nullable(z.string()), ...spendingSchema.shape })),
  /** The newest first, at most twelve. */
  months: z.array(z.object({ month: z.string(), ...spendingSchema.shape })),
  /** Replies that need not be paid again, counted no more than five minutes ago. */
  kept: z.object({ replies: z.int(), bytes: z.int(), max_bytes: z.int() }),
})
export type AdminCostResponse = z.infer<typeof adminCostResponseSchema>

/** `GET …/{variant}/cost`: what a variant, or one run of it, has cost. */
export const variantCostResponseSchema = z.object({
  spent: spendingSchema,
  /** By page, the dearest first; null: calls for no single page. */
  pages: z.array(z.object({ slug: z.nullable(z.string()), ...spendingSchema.shape })),
  /** The newest first, at most 1,000. Times are ISO 8601 UTC. */
  calls: z.array(
    z.object({
      at: z.string(),
      run_id: z.string(),
      slug: z.nullable(z.string()),
      ai_provider: z.string(),
      ai_model: z.string(),
      requested_by: z.nullable(z.string()),
      input_tokens: z.int(),
      output_tokens: z.int(),
      reused_tokens: z.int(),
      /** Null when the price is not known. */
      cost_usd: z.nullable(z.number()),
      is_estimate: z.boolean(),
    }),
  ),
})
export type VariantCostResponse = z.infer<typeof variantCostResponseSchema>

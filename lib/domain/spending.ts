import * as z from 'zod/mini'

/** What calls of models took together. */
export const spendingSchema = z.object({
  /** Calls that were made; replies that were kept from an earlier one are no calls. */
  calls: z.int(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Tokens of kept replies, which were paid when they were made. */
  reused_tokens: z.int(),
  /** Sum of the calls whose price is known. */
  cost_usd: z.number(),
  /** Calls whose price is not known: they are not in the sum. */
  unpriced_calls: z.int(),
  /** Calls whose tokens the provider did not tell: they are counted from the text. */
  estimated_calls: z.int(),
})
export type Spending = z.infer<typeof spendingSchema>

export const NOTHING_SPENT: Spending = {
  calls: 0,
  input_tokens: 0,
  output_tokens: 0,
  reused_tokens: 0,
  cost_usd: 0,
  unpriced_calls: 0,
  estimated_calls: 0,
}

/** `$1.23`, with four digits below a dollar, so that a small sum is not shown as none. */
export function usdText(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 1 ? 4 : 2)}`
}

/** `$1.23 and 2 calls of unknown price`: a sum never hides what is not in it. */
export function costText({ cost_usd, unpriced_calls }: Pick<Spending, 'cost_usd' | 'unpriced_calls'>): string {
  if (unpriced_calls === 0) return usdText(cost_usd)
  const unpriced = `${unpriced_calls} ${unpriced_calls === 1 ? 'call' : 'calls'} of unknown price`
  return cost_usd === 0 ? unpriced : `${usdText(cost_usd)} and ${unpriced}`
}

/** `12,000 tokens paid, 3,000 reused`; null when no model was asked. */
export function tokensText(spent: Pick<Spending, 'input_tokens' | 'output_tokens' | 'reused_tokens'>): string | null {
  const paid = spent.input_tokens + spent.output_tokens
  if (paid === 0 && spent.reused_tokens === 0) return null
  const reused = spent.reused_tokens === 0 ? '' : `, ${grouped(spent.reused_tokens)} reused`
  return `${grouped(paid)} tokens paid${reused}`
}

/** `12,000`. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US')
}

/** A month in UTC, `2026-11`: bills are by month. */
export const YEAR_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7)
}

const variantSpendingSchema = z.object({
  generation_id: z.string(),
  owner: z.string(),
  name: z.string(),
  branch: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
  ...spendingSchema.shape,
})

/** `GET /api/cost`: what the caller has spent in a month; `total_cost_usd` is all they may see, whoever spent it. */
export const costResponseSchema = z.object({
  total_cost_usd: z.number(),
  unpriced_calls: z.int(),
  month: z.string(),
  spent: spendingSchema,
  /** Also of variants that are deleted; the dearest first. */
  variants: z.array(variantSpendingSchema),
})
export type CostResponse = z.infer<typeof costResponseSchema>

/** `GET /api/admin/cost`: the month of everybody. */
export const adminCostResponseSchema = z.object({
  month: z.string(),
  spent: spendingSchema,
  /** The dearest first; null: accounts that are deleted. */
  users: z.array(z.object({ username: z.nullable(z.string()), ...spendingSchema.shape })),
  /** The newest first, at most twelve. */
  months: z.array(z.object({ month: z.string(), ...spendingSchema.shape })),
  /** Replies that need not be paid again. */
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

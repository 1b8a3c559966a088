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
  unpriced_tokens: z.int(),
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
  unpriced_tokens: 0,
  estimated_calls: 0,
}

/** A month in UTC, `2026-11`: bills are by month. */
export const YEAR_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7)
}

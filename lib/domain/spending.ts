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

/** Below it two digits would show little, or nothing. */
const SMALL_USD = 0.1

/** `$1.23`, and `$0.0125` where two digits are too few. */
export function usdText(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < SMALL_USD ? 4 : 2)}`
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

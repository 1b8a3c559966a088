import type { Spending } from '#lib/domain/spending.ts'

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

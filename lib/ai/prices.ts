import type { AiUsage } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'

/** USD per million tokens. */
export interface Price {
  input: number
  output: number
  /** Input that the provider had in its cache. */
  cached: number
}

/**
 * As the vendors' price lists had them on 5 August 2026. By beginning of the model's name, which ends where a part of the name
 * ends; the longest one counts.
 */
const PRICES: Record<string, [input: number, output: number, cached?: number]> = {
  'claude-haiku-4-5': [1, 5],
  'claude-3-5-haiku': [0.8, 4],
  'claude-sonnet-4': [3, 15],
  'claude-sonnet-5': [3, 15],
  'claude-opus-4': [5, 25],
  'claude-opus-4-0': [15, 75],
  'claude-opus-4-1': [15, 75],
  'claude-opus-4-20250514': [15, 75],
  'claude-opus-4@20250514': [15, 75],
  'claude-opus-4.1': [15, 75],
  'gpt-4o': [2.5, 10, 1.25],
  'gpt-4o-mini': [0.15, 0.6, 0.075],
  'gpt-4.1': [2, 8, 0.5],
  'gpt-4.1-mini': [0.4, 1.6, 0.1],
  'gpt-4.1-nano': [0.1, 0.4, 0.025],
  'gpt-5': [1.25, 10, 0.125],
  'gpt-5-mini': [0.25, 2, 0.025],
  'gpt-5-nano': [0.05, 0.4, 0.005],
  'gpt-5-pro': [15, 120],
  'gpt-5.1': [1.25, 10, 0.125],
  'gpt-5.1-codex-mini': [0.25, 2, 0.025],
  'gpt-5.2': [1.75, 14, 0.175],
  'gpt-5.2-pro': [21, 168],
  'gpt-5.4': [2.5, 15, 0.25],
  'gpt-5.4-mini': [0.75, 4.5, 0.075],
  'gpt-5.4-nano': [0.2, 1.25, 0.02],
  'gpt-5.4-pro': [30, 180],
  'gpt-5.5': [5, 30, 0.5],
  'gpt-5.5-pro': [30, 180],
  'gpt-5.6-sol': [5, 30, 0.5],
  'gpt-5.6-terra': [2, 12, 0.2],
  'gpt-5.6-luna': [0.2, 1.2, 0.02],
  'gemini-2.5-pro': [1.25, 10, 0.125],
  'gemini-2.5-flash': [0.3, 2.5, 0.03],
  'gemini-2.5-flash-lite': [0.1, 0.4, 0.01],
  'gemini-3-pro': [2, 12],
  'gemini-3-flash': [0.5, 3],
  'gemini-3.5-flash': [1.5, 9, 0.15],
  'gemini-3.5-flash-lite': [0.3, 2.5, 0.03],
  'gemini-3.6-flash': [1.5, 7.5, 0.15],
}

/** Price of a model; null when it is not known. What runs on the own machine costs nothing. */
export function priceOf(provider: AiProvider, model: string): Price | null {
  if (provider === 'ollama') return { input: 0, output: 0, cached: 0 }
  const name = model.replace(/^.*\//, '')
  const [known] = Object.keys(PRICES)
    .filter((prefix) => name.startsWith(prefix) && /^(?:$|[-.@:])/.test(name.slice(prefix.length)))
    .sort((a, b) => b.length - a.length)
  const price = known === undefined ? undefined : PRICES[known]
  if (!price) return null
  const [input, output, cached = input] = price
  return { input, output, cached }
}

/** What a call cost: as the provider says, else by its price; null when neither is known. */
export function costOf(
  { costUsd, inputTokens, outputTokens, cachedTokens }: AiUsage,
  price: Price | null,
): number | null {
  if (costUsd !== null) return costUsd
  if (!price) return null
  const { input, output, cached } = price
  return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) / 1e6
}

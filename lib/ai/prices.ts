import type { AiUsage } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { OwnPrices } from './price-file.ts'

/** USD per million tokens. */
export interface Price {
  input: number
  output: number
  /** Input that the provider had in its cache. */
  cached: number
  /** The day the price is of: `2026-08-05`. */
  date: string
  /** The longest answer of the model; null when it is not known. */
  maxOutputTokens: number | null
}

/** Of the prices below. */
const PRICES_DATE = '2026-08-05'

/**
 * As the vendors' price lists had them on that day. By beginning of the model's name, which ends where a part of the name
 * ends; the longest one counts.
 */
const PRICES: Record<string, [input: number, output: number, cached?: number]> = {
  // What Claude Code calls the newest of each size; its own choice is taken for the dearest.
  'claude:sonnet': [3, 15],
  'claude:opus': [5, 25],
  'claude:haiku': [1, 5],
  'claude:default': [5, 25],
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

/** Longest answers of models that give fewer tokens than a page may have room for, as the vendors list them. */
const OUTPUT_LIMITS: Record<string, number> = {
  'claude-3-haiku': 4096,
  'claude-3-opus': 4096,
  'claude-3-5-haiku': 8192,
  'claude-3-5-sonnet': 8192,
  'gpt-3.5-turbo': 4096,
  'gpt-4-turbo': 4096,
  'gpt-4o': 16_384,
  'gpt-4o-2024-05-13': 4096,
  'gemini-1.5': 8192,
  'gemini-2.0-flash': 8192,
}

/** Price of a model, an administrator's own first; null when it is not known. What runs on the own machine costs nothing. */
export function priceOf(provider: AiProvider, model: string, own: OwnPrices | null = null): Price | null {
  const date = own?.date ?? ''
  const mine = own && entryFor(own.models, provider, model)
  if (mine) {
    const { input, output, cached = input, max_output_tokens } = mine
    return { input, output, cached, date, maxOutputTokens: max_output_tokens ?? outputLimitOf(provider, model) }
  }
  const maxOutputTokens = outputLimitOf(provider, model)
  if (provider === 'ollama') return { input: 0, output: 0, cached: 0, date: PRICES_DATE, maxOutputTokens }
  const price = entryFor(PRICES, provider, model)
  if (!price) return null
  const [input, output, cached = input] = price
  return { input, output, cached, date: PRICES_DATE, maxOutputTokens }
}

/** The longest answer of a model in tokens, where it is known. */
export function outputLimitOf(provider: AiProvider, model: string): number | null {
  return entryFor(OUTPUT_LIMITS, provider, model)
}

/** The entry of `provider:model`, else of the longest beginning of the model's name that ends where a part of it ends. */
function entryFor<Entry>(table: Record<string, Entry>, provider: AiProvider, model: string): Entry | null {
  const exact = `${provider}:${model}`
  if (Object.hasOwn(table, exact)) return table[exact] ?? null
  const name = model.replace(/^.*\//, '')
  const [known] = Object.keys(table)
    .filter((prefix) => name.startsWith(prefix) && /^(?:$|[-.@:])/.test(name.slice(prefix.length)))
    .sort((a, b) => b.length - a.length)
  return known === undefined ? null : (table[known] ?? null)
}

/** What a call cost: as the provider says, else by its price; null when neither is known. */
export function costOf(
  { costUsd, inputTokens, outputTokens, cachedTokens }: AiUsage,
  price: Pick<Price, 'input' | 'output' | 'cached'> | null,
): number | null {
  if (costUsd !== null) return costUsd
  if (!price) return null
  const { input, output, cached } = price
  return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) / 1e6
}

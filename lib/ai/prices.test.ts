import { describe, expect, it } from 'vitest'
import { costOf, priceOf } from './prices.ts'

describe('the price of a model', () => {
  it.each([
    ['openai', 'gpt-5-mini-2025-08-07', 0.25],
    ['openai', 'gpt-5', 1.25],
    ['openai', 'gpt-5.4-nano', 0.2],
    ['openrouter', 'anthropic/claude-opus-4-1', 15],
    ['anthropic', 'claude-opus-4-20250514', 15],
    ['anthropic', 'claude-opus-4-1-20250805', 15],
    ['openrouter', 'anthropic/claude-opus-4.1', 15],
    ['anthropic', 'claude-opus-4-8', 5],
    ['google', 'gemini-2.5-flash-lite', 0.1],
    ['ollama', 'whatever:8b', 0],
  ] as const)('%s %s: the longest beginning that ends where a part of the name ends', (provider, model, input) => {
    expect(priceOf(provider, model)?.input).toBe(input)
  })

  it('is not guessed', () => {
    expect(priceOf('openai', 'gpt-50')).toBeNull()
    expect(priceOf('compatible', 'mine')).toBeNull()
  })
})

describe('the cost of a call', () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 100_000, cachedTokens: 400_000, costUsd: null }

  it('counts cached input at its own price, and is what the provider says where it says so', () => {
    expect(costOf(usage, { input: 1, output: 10, cached: 0.1 })).toBeCloseTo(0.6 + 0.04 + 1, 10)
    expect(costOf({ ...usage, costUsd: 0.5 }, null)).toBe(0.5)
    expect(costOf(usage, null)).toBeNull()
  })
})

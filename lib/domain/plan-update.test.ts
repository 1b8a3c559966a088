import { expect, it } from 'vitest'
import {
  costOfUpdate,
  neededText,
  neededTokens,
  type PageUpdate,
  type PlanUpdate,
  toldPages,
  withNeeded,
} from '#lib/domain/plan-update.ts'

const page = (action: PageUpdate['action']): PageUpdate => ({
  slug: action,
  title: action,
  action,
  reasons: [],
  more_reasons: 0,
})

function updateOf(kind: PlanUpdate['kind']): PlanUpdate {
  const pages = [page('added'), page('rewritten'), page('moved'), page('removed')]
  const costs = { input_tokens: 0, output_tokens: 0, cost_usd: 0 }
  return {
    kind,
    reason: null,
    from_commit: null,
    to_commit: 'c',
    kept_pages: 0,
    moved_citations_pages: 0,
    ...costs,
    pages,
  }
}

it('tells every page of an incremental run, and of a full one those whose address changes', () => {
  expect(toldPages(updateOf('incremental'))).toHaveLength(4)
  expect(toldPages(updateOf('full')).map(({ action }) => action)).toEqual(['moved', 'removed'])
})

it('tells what pages and run need at most, with the day of the prices, and never takes an unknown price for nothing', () => {
  const known = { inputTokens: 12_000, outputTokens: 3000, costUsd: 0.05, pricesOf: '2026-08-05' }
  const update = withNeeded(withNeeded(updateOf('full'), known), known)
  expect(costOfUpdate(update)).toBe('at most 24,000 tokens in, 6,000 out, $0.10 (prices of 2026-08-05)')
  expect(neededText(neededTokens(known))).toBe('at most 12,000 tokens in, 3,000 out, $0.0500')
  const unknown = withNeeded(update, { inputTokens: 1, outputTokens: 1, costUsd: null })
  expect(costOfUpdate(unknown)).toContain('price not known')
  expect(costOfUpdate(updateOf('full'))).toBe('no tokens, $0.00')
})

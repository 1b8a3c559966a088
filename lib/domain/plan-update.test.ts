import { expect, it } from 'vitest'
import { type PageUpdate, type PlanUpdate, toldPages } from '#lib/domain/plan-update.ts'

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

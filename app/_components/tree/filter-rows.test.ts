import { expect, it } from 'vitest'
import { facetValues, filterRows, NO_FILTER } from '#app/_components/tree/filter-rows.ts'
import { makeRow } from '#lib/testing/make-row.ts'

const ROWS = [
  makeRow({ name: 'atlas', branch: 'dev', status: 'error' }),
  makeRow({ name: 'atlas', branch: 'main', owner: 'noor' }),
  makeRow({ name: 'other', ai_provider: 'claude', ai_model: 'opus' }),
]

it('finds variants by any of their words', () => {
  expect(filterRows(ROWS, { ...NO_FILTER, search: 'ATL @dev' })).toEqual([ROWS[0]])
  expect(filterRows(ROWS, { ...NO_FILTER, search: 'other dev' })).toEqual([])
})

it('narrows by status, provider and owner together', () => {
  expect(filterRows(ROWS, { ...NO_FILTER, status: 'ready', provider: 'builtin' })).toEqual([ROWS[1]])
  expect(filterRows(ROWS, { ...NO_FILTER, owner: 'mira', status: 'error' })).toEqual([ROWS[0]])
})

it('gives the very list when nothing narrows it', () => {
  expect(filterRows(ROWS, NO_FILTER)).toBe(ROWS)
})

it('counts what each value would show under the rest of the filter, and keeps values that would show nothing', () => {
  const filter = { ...NO_FILTER, provider: 'claude', status: 'error' }
  expect(facetValues(ROWS, filter, 'provider')).toEqual([
    { value: 'builtin', count: 1 },
    { value: 'claude', count: 0 },
  ])
  expect(facetValues(ROWS, NO_FILTER, 'status')).toEqual([
    { value: 'ready', count: 2 },
    { value: 'error', count: 1 },
  ])
  expect(facetValues(ROWS, { ...NO_FILTER, owner: 'gone' }, 'owner')).toContainEqual({ value: 'gone', count: 0 })
})

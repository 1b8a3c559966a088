import { expect, it } from 'vitest'
import { filterIn, withFilter } from '#app/_components/tree/filter-address.ts'
import { NO_FILTER, type TreeFilter } from '#app/_components/tree/filter-rows.ts'

const FILTER: TreeFilter = { search: 'atlas @dev', status: 'error', provider: 'claude', owner: 'noor', order: 'newest' }

it('reads back what it wrote, beside what the address says of its place', () => {
  const href = withFilter('/v/atlas/main/builtin/static?owner=mira&run=r1', FILTER)
  const query = new URL(href, 'https://docs.example').searchParams
  expect(filterIn(query)).toEqual(FILTER)
  expect([query.get('owner'), query.get('run')]).toEqual(['mira', 'r1'])
})

it('says nothing of a list that shows all, and takes back what an address said before', () => {
  expect(withFilter('/', NO_FILTER)).toBe('/')
  expect(withFilter(withFilter('/p/atlas?owner=mira', FILTER), NO_FILTER)).toBe('/p/atlas?owner=mira')
})

it('leaves out what is wrong in an address', () => {
  expect(filterIn(new URLSearchParams('status=nonsense&order=sideways&q='))).toEqual(NO_FILTER)
})

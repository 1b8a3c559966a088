import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editDistance } from '#lib/site/assets/search-distance.js'

/** The whole table, as the books have it. */
function distances(typed: string, term: string): number[] {
  const cell = (a: number, b: number): number => rows[b]?.[a] ?? Number.POSITIVE_INFINITY
  const rows: number[][] = []
  for (let b = 0; b <= term.length; b += 1) {
    rows.push([])
    for (let a = 0; a <= typed.length; a += 1) {
      const isSwapped = a > 1 && b > 1 && typed[a - 1] === term[b - 2] && typed[a - 2] === term[b - 1]
      const changed = cell(a - 1, b - 1) + (typed[a - 1] === term[b - 1] ? 0 : 1)
      const swapped = isSwapped ? cell(a - 2, b - 2) + 1 : changed
      rows[b]?.push(a + b === 0 ? 0 : Math.min(cell(a, b - 1) + 1, cell(a - 1, b) + 1, changed, swapped))
    }
  }
  return rows.map((row) => row[typed.length] ?? 0)
}

it('counts mistakes as the whole table does, up to its limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ß'), maxLength: 8 })
  fc.assert(
    fc.property(word, word, fc.constantFrom(1, 2), (typed, term, limit) => {
      const ends = distances(typed, term)
      expect(editDistance(typed, term, { limit, open: false })).toBe(Math.min(ends.at(-1) ?? 0, limit + 1))
      expect(editDistance(typed, term, { limit, open: true })).toBe(Math.min(...ends, limit + 1))
    }),
    { seed: 8, numRuns: 4000 },
  )
  expect(editDistance('a'.repeat(41), 'a'.repeat(41), { limit: 2, open: false })).toBe(3)
})

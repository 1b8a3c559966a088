import { expect, it } from 'vitest'
import { makeFacts, makeFile, makeSymbol } from '#lib/testing/make-facts.ts'
import { referenceLookup } from './reference-lookup.ts'

it('answers who uses a symbol and what it uses, by id', () => {
  const facts = makeFacts({
    files: [makeFile('src/a.ts'), makeFile('src/a.test.ts', { role: 'test' })],
    symbols: [makeSymbol('src/a.ts', 'go'), makeSymbol('src/a.ts', 'walk')],
    references: { file: [0, 1], symbol: [0, -1], line: [6, 2], target: [1, 1], kind: [3, 5], exact: [1, 0] },
  })
  const { usersOf, usedBy } = referenceLookup(facts)
  const inCode = { path: 'src/a.ts', role: 'source', line: 6, symbol: 'src/a.ts#go', target: 'src/a.ts#walk' }
  const inTest = { path: 'src/a.test.ts', role: 'test', line: 2, symbol: null, target: 'src/a.ts#walk' }
  expect(usersOf('src/a.ts#walk')).toEqual([
    { ...inCode, kind: 'call', exact: true },
    { ...inTest, kind: 'use', exact: false },
  ])
  expect(usedBy('src/a.ts#go')).toEqual([{ ...inCode, kind: 'call', exact: true }])
  expect(usersOf('src/a.ts#unknown')).toEqual([])
})

import { expect, it } from 'vitest'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { importersOf, usersOf } from './symbol-users.ts'

const walk = makeSymbol('src/a.ts', 'walk')
const rest = makeSymbol('src/a.ts', 'rest')
const files = [
  makeFile('src/a.ts'),
  makeFile('src/z.ts'),
  makeFile('src/b.ts'),
  makeFile('src/a.test.ts', { role: 'test' }),
  makeFile('examples/c.ts', { role: 'example' }),
]

it('tells the files that the rules lead from, each by its first line, and neither tests nor the own file', () => {
  const references = {
    file: [0, 1, 1, 2, 3, 4],
    symbol: [-1, -1, -1, -1, -1, -1],
    line: [1, 7, 9, 4, 2, 3],
    target: [0, 0, 0, 0, 0, 0],
    kind: [3, 3, 3, 3, 3, 3],
    exact: [1, 1, 1, 0, 1, 1],
  }
  const facts = makeFacts({ files, symbols: [walk, rest], references })
  expect(usersOf(facts, walk)).toEqual([
    { path: 'examples/c.ts', line: 3 },
    { path: 'src/z.ts', line: 7 },
  ])
  expect(usersOf(facts, rest)).toEqual([])
})

it('tells a file that imports a name by the line of its import, and not a test', () => {
  const imported = { to: 'src/a.ts', names: ['walk'] }
  const imports = ['src/z.ts', 'src/a.test.ts'].map((from) => ({
    from,
    ...imported,
    specifier: './a.ts',
    range: range(from, 2),
  }))
  const references = { file: [1, 2], symbol: [-1, -1], line: [7, 4], target: [0, 0], kind: [3, 3], exact: [1, 1] }
  const facts = makeFacts({ files, symbols: [walk], references, imports })
  expect(usersOf(facts, walk)).toEqual([
    { path: 'src/b.ts', line: 4 },
    { path: 'src/z.ts', line: 2 },
  ])
  expect(importersOf(facts, walk)).toEqual([range('src/z.ts', 2)])
})

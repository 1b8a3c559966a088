import { expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { isOffered, knowsOffered } from '#lib/writers/builtin/offered-names.ts'
import { kindName } from '#lib/writers/builtin/symbol-kind.ts'

const NAMES = ['echo', 'walk', 'ride', 'swim']

function pythonFacts(others: string[], text = ''): Facts {
  const files = ['src/way/__init__.py', 'src/way/testing.py', 'src/way/deep.py', ...others].map((path) =>
    makeFile(path),
  )
  return makeFacts({
    files,
    symbols: [
      ...NAMES.map((name) => makeSymbol('src/way/__init__.py', name)),
      makeSymbol('src/way/testing.py', 'Runner'),
      makeSymbol('src/way/testing.py', 'Other'),
      makeSymbol('src/way/deep.py', 'View'),
    ],
    offered: NAMES.map((name) => ({
      from: 'way',
      name,
      entry: 'src/way/__init__.py',
      symbol: `src/way/__init__.py#${name}`,
    })),
    documents: [
      {
        path: 'docs/testing.rst',
        title: 'Testing',
        sections: [{ heading: 'Testing', level: 1, text, range: range('docs/testing.rst', 1, 9), textStart: 2 }],
      },
    ],
  })
}

it('takes for offered what documents import from a module or have described', () => {
  const facts = pythonFacts(
    [],
    'from way.testing import Runner\n\n.. currentmodule:: way.deep\n\n.. autoclass:: View\n',
  )
  const offered = facts.symbols.filter((symbol) => isOffered(facts, symbol)).map(({ name }) => name)
  expect(offered).toEqual([...NAMES, 'Runner', 'View'])
})

it('knows nothing about the project from what a helper in another language offers', () => {
  expect(knowsOffered(pythonFacts([]))).toBe(true)
  const mostlyC = pythonFacts(['a.c', 'b.c', 'c.c', 'd.c'])
  expect(knowsOffered(mostlyC)).toBe(false)
  expect(mostlyC.symbols.some((symbol) => isOffered(mostlyC, symbol))).toBe(false)
})

it.each([
  [{ kind: 'interface', signature: 'pub trait Buf', name: 'Buf' }, 'trait'],
  [{ kind: 'type', signature: 'pub struct Bytes', name: 'Bytes' }, 'struct'],
  [{ kind: 'type', signature: 'type Way = string', name: 'Way' }, 'type'],
  [{ kind: 'function', signature: 'fn struct_of(a: struct B)', name: 'struct_of' }, 'function'],
] as const)('calls what %j declares a %s, as its language does', (symbol, word) => {
  expect(kindName(symbol)).toBe(word)
})

import { expect, it } from 'vitest'
import type { SymbolFact } from '#lib/domain/facts.ts'
import { makeDoc } from '#lib/testing/make-facts.ts'
import { packSymbols, unpackName, unpackSymbol, unpackSymbols } from './packed-symbols.ts'
import type { Position } from './packed-values.ts'
import { recordOf } from './parse/doc-text.ts'

const range = { path: 'src/way.ts', start: 3, end: 9 }
const way: SymbolFact = {
  id: 'src/way.ts#Way',
  name: 'Way',
  qualified: 'Way',
  kind: 'class',
  public: true,
  signature: 'class Way',
  params: [{ name: 'length', type: 'number', default: '1', optional: true, doc: 'In metres.' }],
  returns: null,
  parent: null,
  doc: {
    summary: 'A way.',
    body: 'It leads on.',
    params: recordOf([
      ['__proto__', 'odd'],
      ['length', 'In metres – always.'],
    ]),
    returns: null,
    raises: ['When lost'],
    examples: ['new Way()'],
    deprecated: null,
    range: { path: 'include/way.h', start: 1, end: 2 },
    bodyLines: [[0, 2]],
  },
  range,
  declaration: { ...range, end: 3 },
  hash: '0123456789abcdef',
}
const member = { ...way, name: 'go', qualified: 'Way.go', kind: 'method', parent: way.id, doc: null } as const

/** Its place comes first, as in no other one. */
const oddDoc = Object.assign({ range }, makeDoc(range.path, 'Odd.'))

const symbols: SymbolFact[] = [
  way,
  { ...member, id: 'src/way.ts#Way.go', signature: 'go(to: Ströme) → Öde' },
  {
    ...member,
    id: 'src/way.ts#Way.go~2',
    params: [{ doc: null, name: 'a', type: null, default: null, optional: false }],
  },
  { ...member, doc: oddDoc, id: 'src/other.go#Way.go', parent: 'src/below.go#Below' },
]

it('gives symbols back as they were, field by field in the same order', () => {
  const text = JSON.stringify(packSymbols(symbols))
  expect(JSON.stringify(unpackSymbols(JSON.parse(text)))).toBe(JSON.stringify(symbols))
})

it('gives each symbol and each name alone, without those in front of it', () => {
  const starts: Position[] = []
  const packed = packSymbols(symbols, (start) => starts.push(start))
  const idAbove = (at: number) => symbols[at]?.id ?? null
  expect(starts.map((start) => unpackSymbol(packed, start, idAbove))).toEqual(symbols)
  expect(starts.map((start) => unpackName(packed, start))).toEqual(symbols.map(({ name }) => name))
})

it('says each path once, and no name of a field', () => {
  const many = Array.from({ length: 100 }, (_, at) => ({ ...way, id: `src/way.ts#Way~${at}` }))
  const text = JSON.stringify(packSymbols(many))
  expect(text.split('src/way.ts')).toHaveLength(2)
  expect(text).not.toContain('"qualified"')
})

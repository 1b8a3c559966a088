import { expect, it } from 'vitest'
import { makeFacts, makeSymbol } from '#lib/testing/make-facts.ts'
import { listOf, withSymbols } from './symbol-list.ts'

it('makes the symbols of facts once, when somebody asks for them, and shows them among the other fields as ever', () => {
  const symbols = [makeSymbol('src/way.ts', 'Way')]
  const facts = makeFacts({ symbols })
  let made = 0
  const all = () => {
    made += 1
    return symbols
  }
  const late = withSymbols({ ...facts, symbols: null }, { ...listOf(symbols), all })
  expect(late.files).toBe(facts.files)
  expect(made).toBe(0)
  expect(JSON.stringify(late)).toBe(JSON.stringify(facts))
  expect({ ...late }).toEqual(facts)
  expect(late.symbols).toBe(late.symbols)
  expect(made).toBe(1)
})

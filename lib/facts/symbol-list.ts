import type { Facts, SymbolFact } from '#lib/domain/facts.ts'

/** Facts without their symbols; these stand apart, and only their place among the fields is here. */
export type FactsButSymbols = Omit<Facts, 'symbols'> & { symbols: null }

/** The facts with these symbols, all of which are made when somebody asks for them: not every run does. */
export function withSymbols(facts: FactsButSymbols, symbols: SymbolList): Facts {
  const shown = { enumerable: true, configurable: true }
  return Object.defineProperty<object>({ ...facts }, 'symbols', {
    ...shown,
    get() {
      const value = symbols.all()
      Object.defineProperty(this, 'symbols', { ...shown, value, writable: true })
      return value
    },
  }) as Facts
}

/** Symbols by their place in the facts; those that are kept are made only when somebody asks for them. */
export interface SymbolList {
  readonly length: number
  get(at: number): SymbolFact | undefined
  /** The name of a symbol, without the rest of it; empty when there is no such symbol. */
  nameAt(at: number): string
  /** Its place among the symbols these were made from; -1 when it is new. */
  sourceOf(at: number): number
  /** All of them, as the facts have them. */
  all(): SymbolFact[]
}

/** Symbols that are all there already. */
export function listOf(symbols: SymbolFact[]): SymbolList {
  return {
    length: symbols.length,
    get: (at) => symbols[at],
    nameAt: (at) => symbols[at]?.name ?? '',
    sourceOf: () => -1,
    all: () => symbols,
  }
}

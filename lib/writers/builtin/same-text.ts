import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { importanceIn } from './importance.ts'
import { byText } from './wording.ts'

/** Doc comments with fewer words are not worth a look elsewhere. */
const FEWEST_WORDS = 20

const cache = new WeakMap<Facts, Map<string, SymbolFact>>()

/**
 * The symbol that tells the same as this one, word for word, and where the text is shown: wrappers, variants for another
 * platform and overridden methods often copy a doc comment. Null when the text is shown at this symbol itself.
 */
export function toldAt(facts: Facts, symbol: SymbolFact): SymbolFact | null {
  const key = textOf(symbol)
  if (key === null) return null
  const first = tellers(facts).get(key)
  const isSame = !first || (first.range.path === symbol.range.path && first.qualified === symbol.qualified)
  return isSame ? null : first
}

function tellers(facts: Facts): Map<string, SymbolFact> {
  const known = cache.get(facts)
  if (known) return known
  const { topLevel, members } = factsIndex(facts)
  const importance = importanceIn(facts)
  const owners = new Map([...topLevel.values()].flat().map((symbol) => [symbol.id, symbol]))
  const shown = [...topLevel.values(), ...members.values()]
    .flat()
    .filter(({ kind }) => kind !== 'property')
    .map((symbol) => ({ symbol, rank: importance(owners.get(symbol.parent ?? '') ?? symbol) }))
    .sort((a, b) => b.rank - a.rank || byText(a.symbol.id, b.symbol.id))
    .map(({ symbol }) => symbol)
  const found = new Map<string, SymbolFact>()
  for (const symbol of shown) {
    const key = textOf(symbol)
    if (key !== null && !found.has(key)) found.set(key, symbol)
  }
  cache.set(facts, found)
  return found
}

function textOf({ doc }: SymbolFact): string | null {
  if (!doc) return null
  const words = `${doc.summary} ${doc.body}`.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length < FEWEST_WORDS ? null : words.join(' ').toLowerCase()
}

import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { importanceIn } from './importance.ts'
import { docChunks } from './source-chunks.ts'
import { byText } from './wording.ts'

/** Texts with fewer words are not worth a look elsewhere. */
const FEWEST_WORDS = 8
/** A list with this share of its items told elsewhere is told there. */
const MOST_ITEMS = 0.6
const FENCED = /^\s*(?:`{3}|~{3})/m

const cache = new WeakMap<Facts, Map<string, SymbolFact>>()

/**
 * A paragraph of a doc comment without the sentences that another symbol tells word for word, and that symbol: wrappers,
 * variants for another platform and overridden methods often copy them. `isOther` decides which symbols may tell them.
 */
export function untoldPart(
  facts: Facts,
  text: string,
  isOther: (symbol: SymbolFact) => boolean,
): { text: string; teller: SymbolFact | null } {
  if (keyOf(text) === null) return { text, teller: null }
  const known = tellers(facts)
  const items = itemsOf(text)
  const listed = items.map((item) => known.get(keyOf(item) ?? '')).filter((one) => one !== undefined && isOther(one))
  if (listed.length > 1 && listed.length >= items.length * MOST_ITEMS) return { text: '', teller: listed[0] ?? null }
  let teller: SymbolFact | null = null
  const kept = piecesOf(text).filter((piece) => {
    const found = known.get(keyOf(piece) ?? '')
    if (!found || !isOther(found)) return true
    teller ??= found
    return false
  })
  return { text: teller === null ? text : kept.join('').trim(), teller }
}

/** Items of a paragraph with a list. */
function itemsOf(text: string): string[] {
  return /^\s*(?:[-*+]|\d+[.)]) /m.test(text) && !FENCED.test(text)
    ? text.split(/\n(?=\s*(?:[-*+]|\d+[.)]) )/).slice(1)
    : []
}

/** Sentences with the blanks behind them; a text with a list, a table or code is one piece. */
export function piecesOf(text: string): string[] {
  if (/^\s*(?:[-*+|>]|\d+[.)]|`{3}|~{3}| {4})/m.test(text)) return [text]
  return (
    text.match(
      /[\s\S]+?(?:(?<!\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl))[.!?](?=\s+[\p{Lu}`"'([\d])\s+|$(?![\s\S]))/gu,
    ) ?? [text]
  )
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
    for (const text of textsOf(symbol).flatMap((whole) => [...piecesOf(whole), ...itemsOf(whole)])) {
      const key = keyOf(text)
      if (key !== null && !found.has(key)) found.set(key, symbol)
    }
  }
  cache.set(facts, found)
  return found
}

function textsOf({ doc }: SymbolFact): string[] {
  const texts = doc ? [doc.summary, ...docChunks(doc).map(({ text }) => text)] : []
  return texts.filter((text) => keyOf(text) !== null)
}

/** The words of a text that is long enough to be looked for elsewhere; null for a shorter one. */
export function keyOf(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length < FEWEST_WORDS ? null : words.join(' ').toLowerCase()
}

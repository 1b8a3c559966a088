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

interface Told {
  /** Who tells a sentence or item first, by its key. */
  tellers: Map<string, SymbolFact>
  /** Keys of what is in each text of the doc comments; short texts have none. */
  keys: Map<string, string[]>
}

const cache = new WeakMap<Facts, Told>()

/**
 * A paragraph of a doc comment without the sentences that another symbol tells word for word, and that symbol: wrappers,
 * variants for another platform and overridden methods often copy them. `isOther` decides which symbols may tell them.
 */
export function untoldPart(
  facts: Facts,
  text: string,
  isOther: (symbol: SymbolFact) => boolean,
): { text: string; teller: SymbolFact | null } {
  const { tellers: known, keys } = toldIn(facts)
  const isElsewhere = (key: string) => {
    const found = known.get(key)
    return found !== undefined && isOther(found)
  }
  if (!(keys.get(text) ?? keysIn(text)).some(isElsewhere)) return { text, teller: null }
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

function toldIn(facts: Facts): Told {
  const known = cache.get(facts)
  if (known) return known
  const { topLevel, members } = factsIndex(facts)
  const importance = importanceIn(facts)
  const owners = new Map([...topLevel.values()].flat().map((symbol) => [symbol.id, symbol]))
  const told: Told = { tellers: new Map(), keys: new Map() }
  const keysOf = (text: string) => {
    const keys = told.keys.get(text) ?? keysIn(text)
    told.keys.set(text, keys)
    return keys
  }
  const telling = [...topLevel.values(), ...members.values()]
    .flat()
    .filter(({ kind }) => kind !== 'property')
    .map((symbol) => ({ symbol, keys: textsOf(symbol).flatMap(keysOf) }))
    .filter(({ keys }) => keys.length > 0)
    .map(({ symbol, keys }) => ({ symbol, keys, rank: importance(owners.get(symbol.parent ?? '') ?? symbol) }))
    .sort((a, b) => b.rank - a.rank || byText(a.symbol.id, b.symbol.id))
  for (const { symbol, keys } of telling)
    for (const key of keys) if (!told.tellers.has(key)) told.tellers.set(key, symbol)
  cache.set(facts, told)
  return told
}

function keysIn(text: string): string[] {
  if (keyOf(text) === null) return []
  return [...piecesOf(text), ...itemsOf(text)].map(keyOf).filter((key) => key !== null)
}

function textsOf({ doc }: SymbolFact): string[] {
  return doc ? [doc.summary, ...docChunks(doc).map(({ text }) => text)] : []
}

/** Whether a text of a doc comment is long enough, as a whole, for any part of it to be looked for elsewhere. */
export function hasSentences(facts: Facts, text: string): boolean {
  return (toldIn(facts).keys.get(text) ?? keysIn(text)).length > 0
}

/** The words of a text that is long enough to be looked for elsewhere; null for a shorter one. */
export function keyOf(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length < FEWEST_WORDS ? null : words.join(' ').toLowerCase()
}

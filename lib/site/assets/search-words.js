import { editDistance } from './search-distance.js'
import { termsOf, wordsOf } from './search-terms.js'

/** Letters that are looked up at either end of a word that is in no file: one mistake spares the beginning or the end. */
const SPARED = 3
const MAX_SIMILAR = 10
const MAX_LOOKED_UP = 3

/**
 * What the words of a query may mean in an index: for each word, a list of `{ term, weight, isCommon, lists }`. The last
 * word may be unfinished unless white space follows it. Words that mean nothing have an empty list.
 */
export async function meanings(index, query) {
  const words = wordsOf(query)
  const isOpen = /[\p{L}\p{N}_]$/u.test(query)
  const found = await Promise.all(
    words.map(async (word, at) => {
      const [whole, ...parts] = termsOf(word)
      if (!whole) return []
      const meant = await meaningsOf(index, whole, isOpen && at === words.length - 1)
      if (meant.length || parts.length === 0) return [meant]
      return Promise.all(parts.map((part) => meaningsOf(index, part, false)))
    }),
  )
  return found.flat()
}

async function meaningsOf(index, word, isLast) {
  const near = await index.termsFrom(word)
  const begun = near.flatMap((record) => {
    if (record.term === word) return [{ ...record, weight: 1 }]
    if (word.length < 2 || !record.term.startsWith(word)) return []
    return [{ ...record, weight: (isLast ? 0.7 : 0.45) * Math.sqrt(word.length / record.term.length) }]
  })
  return begun.length || word.length <= SPARED ? begun : similarTo(index, word, isLast)
}

/** Terms that a word with a mistake or two in it was meant to be, the most similar ones. */
async function similarTo(index, word, isLast) {
  const limit = word.length < 8 ? 1 : 2
  const [begun, ended] = await Promise.all([
    index.termsFrom(word.slice(0, SPARED)),
    index.wordsEnding(word.slice(-SPARED)),
  ])
  const known = new Map(begun.map((record) => [record.term, record]))
  const similar = [...new Set([...known.keys(), ...ended])]
    .flatMap((term) => {
      const whole = editDistance(word, term, { limit, open: false })
      if (whole <= limit) return [{ term, weight: whole === 1 ? 0.6 : 0.3 }]
      const isBegun = isLast && editDistance(word, term, { limit: 1, open: true }) <= 1
      return isBegun ? [{ term, weight: 0.3 * Math.sqrt(word.length / term.length) }] : []
    })
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, MAX_SIMILAR)
  const unknown = similar.filter(({ term }) => !known.has(term)).slice(0, MAX_LOOKED_UP)
  for (const records of await Promise.all(unknown.map(({ term }) => index.termsFrom(term))))
    for (const record of records) known.set(record.term, record)
  return similar.flatMap(({ term, weight }) => (known.has(term) ? [{ ...known.get(term), weight }] : []))
}

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
  const begun = []
  for (const { terms, lists } of await index.termsFrom(word))
    for (let at = firstFrom(terms, word); at < terms.length && terms[at].startsWith(word); at += 1) {
      if (terms[at] === word) begun.push(meaning(word, lists[at], 1))
      else if (word.length > 1)
        begun.push(meaning(terms[at], lists[at], (isLast ? 0.7 : 0.45) * Math.sqrt(word.length / terms[at].length)))
    }
  return begun.length || word.length <= SPARED ? begun : similarTo(index, word, isLast)
}

/** Terms that a word with a mistake or two in it was meant to be, the most similar ones. */
async function similarTo(index, word, isLast) {
  const [begun, ended] = await Promise.all([
    index.termsFrom(word.slice(0, SPARED)),
    index.wordsEnding(word.slice(-SPARED)),
  ])
  const weights = new Map()
  for (const words of [...begun.map(({ terms }) => terms), ...ended])
    for (const term of words) {
      const weight = likeness(word, term, isLast)
      if (weight > 0) weights.set(term, weight)
    }
  const similar = [...weights]
    .sort(([a, weight], [b, other]) => other - weight || (a < b ? -1 : 1))
    .slice(0, MAX_SIMILAR)
  const unknown = similar.filter(([term]) => listsOf(begun, term) === null).slice(0, MAX_LOOKED_UP)
  const others = await Promise.all(unknown.map(([term]) => index.termsFrom(term)))
  const known = [...begun, ...others.flat()]
  return similar.flatMap(([term, weight]) => {
    const lists = listsOf(known, term)
    return lists === null ? [] : [meaning(term, lists, weight)]
  })
}

/** What a term counts that is not the word but like it; 0 when it is not. */
function likeness(word, term, isLast) {
  const limit = word.length < 8 ? 1 : 2
  const whole = editDistance(word, term, { limit, open: false })
  if (whole <= limit) return whole === 1 ? 0.6 : 0.3
  const isBegun = isLast && editDistance(word, term, { limit: 1, open: true }) <= 1
  return isBegun ? 0.3 * Math.sqrt(word.length / term.length) : 0
}

function listsOf(files, term) {
  for (const { terms, lists } of files) {
    const at = firstFrom(terms, term)
    if (terms[at] === term) return lists[at]
  }
  return null
}

function meaning(term, lists, weight) {
  const isCommon = lists[0] === '!'
  return { term, weight, isCommon, lists: (isCommon ? lists.slice(1) : lists).split(',') }
}

/** Where the sorted terms reach `word`. */
function firstFrom(terms, word) {
  let low = 0
  let high = terms.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (terms[middle] < word) low = middle + 1
    else high = middle
  }
  return low
}

import { decodeRising } from './search-codes.js'
import { meanings } from './search-words.js'

/** What a word counts by where it stands; the order is that of the lists of a term. */
const WEIGHTS = [0.45, 0.75, 1, 1.6, 2.6, 3.3, 4.2, 7]
const TITLE = WEIGHTS.length - 1
const FIRST_OF_HEADING = 4
/** The title of a page counts a little for each of its sections. */
const INHERITED = 0.2
const COMMON_WORTH = 0.2
const MAX_FOUND = 50

/**
 * Sections that answer a query, best first: `{ sections, terms, isPartial }`. `terms` are the words to highlight;
 * `isPartial` says that no section has all of the words.
 */
export async function findSections(index, query) {
  const words = (await meanings(index, query)).map((meant) => hitsOf(index, meant))
  const all = words.reduce((sum, { worth }) => sum + worth, 0)
  const best = []
  let most = 0
  for (const { section, score, share } of scored(index, words, all)) {
    most = Math.max(most, share)
    if (best.length === MAX_FOUND && score <= best[MAX_FOUND - 1].score) continue
    let at = best.length
    while (at > 0 && best[at - 1].score < score) at -= 1
    best.splice(at, 0, { section, score })
    if (best.length > MAX_FOUND) best.pop()
  }
  const terms = [...new Set(words.flatMap(({ terms: own }) => own))]
  return { sections: best.map(({ section }) => section), terms, isPartial: best.length > 0 && most < 0.99 }
}

/** Where one word of a query stands: weight by section, weight of the title by page, and what the word is worth. */
function hitsOf(index, meant) {
  const hits = {
    text: new Float32Array(index.total),
    heading: new Float32Array(index.total),
    title: new Float32Array(index.pageStarts.length),
  }
  const counts = meant.map((meaning) => countHits(index, meaning, hits))
  const exact = meant.findIndex(({ weight }) => weight === 1)
  const count = exact === -1 ? Math.max(0, ...counts) : counts[exact]
  const worth = meant[exact]?.isCommon ? COMMON_WORTH : Math.log(1 + index.total / (1 + count))
  return { ...hits, worth, terms: meant.map(({ term }) => term) }
}

function countHits(index, { lists, weight }, { text, heading, title }) {
  let count = 0
  for (const [kind, list] of lists.entries()) {
    const sections = decodeRising(list)
    const value = WEIGHTS[kind] * weight
    const kept = kind >= FIRST_OF_HEADING ? heading : text
    count += sections.length
    for (const section of sections) {
      if (kind !== TITLE) kept[section] = Math.max(kept[section], value)
      else title[index.pageOf(section)] = Math.max(title[index.pageOf(section)], value)
    }
  }
  return count
}

/** Every section that has a word of its own, with what it scores and which share of the words it has. */
function* scored(index, words, all) {
  let page = 0
  for (let section = 0; section < index.total; section += 1) {
    if (index.pageStarts[page + 1] === section) page += 1
    const isPage = index.pageStarts[page] === section
    let [own, score, had] = [0, 0, 0]
    for (const { text, heading, title, worth } of words) {
      const stands = text[section] + heading[section] + (isPage ? title[page] : 0)
      const value = stands + (isPage ? 0 : title[page] * INHERITED)
      own += stands
      score += value * worth
      if (value) had += worth
    }
    const share = had / all
    if (own) yield { section, score: score * share * share, share }
  }
}

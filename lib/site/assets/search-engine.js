import { decodeRising } from './search-codes.js'
import { meanings } from './search-words.js'

/** What a word counts by where it stands; the order is that of the lists of a term. */
const WEIGHTS = [0.45, 0.75, 1, 1.6, 2.6, 3.3, 4.2, 6.5, 7]
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
  const meant = await meanings(index, query)
  // Sections that have a word, so that no other is looked at.
  const having = new Uint8Array(index.total)
  const words = meant.map((word) => hitsOf(index, word, having))
  const best = []
  const most = score(index, { words, having }, (section, value) => {
    if (best.length === MAX_FOUND && value <= best[MAX_FOUND - 1].value) return
    let at = best.length
    while (at > 0 && best[at - 1].value < value) at -= 1
    best.splice(at, 0, { section, value })
    if (best.length > MAX_FOUND) best.pop()
  })
  const terms = [...new Set(words.flatMap(({ terms: own }) => own))]
  return { sections: best.map(({ section }) => section), terms, isPartial: best.length > 0 && most < 0.99 }
}

/** Where one word of a query stands: weight by section, weight of the title by page, and what the word is worth. */
function hitsOf(index, meant, having) {
  const hits = {
    text: new Float32Array(index.total),
    heading: new Float32Array(index.total),
    title: new Float32Array(index.pageStarts.length),
  }
  const counts = meant.map((meaning) => countHits(index, meaning, { ...hits, having }))
  const exact = meant.findIndex(({ weight }) => weight === 1)
  const count = exact === -1 ? Math.max(0, ...counts) : counts[exact]
  const worth = meant[exact]?.isCommon ? COMMON_WORTH : Math.log(1 + index.total / (1 + count))
  return { ...hits, worth, terms: meant.map(({ term }) => term) }
}

function countHits(index, { lists, weight }, { text, heading, title, having }) {
  let count = 0
  for (let kind = 0; kind < lists.length; kind += 1) {
    if (lists[kind] === '') continue
    const sections = decodeRising(lists[kind])
    const value = WEIGHTS[kind] * weight
    const kept = kind >= FIRST_OF_HEADING ? heading : text
    count += sections.length
    for (const section of sections) {
      having[section] = 1
      const [values, at] = kind === TITLE ? [title, index.pageOf(section)] : [kept, section]
      if (values[at] < value) values[at] = value
    }
  }
  return count
}

/** Gives every section that has a word of its own with its score; answers the greatest share of the words that one has. */
function score(index, { words, having }, give) {
  const all = words.reduce((sum, { worth }) => sum + worth, 0)
  let page = 0
  let most = 0
  for (let section = having.indexOf(1); section !== -1; section = having.indexOf(1, section + 1)) {
    while (index.pageStarts[page + 1] <= section) page += 1
    const isPage = index.pageStarts[page] === section
    let [value, had] = [0, 0]
    for (const { text, heading, title, worth } of words) {
      const own = text[section] + heading[section] + title[page] * (isPage ? 1 : INHERITED)
      value += own * worth
      if (own) had += worth
    }
    const share = had / all
    most = Math.max(most, share)
    give(section, value * share * share)
  }
  return most
}

import { isName, termsOf, wordsOf } from '#lib/site/assets/search-terms.js'

/** Where a term can stand, in the order of its lists: text (little, more, much of it), names in text, headings (long to short), titles. */
const KINDS = { text: 0, name: 3, heading: 4, title: 7 }
export const KIND_COUNT = 8
/** How often a word stands in a text, weighed against how long the text is: the usual constants of BM25, and the steps. */
const SATURATION = 1.2
const LENGTH_SHARE = 0.6
const USUAL_WORDS = 100
const STEPS = [0.4, 0.62]
/** Headings of at most so many words count as short, and as middling. */
const HEADING_STEPS = [5, 2]

/** Sections of each kind for one term, in rising order. */
export type Postings = number[][]

/** Collects which term stands in which section. Sections are added in rising order. */
export class PostingsBuilder {
  readonly terms = new Map<string, Postings>()
  private readonly known = new Map<string, { terms: string[]; isName: boolean }>()

  addTitle(section: number, title: string): void {
    for (const word of wordsOf(title)) for (const term of this.meaning(word).terms) this.add(term, KINDS.title, section)
  }

  addHeading(section: number, heading: string): void {
    const words = wordsOf(heading)
    const kind = KINDS.heading + HEADING_STEPS.filter((most) => words.length <= most).length
    for (const word of words) for (const term of this.meaning(word).terms) this.add(term, kind, section)
  }

  addText(section: number, text: string): void {
    const words = wordsOf(text)
    const counts = new Map<string, number>()
    const names = new Set<string>()
    for (const word of words) {
      const { terms, isName: named } = this.meaning(word)
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
      if (named && terms[0] !== undefined) names.add(terms[0])
    }
    const rest = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * words.length) / USUAL_WORDS)
    for (const [term, count] of counts) {
      const amount = count / (count + rest)
      this.add(term, names.has(term) ? KINDS.name : STEPS.filter((least) => amount >= least).length, section)
    }
  }

  private meaning(word: string): { terms: string[]; isName: boolean } {
    let known = this.known.get(word)
    if (!known) {
      known = { terms: [...new Set<string>(termsOf(word))], isName: isName(word) }
      this.known.set(word, known)
    }
    return known
  }

  private add(term: string, kind: number, section: number): void {
    let lists = this.terms.get(term)
    if (!lists) {
      lists = Array.from({ length: KIND_COUNT }, () => [])
      this.terms.set(term, lists)
    }
    const list = lists[kind]
    if (list && list.at(-1) !== section) list.push(section)
  }
}

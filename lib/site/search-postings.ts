import { isName, termsOf, wordsOf } from '#lib/site/assets/search-terms.js'
import type { Section } from '#lib/site/markdown.ts'

/**
 * Where a term can stand, in the order of its lists: text (little, more, much of it), names in text, headings (long to
 * short), headings that are nothing else, titles.
 */
const KINDS = { text: 0, name: 3, heading: 4, whole: 7, title: 8 }
export const KIND_COUNT = 9
/** How often a word stands in a text, weighed against how long the text is: the usual constants of BM25, and the steps. */
const SATURATION = 1.2
const LENGTH_SHARE = 0.6
const USUAL_WORDS = 100
const STEPS = [0.4, 0.62]
/** Headings of at most so many words count as short, and as middling. */
const HEADING_STEPS = [5, 2]

/** Sections of each kind for one term, in rising order. */
export type Postings = readonly (readonly number[])[]

const NONE: number[] = []
const NO_LISTS: readonly number[][] = Array.from({ length: KIND_COUNT }, () => NONE)
/** A word that is one term, as most are, and no name. */
const PLAIN = /^[a-z]{1,20}$/

/** A page whose sections have numbers. */
export interface Numbered {
  title: string
  /** Number of its first section. */
  first: number
  sections: Section[]
}

interface Term {
  lists: number[][]
  /** What is counted in the text of a section. */
  count: number
  isNamed: boolean
}

interface Meaning {
  terms: Term[]
  isName: boolean
}

/**
 * Collects which term stands in which section. Pages are added in rising order. A site has millions of words and few
 * different ones: each is looked up once, and everything about its terms is where the word leads.
 */
export class PostingsBuilder {
  private readonly all = new Map<string, Term>()
  private readonly known = new Map<string, Meaning>()

  addPage({ title, first, sections }: Numbered): void {
    this.addTitle(first, title)
    for (const [index, { heading, text }] of sections.entries()) {
      if (heading) this.addHeading(first + index, heading)
      this.addText(first + index, text)
    }
  }

  private addTitle(section: number, title: string): void {
    for (const word of wordsOf(title))
      for (const term of this.meaning(word).terms) addSection(term, KINDS.title, section)
  }

  private addHeading(section: number, heading: string): void {
    const words = wordsOf(heading)
    const kind = KINDS.heading + HEADING_STEPS.filter((most) => words.length <= most).length
    for (const word of words)
      for (const [at, term] of this.meaning(word).terms.entries())
        addSection(term, at === 0 && words.length === 1 ? KINDS.whole : kind, section)
  }

  private addText(section: number, text: string): void {
    const words = wordsOf(text)
    const counted: Term[] = []
    for (const word of words) {
      const { terms, isName: named } = this.meaning(word)
      for (const term of terms) {
        if (term.count === 0) counted.push(term)
        term.count += 1
      }
      if (named && terms[0]) terms[0].isNamed = true
    }
    const rest = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * words.length) / USUAL_WORDS)
    for (const term of counted) {
      addSection(term, term.isNamed ? KINDS.name : stepOf(term.count / (term.count + rest)), section)
      term.count = 0
      term.isNamed = false
    }
  }

  /** Every term with its sections. */
  postings(): Map<string, Postings> {
    return new Map(Array.from(this.all, ([term, { lists }]) => [term, lists]))
  }

  private meaning(word: string): Meaning {
    let known = this.known.get(word)
    if (!known) {
      known = PLAIN.test(word) ? { terms: [this.term(word)], isName: false } : this.looked(word)
      this.known.set(word, known)
    }
    return known
  }

  private looked(word: string): Meaning {
    return { terms: Array.from(new Set<string>(termsOf(word)), (term) => this.term(term)), isName: isName(word) }
  }

  private term(name: string): Term {
    let term = this.all.get(name)
    if (!term) {
      term = { lists: NO_LISTS.slice(), count: 0, isNamed: false }
      this.all.set(name, term)
    }
    return term
  }
}

function stepOf(amount: number): number {
  let step = KINDS.text
  for (const least of STEPS) if (amount >= least) step += 1
  return step
}

function addSection({ lists }: Term, kind: number, section: number): void {
  const list = lists[kind]
  if (!list || list === NONE) lists[kind] = [section]
  else if (list.at(-1) !== section) list.push(section)
}

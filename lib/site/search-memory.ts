import { decodeRising, encodeRising } from '#lib/site/assets/search-codes.js'
import type { Section } from '#lib/site/markdown.ts'
import { KIND_COUNT, type Numbered, type Postings, PostingsBuilder } from '#lib/site/search-postings.ts'

/** What the next site needs to know of the terms of this one. */
export interface SearchMemory {
  /** Slug, title and number of the first section of each page. */
  pages: [slug: string, title: string, first: number][]
  /** `term:lists` for every term, as in `TermTexts`, with blanks between them. */
  terms: string
  /** Files of texts, as `TextFiles`; none where that was not remembered. */
  texts?: [name: string, digest: string][]
}

export interface EarlierSearch {
  memory: SearchMemory
  sectionsOf: (slug: string) => Section[]
}

/** Where terms stand: the sections of each kind as text, with commas between the kinds. */
export type TermTexts = Map<string, string>

export interface NumberedPage extends Numbered {
  slug: string
  /** It was the same in the earlier site. */
  isKept: boolean
}

interface Known {
  earlier: EarlierSearch | null
  /** What all pages were read into; null when they are still to be read. */
  read: PostingsBuilder | null
}

/** Where every term stands. Pages that stand where they stood are not read again. */
export function termTexts(pages: NumberedPage[], { earlier, read }: Known): TermTexts {
  const stood = new Map(earlier?.memory.pages.map(([slug, , first]) => [slug, first]))
  const kept = new Set(pages.filter(({ isKept }) => isKept).map(({ slug }) => slug))
  const isMoved = pages.some(({ slug, first, isKept }) => isKept && stood.get(slug) !== first)
  if (earlier === null || kept.size === 0 || isMoved)
    return new Map(Array.from(read?.postings() ?? postingsOf(pages), ([term, lists]) => [term, textOf(lists)]))
  const gone = earlier.memory.pages
    .filter(([slug]) => !kept.has(slug))
    .map(([slug, title, first]) => ({ title, first, sections: earlier.sectionsOf(slug) }))
  const fresh = pages.filter(({ isKept }) => !isKept)
  return changed(unpacked(earlier.memory.terms), gone, fresh)
}

export function searchMemory(pages: NumberedPage[], terms: TermTexts): Omit<SearchMemory, 'texts'> {
  return {
    pages: pages.map(({ slug, title, first }) => [slug, title, first]),
    terms: Array.from(terms, ([term, text]) => `${term}:${text}`).join(' '),
  }
}

function changed(texts: TermTexts, gone: Numbered[], fresh: Numbered[]): TermTexts {
  const left = new Set(gone.flatMap(sectionsOf))
  const [removed, added] = [postingsOf(gone), postingsOf(fresh)]
  for (const term of new Set([...removed.keys(), ...added.keys()])) {
    // Most words of a page that was edited stand where they stood.
    if (isSame(removed.get(term), added.get(term))) continue
    const before = (texts.get(term) ?? '').split(',')
    const lists = Array.from({ length: KIND_COUNT }, (_, kind) => {
      const staying = decodeRising(before[kind] ?? '').filter((section: number) => !left.has(section))
      return [...staying, ...(added.get(term)?.[kind] ?? [])].sort((a, b) => a - b)
    })
    const text = textOf(lists)
    if (text === '') texts.delete(term)
    else texts.set(term, text)
  }
  return texts
}

function isSame(some: Postings = [], others: Postings = []): boolean {
  return (
    some.length === others.length &&
    some.every((list, kind) => list.length === others[kind]?.length && list.every((at, i) => at === others[kind]?.[i]))
  )
}

/** The first stands for the page, whatever it holds. */
function sectionsOf({ first, sections }: Numbered): number[] {
  return Array.from({ length: Math.max(1, sections.length) }, (_, index) => first + index)
}

function postingsOf(pages: Numbered[]): Map<string, Postings> {
  const builder = new PostingsBuilder()
  for (const page of pages) builder.addPage(page)
  return builder.postings()
}

function textOf(lists: Postings): string {
  const last = lists.findLastIndex((list) => list.length > 0)
  return lists
    .slice(0, last + 1)
    .map(encodeRising)
    .join(',')
}

/** Neither a term nor its lists have a blank or a colon. */
function unpacked(terms: string): TermTexts {
  const records = terms === '' ? [] : terms.split(' ')
  return new Map(records.map((record) => [record.slice(0, record.indexOf(':')), record.slice(record.indexOf(':') + 1)]))
}

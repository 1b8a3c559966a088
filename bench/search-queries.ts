import { hash } from 'node:crypto'
import type { Rendered } from '#lib/domain/rendered.ts'

export const QUERY_KINDS = ['heading', 'typo', 'prefix', 'name', 'body'] as const
export type QueryKind = (typeof QUERY_KINDS)[number]

export interface Query {
  kind: QueryKind
  text: string
  /** Addresses that are right, as `page#section`; `page#` for the page itself. */
  right: Set<string>
}

interface Place {
  address: string
  heading: string
  text: string
  key: number
}

const EACH = 120
const BODY_WORDS = 5

/**
 * Queries as readers have them, from the sections of a site: headings no other section has, the same with one letter
 * wrong in the longest word, the same broken off in the last word, names of code, and words that follow each other.
 */
export function queriesOf(pages: Rendered['pages'], titles: Map<string, string>): Query[] {
  const places = Object.entries(pages).flatMap(([page, { sections }]) =>
    sections.map(({ id, heading, text }): Place => {
      const address = `${page}#${id}`
      return { address, heading: heading || (titles.get(page) ?? ''), text, key: numberOf(address + text) }
    }),
  )
  places.sort((a, b) => a.key - b.key)
  const headings = unique(places)
  const longer = headings.filter(({ heading }) => longestWord(heading).length >= 5)
  const endings = headings.filter(({ heading }) => /[a-z]{5,}$/i.test(heading))
  return [
    ...headings.slice(0, EACH).map(({ heading, address }) => query('heading', heading, [address])),
    ...longer.slice(0, EACH).map(({ heading, address, key }) => query('typo', withTypo(heading, key), [address])),
    ...endings.slice(0, EACH).map(({ heading, address }) => query('prefix', brokenOff(heading), [address])),
    ...names(places),
    ...bodies(places),
  ]
}

function query(kind: QueryKind, text: string, right: string[]): Query {
  return { kind, text, right: new Set(right) }
}

function unique(places: Place[]): Place[] {
  const counts = new Map<string, number>()
  const plain = ({ heading }: Place) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  for (const place of places) counts.set(plain(place), (counts.get(plain(place)) ?? 0) + 1)
  return places.filter((place) => /\p{L}{3}/u.test(place.heading) && counts.get(plain(place)) === 1)
}

function longestWord(text: string): string {
  return (text.match(/[a-z]+/gi) ?? []).reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}

/** One letter of the longest word dropped, doubled, replaced or swapped, anywhere in it. */
function withTypo(heading: string, key: number): string {
  const word = longestWord(heading)
  const at = key % (word.length - 1)
  const letter = 'etaoinshrdlu'[key % 12] ?? 'e'
  const [before, here, next, rest] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)]
  const forms = [
    `${before}${next}${rest}`,
    `${before}${here}${here}${next}${rest}`,
    `${before}${letter}${next}${rest}`,
    `${before}${next}${here}${rest}`,
  ]
  return heading.replace(word, forms[(key >>> 8) % forms.length] ?? word)
}

function brokenOff(heading: string): string {
  return heading.replace(/[a-z]+$/i, (word) => word.slice(0, Math.max(3, Math.ceil(word.length * 0.6))))
}

/** Names that few sections have, wherever they stand there. */
function names(places: Place[]): Query[] {
  const holders = new Map<string, Set<string>>()
  for (const { address, heading, text } of places)
    for (const name of `${heading} ${text}`.match(/\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b/g) ?? []) {
      const known = holders.get(name) ?? new Set()
      holders.set(name, known.add(address))
    }
  const few = [...holders].filter(([, addresses]) => addresses.size <= 10)
  few.sort(([a], [b]) => numberOf(a) - numberOf(b))
  return few.slice(0, EACH).map(([name, addresses]) => query('name', name, [...addresses]))
}

/** Words that follow each other somewhere in prose; every section with them in this order is right. */
function bodies(places: Place[]): Query[] {
  const texts = places.map(({ address, text }) => ({ address, text: ` ${text.toLowerCase()} ` }))
  const found: Query[] = []
  for (const { text, key } of places) {
    const runs = [...text.matchAll(/(?<=^| )(?:[A-Za-z]+ ){5}/g)].map(([run]) => run.trim().toLowerCase())
    const telling = runs.filter((run) => run.split(' ').filter((word) => word.length >= 4).length >= BODY_WORDS - 2)
    const chosen = telling[key % telling.length]
    if (chosen === undefined) continue
    const right = texts.filter((other) => other.text.includes(` ${chosen} `)).map(({ address }) => address)
    found.push(query('body', chosen, right))
    if (found.length === EACH) break
  }
  return found
}

function numberOf(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16)
}

import { decodeRising, encodeSorted } from '#lib/site/assets/search-codes.js'
import type { TermTexts } from '#lib/site/search-memory.ts'

const MANY_SECTIONS = 2000
/** About 3 to 5 kB compressed: small enough to be loaded while somebody types, large enough to be few, where there are many. */
const TERM_FILE_CHARS = { usual: 4600, ofMany: 8000 }
const SPELLING_FILE_CHARS = { usual: 8000, ofMany: 14_000 }
/** Shorter words are not mended. */
const MIN_MENDED_CHARS = 4
/** A word that stands in more of the sections says nothing about any: only its headings are kept. */
const COMMON_SHARE = 0.15
const MIN_COMMON = 300
const TEXT_KINDS = 3

/** A file of sorted words, from a beginning that none of the file before has. */
export interface Shard {
  from: string
  content: string
}

/** All terms with their sections, in files by alphabet. */
export function termShards(texts: TermTexts, sections: number): Shard[] {
  const most = Math.max(MIN_COMMON, sections * COMMON_SHARE)
  const records = [...texts.keys()].sort().map((term) => {
    const text = texts.get(term) ?? ''
    const lists = text.length > most ? text.split(',') : []
    const isCommon = lists.slice(0, TEXT_KINDS).reduce((sum, list) => sum + decodeRising(list).length, 0) > most
    const rare = `${','.repeat(TEXT_KINDS)}${lists.slice(TEXT_KINDS).join(',')}`.replace(/,+$/, '')
    return { term, text: isCommon ? `:!${rare}` : `:${text}` }
  })
  return cut(records, TERM_FILE_CHARS[sections > MANY_SECTIONS ? 'ofMany' : 'usual'])
}

/** All words that may be meant by a misspelt one, reversed, in files by how they end. */
export function spellingShards(terms: Iterable<string>, sections: number): Shard[] {
  const words = [...terms].filter((term) => term.length >= MIN_MENDED_CHARS && /\p{L}/u.test(term))
  const endings = words.map((term) => [...term].reverse().join('')).sort()
  return cut(
    endings.map((term) => ({ term, text: '' })),
    SPELLING_FILE_CHARS[sections > MANY_SECTIONS ? 'ofMany' : 'usual'],
  )
}

/** Cuts where the first three letters change, where that can be, so that words alike are in one file. */
function cut(records: { term: string; text: string }[], maxChars: number): Shard[] {
  const shards: { term: string; text: string }[][] = []
  let chars = Number.POSITIVE_INFINITY
  for (const [index, record] of records.entries()) {
    const size = record.term.length + record.text.length
    const isNew = record.term.slice(0, 3) !== records[index - 1]?.term.slice(0, 3)
    if (chars + size > maxChars * (isNew ? 1 : 2)) {
      shards.push([])
      chars = 0
    }
    shards.at(-1)?.push(record)
    chars += size
  }
  return shards.map((shard, index) => {
    const coded = encodeSorted(shard.map(({ term }) => term))
    const from = index === 0 ? '' : separator(shards[index - 1]?.at(-1)?.term ?? '', shard[0]?.term ?? '')
    return { from, content: shard.map(({ text }, at) => `${coded[at]}${text}`).join(' ') }
  })
}

/** Shortest beginning of `word` that comes after `before`. */
function separator(before: string, word: string): string {
  let length = 1
  while (word.slice(0, length) <= before) length += 1
  return word.slice(0, length)
}

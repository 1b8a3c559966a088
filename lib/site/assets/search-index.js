import { decodeRising, decodeSorted } from './search-codes.js'

/** Pages whose first section has the same number divided by this share a file; texts are shared out by section. */
const ROW_SECTIONS = 128
const TEXT_SECTIONS = 8
/** At most so many files for a beginning of a word of one letter, of two, of more: one or two can be that of very many. */
const FILES_AT_ONCE = [1, 2, 3]

/**
 * The index as lib/site/search-index.ts writes it. Sections are numbered through the site; the first one of each page
 * stands for the page. `indexFile` loads a file by name. Files of terms come as `{ terms, lists }`: the terms in their
 * order, and of each its lists as text, after a `!` where it is common.
 */
export async function openIndex(indexFile) {
  const { total, firsts, terms, endings, rows, start } = await indexFile('index')
  const pageStarts = decodeRising(firsts)
  const read = new Map()
  const open = (files, decode, most = FILES_AT_ONCE.at(-1)) =>
    Promise.all(
      files.slice(0, most).map(async ([, name]) => {
        const content = await indexFile(name)
        if (!read.has(name)) read.set(name, decode(content))
        return read.get(name)
      }),
    )
  const pageOf = (section) => upperBound(pageStarts, section) - 1
  const rowFile = (page) => indexFile(rows[Math.floor(pageStarts[page] / ROW_SECTIONS)])
  const placeOf = (page) =>
    page - upperBound(pageStarts, Math.floor(pageStarts[page] / ROW_SECTIONS) * ROW_SECTIONS - 1)
  return {
    total,
    pageStarts,
    start,
    pageOf,
    /** Files with all terms that begin with `prefix`. */
    termsFrom: (prefix) => open(filesFrom(terms, prefix), termsOfFile, FILES_AT_ONCE[prefix.length - 1]),
    /** Lists of words, with all that end with `ending`. */
    wordsEnding: (ending) => open(filesFrom(endings, reversed(ending)), backwards),
    /** `{ page, file, title, group, heading, id }`; heading and id are empty for the page itself. */
    async rowOf(section) {
      const page = pageOf(section)
      const [file, title, group, headings] = (await rowFile(page)).pages[placeOf(page)]
      const [heading = '', id] = [headings[section - pageStarts[page]]].flat()
      return { page, file, title, group, heading, id: heading && (id ?? anchorOf(heading)) }
    },
    async textOf(section) {
      const page = pageOf(section)
      const { texts } = await rowFile(page)
      const first = Math.floor(pageStarts[page] / ROW_SECTIONS) * ROW_SECTIONS
      return (await indexFile(texts[Math.floor((section - first) / TEXT_SECTIONS)]))[section % TEXT_SECTIONS]
    },
  }
}

/** Files that may hold what begins with `prefix`; each is `[from, name]` and reaches to the next one. */
function filesFrom(files, prefix) {
  return files.filter(([from], index) => {
    const end = files[index + 1]?.[0]
    return (from <= prefix || from.startsWith(prefix)) && (end === undefined || end > prefix)
  })
}

function termsOfFile(content) {
  const records = content.split(' ')
  const ends = records.map((record) => record.indexOf(':'))
  return {
    terms: decodeSorted(records.map((record, index) => record.slice(0, ends[index]))),
    lists: records.map((record, index) => record.slice(ends[index] + 1)),
  }
}

function backwards(content) {
  return decodeSorted(content.split(' ')).map(reversed)
}

function reversed(word) {
  return [...word].reverse().join('')
}

/** As lib/domain/anchors.ts makes the id of a heading that occurs once on its page. */
export function anchorOf(text) {
  const id = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
  return id || 'section'
}

/** How many of the sorted numbers are at most `limit`. */
function upperBound(numbers, limit) {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

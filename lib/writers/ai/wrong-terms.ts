import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { Style } from '#lib/domain/steering.ts'
import { fenceLines } from '#lib/writers/fence-lines.ts'

/** Citations, code spans, targets of links, tags and addresses: their words are not the writer's. */
const NO_PROSE =
  /\[[^\]]{0,300}\]\(source:[^)]{0,600}\)|(`{1,3})[^`]{1,300}\1|\]\([^)]{0,600}\)|<[^>]{0,300}>|https?:\/\/\S+/g

/** Where the text below the title says what the owner asked not to say, in the form of misses. */
export function wrongTerms(markdown: string, terms: Style['terms'] = []): PageVerdict['misses'] {
  const words = terms.flatMap(({ use, not }) => not.map((word) => termOf(use, word)))
  if (words.length === 0) return []
  const lines = markdown.split('\n')
  const fences = fenceLines(lines)
  return lines.flatMap((line, at) => {
    if (at === 0 || fences[at]) return []
    const text = line.replace(NO_PROSE, ' · ')
    // A wanted word may have an unwanted one in it.
    const prose = words.reduce((left, { wanted }) => left.replaceAll(wanted, ' · '), text)
    return words
      .filter(({ unwanted }) => unwanted.test(prose))
      .map(({ use, word }) => ({ line: at + 1, claim: `"${word}"`, found: `the owner asks to say "${use}"` }))
  })
}

/** `GitHub` and `Github` differ by case alone; else case does not count. */
function termOf(use: string, word: string) {
  const flags = use.toLowerCase() === word.toLowerCase() ? 'gu' : 'giu'
  return { use, word, wanted: patternOf(use, flags), unwanted: patternOf(word, flags.slice(1)) }
}

/** The words as a whole, whatever the blanks between them. */
function patternOf(words: string, flags: string): RegExp {
  const written = words.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}_])${written}(?![\\p{L}\\p{N}_])`, flags)
}

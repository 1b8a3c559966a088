const WORD = /[\p{L}\p{N}\p{M}_]+(?:-[\p{L}\p{N}\p{M}_]+)*/gu
/** Scripts that put no space between words: there, every two neighbouring characters count as one. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{M}ー]*/gu
/** Nothing to be taken apart, as in most words. */
const PLAIN = /^[a-z\d]+$/
const MAX_TERM_CHARS = 40

/** Words of a text as they are written. */
export function wordsOf(text) {
  return text.match(WORD) ?? []
}

/**
 * Terms of one word: itself without separators, in lower case and without accents, then its parts, so that `renderSite`,
 * `render_site` and `render-site` are all rendersite, render, site.
 */
export function termsOf(word) {
  if (PLAIN.test(word)) return word.length <= MAX_TERM_CHARS ? [word] : []
  const runs = word.match(UNSPACED)
  if (runs) return [...runs.flatMap(pairsOf), ...wordsOf(word.replace(UNSPACED, ' ')).flatMap(termsOf)]
  const parts = word
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .split(/[_-]+/)
    .map(folded)
    .filter(Boolean)
  const terms = parts.length > 1 ? [parts.join(''), ...parts] : parts
  return terms.filter((term) => term.length <= MAX_TERM_CHARS)
}

/** Whether a word looks like a name of code rather than of language. */
export function isName(word) {
  return /\p{Ll}\p{Lu}|\p{L}_\p{L}|\p{Lu}{2}\p{Ll}/u.test(word)
}

function folded(text) {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

function pairsOf(run) {
  const chars = [...folded(run)]
  return chars.length < 2 ? chars : chars.slice(1).map((char, index) => chars[index] + char)
}

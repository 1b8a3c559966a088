/** `1 file`, `2 files`, `12,000 files`. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(n)} ${n === 1 ? singular : plural}`
}

/** Number with commas between groups of three digits, the same on every machine. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `a`, `a and b`, `a, b and c`; with a limit: `a, b and 4 more`. */
export function listOf(items: string[], limit = items.length): string {
  const shown = items.length > limit ? items.slice(0, limit) : items
  const rest = items.length - shown.length
  const parts = rest > 0 ? [...shown, `${grouped(rest)} more`] : shown
  if (parts.length <= 1) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** The text ends like a sentence: with a full stop unless it has its own end mark. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /[.!?…:]["'”’)\]*_`]*$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Text up to the end of its first sentence; short forms such as `e.g.` end none. */
export function firstSentence(text: string): string {
  const end = /^.{12,}?(?<!\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl))[.!?](?=\s+[\p{Lu}`"'([\d])/u.exec(text)
  return end ? end[0] : text
}

/** Cut at a word end, with an ellipsis, so that it has at most `limit` characters. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit >> 1)).replace(/[\s,;:.-]+$/, '')}…`
}

/** The first words of a text, with an ellipsis when there are more. */
export function firstWords(text: string, limit: number): string {
  const end = new RegExp(String.raw`^\W*(?:[\p{L}\p{N}'’]+[^\p{L}\p{N}'’]+){${limit}}(?=\S)`, 'u').exec(text)
  return end ? `${end[0].replace(/[\s,;:.("'`-]+$/, '')}…` : text
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `an` before a vowel sound, else `a`. */
export function article(word: string): string {
  return /^(?:[aeio]|u(?!ni|se))/i.test(word) ? 'an' : 'a'
}

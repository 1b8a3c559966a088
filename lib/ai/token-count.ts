/** A token of English or code has about four characters; a little less is assumed, so that the count is rather too high. */
const CHARS_PER_TOKEN = 3.2

/** Tokens a text has at most: whatever is not ASCII counts as one for each character. */
export function tokensOf(text: string): number {
  return Math.ceil(tokenWeight(text))
}

/** The same, not rounded, for pieces of a text. */
export function tokenWeight(text: string): number {
  const others = text.match(/[^\0-\x7f]/g)?.length ?? 0
  return (text.length - others) / CHARS_PER_TOKEN + others
}

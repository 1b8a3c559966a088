/** Characters of the longest line of a text. */
export function longestLine(text: string): number {
  let longest = 0
  let start = 0
  while (start <= text.length) {
    const end = text.indexOf('\n', start)
    const length = (end === -1 ? text.length : end) - start
    if (length > longest) longest = length
    if (end === -1) break
    start = end + 1
  }
  return longest
}

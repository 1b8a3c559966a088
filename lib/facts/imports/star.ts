/** What `*` of a pattern stands for in a specifier; empty for an exact match, null when they differ. */
export function starOf(pattern: string, specifier: string): string | null {
  const at = pattern.indexOf('*')
  if (at === -1) return pattern === specifier ? '' : null
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)]
  const isMatch =
    specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= head.length + tail.length
  return isMatch ? specifier.slice(head.length, specifier.length - tail.length) : null
}

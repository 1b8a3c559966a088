/**
 * Splits highlighted markup into lines, each well-formed by itself: spans that are open at the end of a line are closed
 * there and opened again on the next one. `markup` holds only text and `<span class="…">`.
 */
export function splitMarkup(markup: string): string[] {
  const open: string[] = []
  return markup.split('\n').map((line) => {
    const before = open.join('')
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === '</span>') open.pop()
      else open.push(tag)
    }
    return before + line + '</span>'.repeat(open.length)
  })
}

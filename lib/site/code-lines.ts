/**
 * Splits highlighted markup into lines, each well-formed by itself: elements that are open at the end of a line are
 * closed there and opened again on the next one. `markup` holds only text and `<i class="…">`.
 */
export function splitMarkup(markup: string): string[] {
  const open: string[] = []
  return markup.split('\n').map((line) => {
    const before = open.join('')
    for (const [tag] of line.matchAll(/<i [^>]*>|<\/i>/g)) {
      if (tag === '</i>') open.pop()
      else open.push(tag)
    }
    return before + line + '</i>'.repeat(open.length)
  })
}

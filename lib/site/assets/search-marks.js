/** Adds `text` to an element with the matched terms in <mark>. Only text nodes are made, never markup. */
export function appendMarked(element, text, terms) {
  const pattern = termsPattern(terms)
  let from = 0
  for (const match of pattern ? text.matchAll(pattern) : []) {
    const mark = document.createElement('mark')
    mark.textContent = match[0]
    element.append(text.slice(from, match.index), mark)
    from = match.index + match[0].length
  }
  element.append(text.slice(from))
}

/** The part of a text around its first match, about 160 characters. */
export function excerpt(text, terms) {
  const at = termsPattern(terms)?.exec(text)?.index ?? 0
  const start = at < 60 ? 0 : text.lastIndexOf(' ', at - 40) + 1
  return (start ? '… ' : '') + text.slice(start, start + 160)
}

function termsPattern(terms) {
  if (!terms.length) return null
  const escaped = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(escaped.join('|'), 'giu')
}

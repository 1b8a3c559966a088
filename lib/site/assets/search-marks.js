/** Adds `text` to an element with the matched terms in <mark>. Only text nodes are made, never markup. */
export function appendMarked(element, text, terms) {
  let from = 0
  for (const { start, end } of matches(text, terms)) {
    const mark = document.createElement('mark')
    mark.textContent = text.slice(start, end)
    element.append(text.slice(from, start), mark)
    from = end
  }
  element.append(text.slice(from))
}

/** The part of a text where most of the terms stand close together, about 180 characters. */
export function excerpt(text, terms) {
  const found = matches(text, terms)
  let best = { at: 0, count: 0 }
  for (const { start } of found) {
    const inside = found.filter((other) => other.start >= start && other.end <= start + 140)
    const count = new Set(inside.map((other) => text.slice(other.start, other.end).toLowerCase())).size
    if (count > best.count) best = { at: start, count }
  }
  const start = best.at < 40 ? 0 : text.lastIndexOf(' ', best.at - 24) + 1
  const end = start + 180 < text.length ? text.lastIndexOf(' ', start + 180) : text.length
  return (start ? '… ' : '') + text.slice(start, Math.max(end, start + 60)) + (end < text.length ? ' …' : '')
}

/** Where terms stand, each from the beginning of a word or of a part of a name, whatever joins the parts. */
function matches(text, terms) {
  if (!terms.length) return []
  const patterns = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) => [...term].map((char) => char.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('[-_]?'))
  // Without accents, as terms are, but every character where it was.
  const plain = text.replace(/[^\p{ASCII}]/gu, (char) => {
    const folded = char.normalize('NFKD').charAt(0)
    return folded.length === char.length ? folded : char
  })
  const found = []
  for (const match of plain.matchAll(new RegExp(patterns.join('|'), 'gi'))) {
    const before = plain[match.index - 1] ?? ' '
    const isPart = /\p{Lu}/u.test(match[0][0]) && /\p{Ll}/u.test(before)
    const isBeginning = isPart || !/[\p{L}\p{N}]/u.test(before) || /[^\p{ASCII}]/u.test(match[0][0])
    if (isBeginning) found.push({ start: match.index, end: match.index + match[0].length })
  }
  return found
}

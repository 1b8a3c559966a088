/** Letters of a term by which most words of a text are passed over. */
const HEAD = 3

/**
 * Where terms stand in a text, as `{ start, end }`, each from the beginning of a word or of a part of a name, whatever
 * joins the parts. A word that is not finished may mean hundreds of terms: they are looked up, not tried one by one.
 */
export function marker(terms) {
  const known = new Set(terms)
  const heads = new Set(terms.flatMap((term) => Array.from({ length: HEAD }, (_, index) => term.slice(0, index + 1))))
  const longest = Math.max(0, ...terms.map((term) => term.length))

  /** Where the longest term that begins at `start` ends; `start` where none does. */
  function endOf(plain, start) {
    let [term, end] = ['', start]
    for (let at = start; at < plain.length && term.length < longest; at += 1) {
      const isJoint = plain[at] === '-' || plain[at] === '_'
      if (isJoint && at > start && !/[-_]/.test(plain[at - 1])) continue
      if (plain[at] === ' ') break
      term += plain[at]
      if (term.length <= HEAD && !heads.has(term)) break
      if (known.has(term)) end = at + 1
    }
    return end
  }

  return (text) => {
    const plain = plainOf(text)
    const found = []
    for (let start = 0; start < text.length; start += 1) {
      if (!heads.has(plain[start]) || !isBeginning(text, start)) continue
      const end = endOf(plain, start)
      if (end === start) continue
      found.push({ start, end })
      start = end - 1
    }
    return found
  }
}

/** Adds `text` to an element with what `find` finds in <mark>. Only text nodes are made, never markup. */
export function appendMarked(element, text, find) {
  let from = 0
  for (const { start, end } of find(text)) {
    const mark = document.createElement('mark')
    mark.textContent = text.slice(start, end)
    element.append(text.slice(from, start), mark)
    from = end
  }
  element.append(text.slice(from))
}

/** The part of a text where most of the terms stand close together, about 180 characters. */
export function excerpt(text, find) {
  const found = find(text)
  let best = { at: 0, count: 0 }
  for (const [index, { start }] of found.entries()) {
    const inside = new Set()
    for (let at = index; at < found.length && found[at].end <= start + 140; at += 1)
      inside.add(text.slice(found[at].start, found[at].end).toLowerCase())
    if (inside.size > best.count) best = { at: start, count: inside.size }
  }
  const start = best.at < 40 ? 0 : text.lastIndexOf(' ', best.at - 24) + 1
  const end = start + 180 < text.length ? text.lastIndexOf(' ', start + 180) : text.length
  return (start ? '… ' : '') + text.slice(start, Math.max(end, start + 60)) + (end < text.length ? ' …' : '')
}

/** As terms are, in lower case and without accents, but every character where it was. */
function plainOf(text) {
  const folded = text.replace(/[^\p{ASCII}]/gu, (char) => {
    const base = char.normalize('NFKD').charAt(0)
    return base.length === char.length ? base : char
  })
  return folded.toLowerCase()
}

/** Whether a word, or a part of a name, begins here. Scripts without spaces have their words anywhere. */
function isBeginning(text, start) {
  const [before, char] = [text[start - 1] ?? ' ', text[start]]
  if (!/[\p{L}\p{N}]/u.test(before) || /[^\p{ASCII}]/u.test(char)) return true
  return /\p{Lu}/u.test(char) && /[\p{Ll}\p{N}]/u.test(before)
}

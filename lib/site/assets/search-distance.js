/** Longer words are no terms. */
const MAX_CHARS = 40
const FAR = MAX_CHARS
/** What each beginning of the typed word costs: for the letters of the term so far, for one less, for two less. */
let [row, before, earlier] = Array.from({ length: 3 }, () => new Uint8Array(MAX_CHARS + 2))

/**
 * How many letters must be put, dropped, replaced or swapped with the next one to make `typed` out of `term`. With
 * `open`, out of any beginning of `term`. Above `limit` it answers `limit` + 1. Only what may stay below is worked out.
 */
export function editDistance(typed, term, { limit, open }) {
  const size = typed.length
  if (size > MAX_CHARS || size - term.length > limit || (!open && term.length - size > limit)) return limit + 1
  for (let index = 0; index <= size; index += 1) row[index] = index <= limit ? index : FAR
  let best = open || term.length === 0 ? row[size] : FAR
  const last = Math.min(term.length, size + limit)
  for (let at = 1; at <= last; at += 1) {
    const spare = earlier
    earlier = before
    before = row
    row = spare
    if (fillRow(typed, term, { at, limit }) > limit) break
    if (at + limit >= size && (open || at === term.length)) best = Math.min(best, row[size])
  }
  return Math.min(best, limit + 1)
}

/** Answers the least of the row; what is farther from its middle than `limit` cannot be below. */
function fillRow(typed, term, { at, limit }) {
  const from = Math.max(1, at - limit)
  const to = Math.min(typed.length, at + limit)
  const letter = term.charCodeAt(at - 1)
  const past = at > 1 ? term.charCodeAt(at - 2) : -1
  row[from - 1] = from === 1 && at <= limit ? at : FAR
  let least = row[from - 1]
  for (let index = from; index <= to; index += 1) {
    const own = typed.charCodeAt(index - 1)
    let cost = Math.min(before[index] + 1, row[index - 1] + 1, before[index - 1] + (own === letter ? 0 : 1))
    if (own === past && index > 1 && typed.charCodeAt(index - 2) === letter)
      cost = Math.min(cost, earlier[index - 2] + 1)
    row[index] = cost
    least = Math.min(least, cost)
  }
  if (to < typed.length) row[to + 1] = FAR
  return least
}

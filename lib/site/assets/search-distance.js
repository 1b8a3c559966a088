/**
 * How many letters must be put, dropped, replaced or swapped with the next one to make `typed` out of `term`. With
 * `open`, out of any beginning of `term`. Above `limit` it answers `limit` + 1.
 */
export function editDistance(typed, term, { limit, open }) {
  if (typed.length - term.length > limit || (!open && term.length - typed.length > limit)) return limit + 1
  let before = []
  let row = Array.from({ length: typed.length + 1 }, (_, index) => index)
  let best = row[typed.length]
  for (let at = 1; at <= Math.min(term.length, typed.length + limit); at += 1) {
    const next = nextRow({ typed, term, at, row, before })
    if (Math.min(...next) > limit) break
    before = row
    row = next
    best = open ? Math.min(best, row[typed.length]) : limit + 1
    if (at === term.length) best = Math.min(best, row[typed.length])
  }
  return Math.min(best, limit + 1)
}

function nextRow({ typed, term, at, row, before }) {
  const next = [at]
  for (let index = 1; index <= typed.length; index += 1) {
    const same = typed[index - 1] === term[at - 1]
    let cost = Math.min(row[index] + 1, next[index - 1] + 1, row[index - 1] + (same ? 0 : 1))
    const swapped = at > 1 && index > 1 && typed[index - 1] === term[at - 2] && typed[index - 2] === term[at - 1]
    if (swapped) cost = Math.min(cost, before[index - 2] + 1)
    next.push(cost)
  }
  return next
}

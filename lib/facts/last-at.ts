/** The last one of a rising list that begins at a place or before it; undefined for an empty list. */
export function lastAt<One>(list: readonly One[], place: number, startOf: (one: One) => number): One | undefined {
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const one = list[middle]
    if (one !== undefined && startOf(one) <= place) low = middle
    else high = middle - 1
  }
  return list[low]
}

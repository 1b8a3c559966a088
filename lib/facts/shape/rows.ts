/** A directed graph in compressed rows: the targets of node `n` stand from `starts[n]` to `starts[n + 1]`. */
export interface Rows {
  size: number
  starts: Uint32Array
  targets: Uint32Array
  /** How often each edge occurs. */
  weights: Float64Array
}

interface Edges {
  from: ArrayLike<number>
  to: ArrayLike<number>
  /** How much each counts; 1 without. */
  weight?: ArrayLike<number>
}

/** Packs edges; the same pair counts up, an edge to itself is left out. Two counting sorts, so linear in the edges. */
export function rowsOf(size: number, { from, to, weight }: Edges): Rows {
  const order = sortedBy(from, sortedBy(to, null, size), size)
  const starts = new Uint32Array(size + 1)
  const targets = new Uint32Array(order.length)
  const weights = new Float64Array(order.length)
  let count = 0
  let lastFrom = -1
  for (let step = 0; step < order.length; step += 1) {
    const at = order[step] ?? 0
    const source = from[at] ?? 0
    const target = to[at] ?? 0
    if (source === target) continue
    const isNew = source !== lastFrom || targets[count - 1] !== target
    if (isNew) {
      targets[count] = target
      starts[source + 1] = (starts[source + 1] ?? 0) + 1
      count += 1
    }
    weights[count - 1] = (weights[count - 1] ?? 0) + (weight?.[at] ?? 1)
    lastFrom = source
  }
  for (let node = 0; node < size; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  return { size, starts, targets: targets.slice(0, count), weights: weights.slice(0, count) }
}

/** Places in `keys` in the order of the keys; of equal ones those that stand first in `order` come first. */
function sortedBy(keys: ArrayLike<number>, order: Uint32Array | null, size: number): Uint32Array {
  const next = new Uint32Array(size + 1)
  for (let at = 0; at < keys.length; at += 1) {
    const key = (keys[at] ?? 0) + 1
    next[key] = (next[key] ?? 0) + 1
  }
  for (let key = 0; key < size; key += 1) next[key + 1] = (next[key + 1] ?? 0) + (next[key] ?? 0)
  const sorted = new Uint32Array(keys.length)
  for (let step = 0; step < keys.length; step += 1) {
    const at = order ? (order[step] ?? 0) : step
    const key = keys[at] ?? 0
    const place = next[key] ?? 0
    sorted[place] = at
    next[key] = place + 1
  }
  return sorted
}

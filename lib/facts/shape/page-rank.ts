import type { Rows } from './rows.ts'

const DAMPING = 0.85
const MAX_ROUNDS = 60
const ENOUGH = 1e-9

/**
 * PageRank of each node, sum 1: what is used by much that is used has much. Summed in a fixed order, so that it compares.
 * `apart` more nodes have no edges at all: the rank of each of them stands behind the others.
 */
export function pageRank(rows: Rows, apart = 0): Float64Array {
  const size = rows.size + apart
  const slots = rows.size + (apart > 0 ? 1 : 0)
  let ranks = new Float64Array(slots).fill(size > 0 ? 1 / size : 0)
  const [using, dangling] = parted(rows)
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = spread(ranks, using, rows)
    let given = 0
    for (const node of dangling) given += ranks[node] ?? 0
    given += apart * (ranks[rows.size] ?? 0)
    const [least, gift] = [(1 - DAMPING) / size, given / size]
    let change = 0
    for (let node = 0; node < slots; node += 1) {
      const rank = least + DAMPING * ((next[node] ?? 0) + gift)
      change += Math.abs(rank - (ranks[node] ?? 0)) * (node === rows.size ? apart : 1)
      next[node] = rank
    }
    ranks = next
    if (change < ENOUGH) break
  }
  return ranks
}

/** One round: every node gives its rank to what it refers to. */
function spread(ranks: Float64Array, using: Uint32Array, { starts, targets }: Rows): Float64Array<ArrayBuffer> {
  const next = new Float64Array(ranks.length)
  for (const from of using) {
    const begin = starts[from] ?? 0
    const end = starts[from + 1] ?? 0
    const share = (ranks[from] ?? 0) / (end - begin)
    for (let at = begin; at < end; at += 1) {
      const to = targets[at] ?? 0
      next[to] = (next[to] ?? 0) + share
    }
  }
  return next
}

/** Nodes that refer to others, and those that refer to nothing and give their rank to all alike. */
function parted({ size, starts }: Rows): [using: Uint32Array, dangling: Uint32Array] {
  const nodes = new Uint32Array(size)
  let [first, last] = [0, size]
  for (let node = 0; node < size; node += 1)
    if (starts[node] !== starts[node + 1]) nodes[first++] = node
    else nodes[--last] = node
  return [nodes.subarray(0, first), nodes.subarray(first).reverse()]
}

import type { Rows } from './rows.ts'

const DAMPING = 0.85
const MAX_ROUNDS = 60
const ENOUGH = 1e-9

/** PageRank of each node, sum 1: what is used by much that is used has much. Summed in a fixed order, so that it compares. */
export function pageRank({ size, starts, targets }: Rows): Float64Array {
  let ranks = new Float64Array(size).fill(size > 0 ? 1 / size : 0)
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = spread(ranks, starts, targets)
    let change = 0
    for (let node = 0; node < size; node += 1) change += Math.abs((next[node] ?? 0) - (ranks[node] ?? 0))
    ranks = next
    if (change < ENOUGH) break
  }
  return ranks
}

/** One round: every node gives its rank to what it refers to; one that refers to nothing gives to all alike. */
function spread(ranks: Float64Array, starts: Uint32Array, targets: Uint32Array): Float64Array<ArrayBuffer> {
  const size = ranks.length
  const next = new Float64Array(size)
  let dangling = 0
  for (let from = 0; from < size; from += 1) {
    const begin = starts[from] ?? 0
    const end = starts[from + 1] ?? 0
    const rank = ranks[from] ?? 0
    if (begin === end) dangling += rank
    const share = rank / (end - begin)
    for (let at = begin; at < end; at += 1) {
      const to = targets[at] ?? 0
      next[to] = (next[to] ?? 0) + share
    }
  }
  const [least, gift] = [(1 - DAMPING) / size, dangling / size]
  for (let node = 0; node < size; node += 1) next[node] = least + DAMPING * ((next[node] ?? 0) + gift)
  return next
}

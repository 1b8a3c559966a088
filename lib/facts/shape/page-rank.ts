import type { Rows } from './rows.ts'

const DAMPING = 0.85
/** Less than this handed on changes no digit that is told. */
const TOO_LITTLE = 1e-9

/**
 * PageRank of each node, sum 1: what is used by much that is used has much. Summed in a fixed order, so that it compares.
 * `apart` more nodes have no edges at all: the rank of each of them stands behind the others.
 */
export function pageRank(rows: Rows, apart = 0): Float64Array {
  // What refers to nothing gives its rank to all alike, which raises all by one factor: the last step makes up for it.
  const ranks = new Float64Array(rows.size + (apart > 0 ? 1 : 0)).fill(1)
  const room = rows.size
  let gifts: Gifts = { nodes: new Int32Array(room), count: 0, of: new Float64Array(room) }
  let next: Gifts = { nodes: new Int32Array(room), count: 0, of: new Float64Array(room) }
  for (let node = 0; node < room; node += 1) if (givesOn(rows, node)) add(gifts, node, 1)
  while (gifts.count > 0) {
    handOn(gifts, next, rows)
    keepLarge(next, ranks, rows)
    const spent = gifts
    gifts = next
    next = spent
  }
  let sum = apart
  for (let node = 0; node < rows.size; node += 1) sum += ranks[node] ?? 0
  for (let node = 0; node < ranks.length; node += 1) ranks[node] = (ranks[node] ?? 0) / sum
  return ranks
}

/** What nodes got and have not handed on. */
interface Gifts {
  nodes: Int32Array
  count: number
  /** By node; 0 for those that got nothing. */
  of: Float64Array
}

function add(gifts: Gifts, node: number, gift: number): void {
  gifts.nodes[gifts.count] = node
  gifts.count += 1
  gifts.of[node] = gift
}

function givesOn({ starts }: Rows, node: number): boolean {
  return starts[node] !== starts[node + 1]
}

/** Every node hands what it got to what it refers to, in equal shares. */
function handOn(gifts: Gifts, next: Gifts, { starts, targets }: Rows): void {
  const { nodes, of } = gifts
  const got = next.of
  const receiving = next.nodes
  let count = 0
  for (let step = 0; step < gifts.count; step += 1) {
    const from = nodes[step] ?? 0
    const begin = starts[from] ?? 0
    const end = starts[from + 1] ?? 0
    const share = (DAMPING * (of[from] ?? 0)) / (end - begin)
    of[from] = 0
    for (let at = begin; at < end; at += 1) {
      const to = targets[at] ?? 0
      const before = got[to] ?? 0
      if (before === 0) {
        receiving[count] = to
        count += 1
      }
      got[to] = before + share
    }
  }
  gifts.count = 0
  next.count = count
}

/** Adds gifts to the ranks; those that are worth it stay to be handed on. */
function keepLarge(gifts: Gifts, ranks: Float64Array, rows: Rows): void {
  const { nodes, of } = gifts
  let kept = 0
  for (let step = 0; step < gifts.count; step += 1) {
    const node = nodes[step] ?? 0
    const gift = of[node] ?? 0
    ranks[node] = (ranks[node] ?? 0) + gift
    if (gift > TOO_LITTLE && givesOn(rows, node)) {
      nodes[kept] = node
      kept += 1
    } else of[node] = 0
  }
  gifts.count = kept
}

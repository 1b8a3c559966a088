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
  let given = new Float64Array(rows.size)
  let next = new Float64Array(rows.size)
  let giving: number[] = []
  for (let node = 0; node < rows.size; node += 1) if (giveOn(rows, node, 1)) giving.push(node)
  for (const node of giving) given[node] = 1
  while (giving.length > 0) {
    const receiving = handOn(giving, { given, next, rows })
    for (const node of giving) given[node] = 0
    giving = []
    for (const node of receiving) {
      const gift = next[node] ?? 0
      ranks[node] = (ranks[node] ?? 0) + gift
      if (giveOn(rows, node, gift)) giving.push(node)
      else next[node] = 0
    }
    const spent = given
    given = next
    next = spent
  }
  let sum = apart
  for (let node = 0; node < rows.size; node += 1) sum += ranks[node] ?? 0
  for (let node = 0; node < ranks.length; node += 1) ranks[node] = (ranks[node] ?? 0) / sum
  return ranks
}

function giveOn({ starts }: Rows, node: number, gift: number): boolean {
  return gift > TOO_LITTLE && starts[node] !== starts[node + 1]
}

interface Round {
  given: Float64Array
  /** Zeros; afterwards what each node got. */
  next: Float64Array
  rows: Rows
}

/** Every node hands what it got to what it refers to, in equal shares; the nodes that get something. */
function handOn(giving: number[], { given, next, rows: { starts, targets } }: Round): number[] {
  const receiving: number[] = []
  for (const from of giving) {
    const begin = starts[from] ?? 0
    const end = starts[from + 1] ?? 0
    const share = (DAMPING * (given[from] ?? 0)) / (end - begin)
    for (let at = begin; at < end; at += 1) {
      const to = targets[at] ?? 0
      if (next[to] === 0) receiving.push(to)
      next[to] = (next[to] ?? 0) + share
    }
  }
  return receiving
}

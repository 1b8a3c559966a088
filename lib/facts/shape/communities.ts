import { type Rows, rowsOf } from './rows.ts'

const MAX_LEVELS = 10
const MAX_ROUNDS = 20
const LEAST_GAIN = 1e-9

/**
 * Groups nodes that refer to each other more than to others, by Louvain's method; direction does not matter. Nodes are
 * visited in their order and ties go to the smaller group, so that the same graph gives the same groups. They are
 * numbered by their first node.
 */
export function communitiesOf(rows: Rows): Int32Array {
  let graph = undirected(rows)
  let groups = Int32Array.from({ length: rows.size }, (_, node) => node)
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const moved = numbered(moveNodes(graph))
    groups = groups.map((group) => moved.groups[group] ?? 0)
    if (moved.count === graph.size) break
    graph = folded(graph, moved)
  }
  return numbered(groups).groups
}

interface Weighted extends Rows {
  /** Weight of what lies inside each node, counted from both ends. */
  loops: Float64Array
}

function undirected({ size, starts, targets, weights }: Rows): Weighted {
  const from = new Uint32Array(targets.length * 2)
  const to = new Uint32Array(targets.length * 2)
  const weight = new Float64Array(targets.length * 2)
  for (let node = 0; node < size; node += 1)
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
      from[at * 2] = node
      to[at * 2] = targets[at] ?? 0
      from[at * 2 + 1] = targets[at] ?? 0
      to[at * 2 + 1] = node
      // What is used a hundred times is not a hundred times as near.
      weight.fill(1 + Math.log2(weights[at] ?? 1), at * 2, at * 2 + 2)
    }
  return { ...rowsOf(size, { from, to, weight }), loops: new Float64Array(size) }
}

interface Edges {
  from: number[]
  to: number[]
  weight: number[]
}

/** Moves each node to the group of its neighbours that gains most, until none moves. */
function moveNodes(graph: Weighted): Int32Array {
  const { size } = graph
  const degrees = degreesOf(graph)
  let whole = 0
  for (const degree of degrees) whole += degree
  const groups = Int32Array.from({ length: size }, (_, node) => node)
  const sums = Float64Array.from(degrees)
  if (whole === 0) return groups
  const near: Near = { groups: [], weights: new Float64Array(size) }
  for (let round = 0, isMoving = true; isMoving && round < MAX_ROUNDS; round += 1) {
    isMoving = false
    for (let node = 0; node < size; node += 1) {
      const own = groups[node] ?? 0
      const degree = degrees[node] ?? 0
      sums[own] = (sums[own] ?? 0) - degree
      lookAround(node, graph, { groups, near })
      const best = bestGroup(near, { sums, expected: degree / whole })
      sums[best] = (sums[best] ?? 0) + degree
      groups[node] = best
      if (best !== own) isMoving = true
    }
  }
  return groups
}

function degreesOf({ size, starts, weights, loops }: Weighted): Float64Array {
  const degrees = new Float64Array(loops)
  for (let node = 0; node < size; node += 1)
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1)
      degrees[node] = (degrees[node] ?? 0) + (weights[at] ?? 0)
  return degrees
}

/** The groups around a node, its own first, and the weight between it and each. */
interface Near {
  groups: number[]
  /** By group; 0 for those that are not near. */
  weights: Float64Array
}

interface Grouping {
  groups: Int32Array
  /** Filled anew. */
  near: Near
}

function lookAround(node: number, { starts, targets, weights }: Weighted, { groups, near }: Grouping): void {
  for (const group of near.groups) near.weights[group] = 0
  const own = groups[node] ?? 0
  near.groups = [own]
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
    const group = groups[targets[at] ?? 0] ?? 0
    if (group !== own && near.weights[group] === 0) near.groups.push(group)
    near.weights[group] = (near.weights[group] ?? 0) + (weights[at] ?? 0)
  }
}

/** `expected` times the sum of a group is the weight chance would give it. */
function bestGroup({ groups, weights }: Near, { sums, expected }: { sums: Float64Array; expected: number }): number {
  const own = groups[0] ?? 0
  let best = own
  let gain = (weights[own] ?? 0) - (sums[own] ?? 0) * expected
  for (const group of groups) {
    const here = (weights[group] ?? 0) - (sums[group] ?? 0) * expected
    if (here > gain + LEAST_GAIN || (here > gain - LEAST_GAIN && best !== own && group < best)) {
      best = group
      gain = here
    }
  }
  return best
}

interface Numbered {
  groups: Int32Array<ArrayBuffer>
  count: number
}

/** Groups renumbered from 0 in the order of their first node. */
function numbered(groups: Int32Array): Numbered {
  const numbers = new Map<number, number>()
  for (const group of groups) if (!numbers.has(group)) numbers.set(group, numbers.size)
  return { groups: Int32Array.from(groups, (group) => numbers.get(group) ?? 0), count: numbers.size }
}

/** Each group becomes one node. */
function folded({ size, starts, targets, weights, loops }: Weighted, { groups, count }: Numbered): Weighted {
  const edges: Edges = { from: [], to: [], weight: [] }
  const inside = new Float64Array(count)
  for (let node = 0; node < size; node += 1) {
    const group = groups[node] ?? 0
    inside[group] = (inside[group] ?? 0) + (loops[node] ?? 0)
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
      const other = groups[targets[at] ?? 0] ?? 0
      if (other === group) inside[group] = (inside[group] ?? 0) + (weights[at] ?? 0)
      else {
        edges.from.push(group)
        edges.to.push(other)
        edges.weight.push(weights[at] ?? 0)
      }
    }
  }
  return { ...rowsOf(count, edges), loops: inside }
}

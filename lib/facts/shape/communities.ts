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
  const edges: Edges = { from: [], to: [], weight: [] }
  for (let node = 0; node < size; node += 1)
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
      const target = targets[at] ?? 0
      // What is used a hundred times is not a hundred times as near.
      const nearness = 1 + Math.log2(weights[at] ?? 1)
      edges.from.push(node, target)
      edges.to.push(target, node)
      edges.weight.push(nearness, nearness)
    }
  return { ...rowsOf(size, edges), loops: new Float64Array(size) }
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
  const whole = degrees.reduce((sum, degree) => sum + degree, 0)
  const groups = Int32Array.from({ length: size }, (_, node) => node)
  const sums = Float64Array.from(degrees)
  if (whole === 0) return groups
  for (let round = 0, isMoving = true; isMoving && round < MAX_ROUNDS; round += 1) {
    isMoving = false
    for (let node = 0; node < size; node += 1) {
      const own = groups[node] ?? 0
      const degree = degrees[node] ?? 0
      sums[own] = (sums[own] ?? 0) - degree
      const best = bestGroup(groupsNear(node, graph, groups), own, (group) => ((sums[group] ?? 0) * degree) / whole)
      sums[best] = (sums[best] ?? 0) + degree
      groups[node] = best
      if (best !== own) isMoving = true
    }
  }
  return groups
}

function degreesOf({ size, starts, weights, loops }: Weighted): Float64Array {
  return Float64Array.from({ length: size }, (_, node) =>
    weights.subarray(starts[node], starts[node + 1]).reduce((sum, weight) => sum + weight, loops[node] ?? 0),
  )
}

/** Weight between a node and each group around it, its own included. */
function groupsNear(node: number, { starts, targets, weights }: Weighted, groups: Int32Array): Map<number, number> {
  const near = new Map<number, number>([[groups[node] ?? 0, 0]])
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
    const group = groups[targets[at] ?? 0] ?? 0
    near.set(group, (near.get(group) ?? 0) + (weights[at] ?? 0))
  }
  return near
}

function bestGroup(near: Map<number, number>, own: number, expected: (group: number) => number): number {
  let best = own
  let gain = (near.get(own) ?? 0) - expected(own)
  for (const [group, weight] of near) {
    const here = weight - expected(group)
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

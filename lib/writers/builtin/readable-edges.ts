import { cyclesOf, type DependencyGraph, type GraphEdge } from './dependency-graph.ts'
import { byText } from './wording.ts'

type Graph = Pick<DependencyGraph, 'nodes' | 'edges'>

const EDGES_PER_NODE = 1.5
const MOST_FROM_ONE = 3

/**
 * The edges a picture can show: of those between layers the ones that no longer way implies, of those inside a cycle the
 * strongest, and then the strongest of the rest while there is room. Every part that has an edge keeps one.
 */
export function readableEdges({ nodes, edges }: Graph): GraphEdge[] {
  const groupOf = new Map(cyclesOf({ nodes, edges }).flatMap((group, at) => group.map((node) => [node, at] as const)))
  const isInside = (edge: GraphEdge) => groupOf.get(edge.from) === groupOf.get(edge.to)
  const strongest = edges.toSorted((a, b) => b.count - a.count || byText(a.from, b.from) || byText(a.to, b.to))
  const implied = impliedEdges(
    strongest.filter((edge) => !isInside(edge)),
    groupOf,
  )
  const chosen = new Set<GraphEdge>()
  const touched = new Set<string>()
  const from = new Map<string, number>()
  const pairs = new Set<string>()
  const most = Math.ceil(nodes.length * EDGES_PER_NODE)
  const take = (edge: GraphEdge) => {
    if (chosen.has(edge) || pairs.has(`${edge.to}\n${edge.from}`)) return
    chosen.add(edge)
    pairs.add(`${edge.from}\n${edge.to}`)
    from.set(edge.from, (from.get(edge.from) ?? 0) + 1)
    touched.add(edge.from).add(edge.to)
  }
  const direct = strongest.filter((edge) => !implied.has(edge))
  for (const edge of direct) if (!touched.has(edge.from) || !touched.has(edge.to)) take(edge)
  for (const edge of [...direct, ...strongest]) {
    if (chosen.size < most && (from.get(edge.from) ?? 0) < MOST_FROM_ONE) take(edge)
  }
  return edges.filter((edge) => chosen.has(edge))
}

/** Edges between groups that another way of at least two edges between groups leads along, too. */
function impliedEdges(between: GraphEdge[], groupOf: Map<string, number>): Set<GraphEdge> {
  const targets = new Map<number, Set<number>>()
  const ends = (edge: GraphEdge) => [groupOf.get(edge.from) ?? -1, groupOf.get(edge.to) ?? -1] as const
  for (const edge of between) {
    const [source, target] = ends(edge)
    targets.set(source, (targets.get(source) ?? new Set()).add(target))
  }
  const reached = new Map<number, Set<number>>()
  const reach = (group: number): Set<number> => {
    const known = reached.get(group)
    if (known) return known
    const all = new Set<number>()
    reached.set(group, all)
    for (const next of targets.get(group) ?? []) for (const far of [next, ...reach(next)]) all.add(far)
    return all
  }
  return new Set(
    between.filter((edge) => {
      const [source, target] = ends(edge)
      return [...(targets.get(source) ?? [])].some((next) => next !== target && reach(next).has(target))
    }),
  )
}

import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { commonFolder, type GraphEdge, mermaid } from './dependency-graph.ts'
import { factsIndex } from './facts-index.ts'
import { blocks, fence } from './markdown.ts'
import { byText } from './wording.ts'

/** What is reached from some starts along imports: parts and edges in the order they are reached. */
export interface Flow {
  nodes: string[]
  edges: GraphEdge[]
}

const MOST_NODES = 16
const DEEPEST = 3
const FROM_ONE = 3
const FEWEST_IN_FLOW = 4

/** Directories that calls reach from the given files, along the imports with most names in them. */
export function flowFrom(facts: Facts, files: string[]): Flow {
  const index = factsIndex(facts)
  const documented = new Set(index.documented.map(({ path }) => index.moduleOf.get(path) ?? '.'))
  const starts = [...Map.groupBy(files, (path) => index.moduleOf.get(path) ?? '.')]
    .filter(([path]) => documented.has(path))
    .sort(([a, own], [b, others]) => others.length - own.length || byText(a, b))
    .slice(0, FROM_ONE)
    .map(([path]) => path)
  const from = (path: string): GraphEdge[] =>
    (index.modules.get(path)?.imports ?? [])
      .filter(({ module }) => documented.has(module) && module !== path)
      .toSorted((a, b) => b.count - a.count || byText(a.module, b.module))
      .map(({ module, count, example }) => ({ from: path, to: module, count, example }))
  return walk(starts, from)
}

function walk(starts: string[], from: (node: string) => GraphEdge[]): Flow {
  const nodes = new Set(starts)
  const edges: GraphEdge[] = []
  let level = starts
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next: string[] = []
    for (const edge of level.flatMap((node) => from(node).slice(0, FROM_ONE))) {
      const isNew = !nodes.has(edge.to)
      if (isNew && nodes.size >= MOST_NODES) continue
      if (edges.some((one) => one.from === edge.to && one.to === edge.from)) continue
      if (isNew) next.push(edge.to)
      nodes.add(edge.to)
      edges.push(edge)
    }
    level = next
  }
  return { nodes: [...nodes], edges }
}

/** A sentence and a picture of what is reached; empty where a start leads to few other parts. */
export function flowText({ nodes, edges }: Flow, what: string): string {
  const [first] = edges
  if (!first || nodes.length < FEWEST_IN_FLOW) return ''
  return blocks(
    `From there ${what} reaches these directories, along the strongest imports: ${cite(first.example)}`,
    fence(mermaid({ nodes, edges }, commonFolder(nodes)), 'mermaid'),
  )
}

/** A part between those that import it and those it imports, strongest first. */
export function neighbourhoodOf(
  path: string,
  { imports, importedBy }: { imports: { module: string; count: number; example: SourceRange }[]; importedBy: string[] },
  limit: number,
): Flow {
  const below = imports
    .slice(0, limit)
    .map(({ module, count, example }) => ({ from: path, to: module, count, example }))
  const known = new Set(below.map(({ to }) => to))
  const above = importedBy.filter((module) => !known.has(module)).slice(0, limit)
  const example = below[0]?.example ?? { path, start: 1, end: 1 }
  return {
    nodes: [...above, path, ...below.map(({ to }) => to)],
    edges: [...above.map((from) => ({ from, to: path, count: 1, example })), ...below],
  }
}

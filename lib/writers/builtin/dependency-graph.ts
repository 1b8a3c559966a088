import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { packagesIn } from './packages.ts'
import { byText } from './wording.ts'

export interface GraphEdge {
  from: string
  to: string
  count: number
  example: SourceRange
}

/** Imports between the parts of a repository; a part is a directory, or a file where there is one directory only. */
export interface DependencyGraph {
  parts: 'directories' | 'files'
  nodes: string[]
  edges: GraphEdge[]
  /** Parts that are not in `nodes`: without any import, or too many for a readable picture. */
  leftOut: number
}

const MOST_NODES = 20

const cache = new WeakMap<Facts, DependencyGraph>()

export function dependencyGraph(facts: Facts): DependencyGraph {
  const known = cache.get(facts)
  if (known) return known
  const graph = findGraph(facts)
  cache.set(facts, graph)
  return graph
}

function findGraph(facts: Facts): DependencyGraph {
  const index = factsIndex(facts)
  const folders = new Map(index.documented.map(({ path }) => [path, index.moduleOf.get(path) ?? '.']))
  const byFolder = graphOf(facts, readableParts(folders))
  if (byFolder.nodes.length > 2 && byFolder.edges.length > 1) return { parts: 'directories', ...byFolder }
  return { parts: 'files', ...graphOf(facts, new Map(index.documented.map(({ path }) => [path, path]))) }
}

/** Imports between the packages of a repository that holds several, by name. */
export function packageGraph(facts: Facts): Pick<DependencyGraph, 'nodes' | 'edges'> {
  const parts = new Map(packagesIn(facts).flatMap(({ name, files }) => files.map((path) => [path, name] as const)))
  return graphOf(facts, parts)
}

/** Parts from the ones that import to the ones that are imported; parts of a cycle share a layer. */
export function layersOf({ nodes, edges }: Pick<DependencyGraph, 'nodes' | 'edges'>): string[][] {
  const groups = cyclesOf({ nodes, edges })
  const groupOf = new Map(groups.flatMap((group, at) => group.map((node) => [node, at] as const)))
  const heights = new Map<number, number>()
  groups.forEach((group, at) => {
    const below = edges.filter((edge) => group.includes(edge.from)).map((edge) => groupOf.get(edge.to) ?? at)
    heights.set(at, Math.max(-1, ...below.filter((to) => to !== at).map((to) => heights.get(to) ?? 0)) + 1)
  })
  const byHeight = Map.groupBy(nodes, (node) => heights.get(groupOf.get(node) ?? 0) ?? 0)
  return [...byHeight].sort(([a], [b]) => b - a).map(([, layer]) => layer)
}

/** Strongly connected groups, imported ones first (Tarjan). Groups of one are not cycles. */
export function cyclesOf({ nodes, edges }: Pick<DependencyGraph, 'nodes' | 'edges'>): string[][] {
  const targets = Map.groupBy(edges, (edge) => edge.from)
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []
  const visit = (node: string): void => {
    order.set(node, order.size)
    low.set(node, order.get(node) ?? 0)
    stack.push(node)
    for (const { to } of targets.get(node) ?? []) {
      if (!order.has(to)) visit(to)
      if (stack.includes(to)) low.set(node, Math.min(low.get(node) ?? 0, low.get(to) ?? 0))
    }
    if (low.get(node) === order.get(node)) groups.push(stack.splice(stack.indexOf(node)).sort(byText))
  }
  for (const node of nodes) if (!order.has(node)) visit(node)
  return groups
}

/** The folder all parts lie in, with its slash; empty when there is none. */
export function commonFolder(nodes: string[]): string {
  const [first = '', ...others] = nodes
  let folder = first.slice(0, first.lastIndexOf('/') + 1)
  while (folder !== '' && !others.every((node) => node.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1)
  }
  return others.length === 0 ? '' : folder
}

/** The picture as Mermaid: generated ids, labels below `folder` with every unusual character as an entity. */
export function mermaid(
  { nodes, edges }: Pick<DependencyGraph, 'nodes' | 'edges'>,
  folder = '',
  direction: 'TD' | 'LR' = 'TD',
): string {
  const ids = new Map(nodes.map((node, at) => [node, `n${at}`]))
  return [
    `flowchart ${direction}`,
    ...nodes.map((node) => `  ${ids.get(node)}["${mermaidLabel(node, folder)}"]`),
    ...edges.map((edge) => `  ${ids.get(edge.from)} --> ${ids.get(edge.to)}`),
  ].join('\n')
}

function mermaidLabel(text: string, folder: string): string {
  const label = text === '.' ? '(top level)' : text.slice(folder.length)
  return label.replace(/[^\p{L}\p{N} ./_@()-]/gu, (character) => `#${character.codePointAt(0)};`)
}

function graphOf(facts: Facts, partOf: Map<string, string>): Omit<DependencyGraph, 'parts'> {
  const rank = new Map<string, number>()
  for (const [path, part] of partOf) rank.set(part, (rank.get(part) ?? 0) + (facts.fileRank[path] ?? 0))
  const edges = new Map<string, GraphEdge>()
  for (const fact of facts.imports) {
    const from = partOf.get(fact.from)
    const to = partOf.get(fact.to ?? '')
    if (from === undefined || to === undefined || from === to) continue
    const key = `${from}\n${to}`
    const known = edges.get(key)
    if (known) known.count += 1
    else edges.set(key, { from, to, count: 1, example: fact.range })
  }
  const connected = new Set([...edges.values()].flatMap((edge) => [edge.from, edge.to]))
  const ranked = [...rank].filter(([part]) => connected.has(part)).sort(([a, x], [b, y]) => y - x || byText(a, b))
  const nodes = ranked
    .slice(0, MOST_NODES)
    .map(([part]) => part)
    .sort(byText)
  const shown = new Set(nodes)
  return {
    nodes,
    edges: [...edges.values()]
      .filter((edge) => shown.has(edge.from) && shown.has(edge.to))
      .sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to)),
    leftOut: rank.size - nodes.length,
  }
}

/**
 * Opens the directory with most files, again and again, while the picture stays readable. One that holds most of the
 * code is opened in any case: rank then decides which of its parts are shown.
 */
function readableParts(folders: Map<string, string>): Map<string, string> {
  const parts = new Map([...folders].map(([path, folder]) => [path, firstSegments(folder, 1)]))
  const closed = new Set<string>()
  for (;;) {
    const files = Map.groupBy(parts.keys(), (path) => parts.get(path) ?? '.')
    const [largest] = [...files]
      .filter(([part]) => !closed.has(part))
      .sort(([a, own], [b, others]) => others.length - own.length || byText(a, b))
    if (!largest) return parts
    const [part, paths] = largest
    const depth = part.split('/').length + 1
    const opened = new Set(paths.map((path) => firstSegments(folders.get(path) ?? '.', depth)))
    closed.add(part)
    if (opened.size === 1 && opened.has(part)) continue
    const isTooMany = files.size - 1 + opened.size > MOST_NODES
    if (isTooMany && paths.length * 2 < folders.size) continue
    for (const path of paths) parts.set(path, firstSegments(folders.get(path) ?? '.', depth))
    if (!opened.has(part)) closed.delete(part)
    if (isTooMany) return parts
  }
}

function firstSegments(path: string, depth: number): string {
  return path.split('/').slice(0, depth).join('/')
}

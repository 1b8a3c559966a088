import type { MermaidGraph } from 'beautiful-mermaid'
import { PAINT } from '#lib/site/diagram-paint.ts'

type Subgraph = MermaidGraph['subgraphs'][number]

const SHAPES: Record<string, string> = {
  rectangle: 'box',
  rounded: 'box style="filled,rounded"',
  stadium: 'box style="filled,rounded"',
  diamond: 'diamond',
  circle: 'circle',
  doublecircle: 'doublecircle',
  subroutine: 'box peripheries=2',
  hexagon: 'hexagon',
  cylinder: 'cylinder',
  asymmetric: 'box',
  trapezoid: 'trapezium',
  'trapezoid-alt': 'invtrapezium',
  'state-start': 'circle width=0.2 fixedsize=true',
  'state-end': 'doublecircle width=0.2 fixedsize=true',
}

/** A parsed flowchart or state diagram in the language of Graphviz. `label` turns Mermaid's labels into plain text. */
export function graphToDot(graph: MermaidGraph, label: (text: string) => string): string {
  const names = new Map([...graph.nodes.keys()].map((id, index) => [id, `n${index}`]))
  const groups = new Map(
    allSubgraphs(graph.subgraphs).map((group, index) => [group.id, { group, name: `cluster_${index}` }]),
  )
  const lines = [
    `digraph { compound=true nodesep=0.28 ranksep=0.5 pad=0.1 bgcolor=transparent rankdir=${direction(graph.direction)}`,
    `fontname=Arial fontsize=12 fontcolor="${PAINT.soft}"`,
    `node [fontname=Arial fontsize=14 fontcolor="${PAINT.ink}" color="${PAINT.stroke}" fillcolor="${PAINT.fill}" style=filled height=0.38]`,
    `edge [fontname=Arial fontsize=11 fontcolor="${PAINT.soft}" color="${PAINT.line}" arrowsize=0.75 penwidth=1.3]`,
  ]
  for (const [id, node] of graph.nodes) {
    if (groups.has(id)) continue
    const text = wrapped(label(node.label))
    const shape = SHAPES[node.shape] ?? 'box'
    lines.push(`${names.get(id)} [label=${quoted(text)} margin="${sideMargin(text)},0.08" shape=${shape}]`)
  }
  const cluster = (group: Subgraph): string => {
    const inside = group.nodeIds.filter((id) => !groups.has(id)).map((id) => names.get(id) ?? '')
    const head = `label=${quoted(label(group.label))} style=filled color="${PAINT.rule}" fillcolor="${PAINT.sunk}"`
    return `subgraph ${groups.get(group.id)?.name} { ${head} ${inside.join(' ')} ${group.children.map(cluster).join(' ')} }`
  }
  lines.push(...graph.subgraphs.map(cluster))
  for (const edge of graph.edges) {
    const ends = [edge.source, edge.target].map((id) => {
      const group = groups.get(id)
      return group
        ? { node: names.get(firstNode(group.group) ?? ''), cluster: group.name }
        : { node: names.get(id), cluster: null }
    })
    const [from, to] = ends
    if (from?.node && to?.node)
      lines.push(`${from.node} -> ${to.node} [${edgeLook(edge, label)}${clip(from.cluster, to.cluster)}]`)
  }
  return `${lines.join('\n')}\n}`
}

function edgeLook(edge: MermaidGraph['edges'][number], label: (text: string) => string): string {
  const style = { solid: 'solid', dotted: 'dashed', thick: 'bold' }[edge.style]
  const dir = `${edge.hasArrowStart ? 'b' : ''}${edge.hasArrowEnd ? 'f' : ''}`
  const arrows = { bf: 'both', b: 'back', f: 'forward', '': 'none' }[dir]
  return `style=${style} dir=${arrows}${edge.label ? ` label=${quoted(` ${wrapped(label(edge.label))} `)}` : ''}`
}

function clip(from: string | null, to: string | null): string {
  return `${from ? ` ltail=${from}` : ''}${to ? ` lhead=${to}` : ''}`
}

function allSubgraphs(groups: Subgraph[]): Subgraph[] {
  return groups.flatMap((group) => [group, ...allSubgraphs(group.children)])
}

function firstNode(group: Subgraph): string | undefined {
  return group.nodeIds[0] ?? group.children.map(firstNode).find((id) => id !== undefined)
}

function direction(mermaid: MermaidGraph['direction']): string {
  return mermaid === 'TD' ? 'TB' : mermaid
}

/** Breaks long labels at spaces and long paths behind folders, so that no box becomes a line. */
function wrapped(text: string): string {
  const lines = text.replace(/(.{24,40}?)\s+(?=\S{3})/g, '$1\n')
  return lines.replace(/\S{29,}/g, (path) => path.replace(/(.{14,24}\/)(?=.{6})/g, '$1\n'))
}

/** In inches. Boxes are measured for Arial; fonts that readers have are up to a sixth wider, on each side so much a letter. */
function sideMargin(text: string): string {
  const longest = Math.max(...text.split('\n').map((line) => line.length))
  return Math.max(0.18, 0.1 + longest * 0.0085).toFixed(2)
}

/** A string of the DOT language. Graphviz reads `\` as an escape and `&…;` as an entity, so both are defused. */
function quoted(text: string): string {
  const safe = text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;').replace(/\n/g, '\\n')
  return `"${safe.replace(/\p{Cc}/gu, ' ')}"`
}

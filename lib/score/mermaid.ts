/** A flowchart as far as it makes claims: nodes by id with their labels, and edges between ids. */
export interface Flowchart {
  nodes: Map<string, string>
  edges: { from: string; to: string; line: number }[]
}

export type Diagram =
  | { kind: 'flowchart'; chart: Flowchart }
  /** Another kind of diagram whose lines are read but make no claims here. */
  | { kind: 'other' }
  | { kind: 'broken'; line: number; problem: string }

const ID = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./]|-(?![-.>]))*/u
const SHAPES: [open: string, close: string][] = [
  ['(((', ')))'],
  ['((', '))'],
  ['([', '])'],
  ['[[', ']]'],
  ['[(', ')]'],
  ['[/', '/]'],
  ['[/', '\\]'],
  ['[\\', '\\]'],
  ['[\\', '/]'],
  ['{{', '}}'],
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
  ['>', ']'],
]
const LINK = /^\s*(?:<|o|x)?(?:--+|==+|-\.+-?|~~~)(?:>|o(?=\s)|x(?=\s))?/
const TEXT_LINK =
  /^\s*(?:<|o|x)?(?:--|==|-\.)(?:\s+|(?=[\p{L}\p{N}]{2,}))(?:"[^"]*"|[^-=.|"[\](){}>]+?)\s*(?:--+>?|==+>?|\.+->?)/u
const IGNORED = /^(?:style|classDef|class|click|linkStyle|direction|accTitle|accDescr|end)\b/
const OTHER =
  /^(?:sequenceDiagram|classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|gantt|pie|journey|gitGraph|mindmap|timeline|quadrantChart|requirementDiagram|C4\w+|sankey-beta|xychart-beta|block-beta|packet-beta|kanban|architecture-beta)\b/

/** Reads a Mermaid block. Flowcharts are parsed line by line; of other kinds only the form of their lines is checked. */
export function readMermaid(code: string): Diagram {
  const lines = withoutFrontMatter(code).split('\n')
  const first = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('%%'))
  const header = lines[first]?.trim() ?? ''
  if (OTHER.test(header)) return readOther(header, lines, first)
  if (!/^(?:flowchart|graph)(?:\s+(?:TB|TD|BT|RL|LR))?\s*;?$/.test(header))
    return { kind: 'broken', line: Math.max(first, 0), problem: `"${header.slice(0, 40)}" begins no known diagram` }
  const chart: Flowchart = { nodes: new Map(), edges: [] }
  let depth = 0
  for (const [index, whole] of withWholeLabels(lines).entries()) {
    const line = whole.replace(/%%.*$/, '').trim().replace(/;$/, '')
    if (index <= first || line === '') continue
    if (/^subgraph\b/.test(line)) depth += 1
    else if (line === 'end') depth -= 1
    else if (!IGNORED.test(line)) {
      const rest = readStatement(line, index, chart)
      if (rest !== '') return { kind: 'broken', line: index, problem: `"${rest.slice(0, 40)}" cannot be read` }
    }
    if (depth < 0) return { kind: 'broken', line: index, problem: '"end" without a subgraph' }
  }
  return depth === 0
    ? { kind: 'flowchart', chart }
    : { kind: 'broken', line: first, problem: 'a subgraph has no "end"' }
}

/** A label may go on over the next lines: they join the one it begins on, so that all keep their numbers. */
function withWholeLabels(lines: string[]): string[] {
  const joined = [...lines]
  for (let at = 0; at < joined.length; at += 1) {
    for (let next = at + 1; next <= at + MOST_LABEL_LINES && isOpen(joined[at] ?? ''); next += 1) {
      joined[at] = `${joined[at]} ${(joined[next] ?? '').trim()}`
      joined[next] = ''
    }
  }
  return joined
}

const MOST_LABEL_LINES = 12

/** A quotation or bracket of the line has no end on it. */
function isOpen(line: string): boolean {
  const bare = line.replace(/%%.*$/, '').replace(/"[^"]*"/g, '')
  const count = (pattern: RegExp) => bare.match(pattern)?.length ?? 0
  return bare.includes('"') || count(/[[({]/g) > count(/[\])}]/g)
}

function withoutFrontMatter(code: string): string {
  return code.replace(/^\s*---\n[\s\S]*?\n---\n/, (matter) => matter.replace(/[^\n]/g, ''))
}

/** `a[x] & b --> c -->|label| d`: what could not be read is returned. */
function readStatement(line: string, index: number, chart: Flowchart): string {
  let { ids: left, rest } = readNodes(line, chart)
  if (left.length === 0) return line
  while (rest.trim() !== '') {
    const link = TEXT_LINK.exec(rest)?.[0] ?? LINK.exec(rest)?.[0]
    if (!link) return rest
    const after = rest.slice(link.length).replace(/^\s*\|[^|]*\|/, '')
    const right = readNodes(after, chart)
    if (right.ids.length === 0) return rest
    for (const from of left) for (const to of right.ids) chart.edges.push({ from, to, line: index })
    left = right.ids
    rest = right.rest
  }
  return ''
}

function readNodes(text: string, chart: Flowchart): { ids: string[]; rest: string } {
  const ids: string[] = []
  let rest = text.trimStart()
  for (;;) {
    const node = readNode(rest, chart)
    if (!node) return { ids: [], rest: text }
    ids.push(node.id)
    rest = node.rest
    const next = /^\s*&\s*/.exec(rest)?.[0]
    if (!next) return { ids, rest }
    rest = rest.slice(next.length)
  }
}

function readNode(text: string, { nodes }: Flowchart): { id: string; rest: string } | null {
  const id = ID.exec(text)?.[0]
  if (!id) return null
  let rest = text.slice(id.length)
  for (const [open, close] of SHAPES) {
    if (!rest.startsWith(open)) continue
    const inside = rest.slice(open.length)
    const quoted = /^\s*"([^"]*)"\s*/.exec(inside)
    const end = quoted ? (inside.startsWith(close, quoted[0].length) ? quoted[0].length : -1) : inside.indexOf(close)
    if (end === -1 || (!quoted && /["[\](){}]/.test(inside.slice(0, end)))) continue
    nodes.set(id, labelText(quoted?.[1] ?? inside.slice(0, end)))
    rest = inside.slice(end + close.length)
    return { id, rest: withoutClass(rest) }
  }
  if (/^[[({]/.test(rest)) return null
  if (!nodes.has(id)) nodes.set(id, id)
  return { id, rest: withoutClass(rest) }
}

function withoutClass(rest: string): string {
  return rest.replace(/^:::[\w-]+/, '')
}

function labelText(label: string): string {
  return label
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/#quot;/g, '"')
    .replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/#lt;|&lt;/g, '<')
    .replace(/#gt;|&gt;/g, '>')
    .replace(/#amp;|&amp;/g, '&')
    .replace(/^`|`$/g, '')
    .trim()
}

const SEQUENCE =
  /^(?:(?:participant|actor|create|destroy|activate|deactivate|autonumber|title|note|loop|alt|else|opt|par|and|critical|option|break|rect|box|end|link|links)\b.*|[^:]+?\s*(?:<<)?-{1,2}(?:>>|>|x|\))[+-]?\s*[^:]+:.*)$/i
const BLOCKS = /^(?:loop|alt|opt|par|critical|break|rect|box)\b/i

/** Sequences are read line by line; of the others brackets must close. */
function readOther(header: string, lines: string[], first: number): Diagram {
  const isSequence = header.startsWith('sequenceDiagram')
  const hasBlocks = /^(?:classDiagram|stateDiagram|erDiagram)/.test(header)
  let depth = 0
  for (const [index, whole] of lines.entries()) {
    const line = whole.replace(/%%.*$/, '').trim()
    if (index <= first || line === '') continue
    if (isSequence && !SEQUENCE.test(line))
      return { kind: 'broken', line: index, problem: `"${line.slice(0, 40)}" cannot be read` }
    depth += isSequence ? sequenceStep(line) : hasBlocks ? bracketStep(line) : 0
    if (depth < 0) return { kind: 'broken', line: index, problem: 'something ends that did not begin' }
  }
  return depth === 0
    ? { kind: 'other' }
    : { kind: 'broken', line: first, problem: 'something begins that does not end' }
}

function sequenceStep(line: string): number {
  if (BLOCKS.test(line)) return 1
  return /^end\b/i.test(line) ? -1 : 0
}

function bracketStep(line: string): number {
  return (/\{\s*$/.test(line) ? 1 : 0) - (/^\}/.test(line) ? 1 : 0)
}

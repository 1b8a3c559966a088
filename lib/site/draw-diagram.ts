import { parseMermaid, renderMermaidSVG } from 'beautiful-mermaid'
import { decodeEntities } from '#lib/site/html.ts'

export interface DrawnDiagram {
  /** SVG text per theme, without scripts, style sheets, style attributes or references. */
  light: string
  dark: string
  width: number
  height: number
  /** Connections in words, `a → b (label)`; empty for kinds that are not graphs. */
  edges: string[]
}

/** Limits past which a picture is unreadable and slow: 400 nodes take a second. */
const MAX_SOURCE_CHARS = 20_000
const MAX_EDGES = 160
const KINDS = /^\s*(?:%%[^\n]*\n\s*)*(graph|flowchart|stateDiagram(?:-v2)?|sequenceDiagram|classDiagram|erDiagram)\b/

/** Draws Mermaid source without a browser, in both themes from one layout. */
export function drawDiagram(source: string): DrawnDiagram | { problem: string } {
  const kind = KINDS.exec(source)?.[1]
  if (!kind) return { problem: 'this kind of diagram is not supported' }
  if (source.length > MAX_SOURCE_CHARS) return { problem: `it is longer than ${MAX_SOURCE_CHARS} characters` }
  try {
    const edges = /^(?:graph|flowchart|state)/.test(kind) ? connections(source) : []
    if (edges.length > MAX_EDGES) return { problem: `it has more than ${MAX_EDGES} connections` }
    return themed(renderMermaidSVG(source, { padding: 12, nodeSpacing: 20, layerSpacing: 36 }), edges)
  } catch {
    return { problem: 'its source is not valid' }
  }
}

function connections(source: string): string[] {
  const graph = parseMermaid(source)
  const name = (id: string) => plain(graph.nodes.get(id)?.label ?? id) || id
  return graph.edges.map(({ source: from, target, label }) => {
    const arrow = `${name(from)} → ${name(target)}`
    return label ? `${arrow} (${plain(label)})` : arrow
  })
}

function plain(label: string): string {
  return decodeEntities(label.replace(/<br\s*\/?>/gi, ' ').replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()
}

type Palette = Record<string, string>
const LIGHT: Palette = {
  text: '#22211d',
  'text-sec': '#54514a',
  'text-muted': '#54514a',
  'text-faint': '#6b675e',
  line: '#8a8578',
  arrow: '#54514a',
  'node-fill': '#fdfcf9',
  'node-stroke': '#b9b3a4',
  'group-fill': '#f4f1ea',
  'group-hdr': '#e9e5da',
  'inner-stroke': '#d9d4c7',
  'key-badge': '#e3f0ea',
  bg: '#fbfaf6',
  fg: '#22211d',
}
const DARK: Palette = {
  text: '#e9e6de',
  'text-sec': '#bab5a9',
  'text-muted': '#bab5a9',
  'text-faint': '#9c978b',
  line: '#7d786d',
  arrow: '#bab5a9',
  'node-fill': '#262521',
  'node-stroke': '#57534a',
  'group-fill': '#1f1e1b',
  'group-hdr': '#2c2a26',
  'inner-stroke': '#3b3833',
  'key-badge': '#20352d',
  bg: '#191816',
  fg: '#e9e6de',
}
const SANS = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif'
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace'
const ELEMENTS = new Set([
  'svg',
  'defs',
  'marker',
  'polygon',
  'polyline',
  'path',
  'line',
  'rect',
  'circle',
  'ellipse',
  'g',
  'text',
  'tspan',
  'title',
])

/** The library colours by style sheet and asks a font service; here the colours become attributes and nothing is asked. */
function themed(svg: string, edges: string[]): DrawnDiagram | { problem: string } {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  const bare = svg
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<svg ([^>]*?) style="[^"]*">/, `<svg $1 font-family="${SANS}">`)
    .replace(/ class="mono"/g, ` font-family="${MONO}"`)
    .replace(/ (?:class|data-[a-z-]+)="[^"]*"/g, '')
  if (!size || !isHarmless(bare)) return { problem: 'its source contains what a picture must not' }
  const paint = (palette: Palette) =>
    bare.replace(/var\(--_?([a-z-]+)\)/g, (_, name) => palette[name] ?? palette.text ?? '')
  const [width, height] = [Math.ceil(Number(size[1])), Math.ceil(Number(size[2]))]
  return { light: paint(LIGHT), dark: paint(DARK), width, height, edges }
}

/** Only shapes and text, no handlers, styles or references: checked here, because the library is not ours. */
function isHarmless(svg: string): boolean {
  for (const [tag, name] of svg.matchAll(/<\/?([A-Za-z!?][^\s/>]*)(?:"[^"]*"|[^>"])*>?/g)) {
    if (!ELEMENTS.has(name ?? '')) return false
    if (/\s(?:on[a-z]+|style|href|xlink:[a-z]+)\s*=/i.test(tag.replace(/"[^"]*"/g, '""'))) return false
    if (/url\((?!#)/i.test(tag)) return false
  }
  return true
}

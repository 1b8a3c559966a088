import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { type MermaidGraph, parseMermaid, renderMermaidSVG } from 'beautiful-mermaid'
import { PAINT, painted } from '#lib/site/diagram-paint.ts'
import { graphToDot } from '#lib/site/graph-to-dot.ts'
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
export type DrawDiagram = (source: string) => DrawnDiagram | { problem: string }

/** Limits past which a picture is unreadable and slow to lay out. */
const MAX_SOURCE_CHARS = 20_000
const MAX_EDGES = 160
/** What a page shows at once, about: the width of its column, and the height of a window. */
const PAGE_PX = 900
const KINDS = /^\s*(?:%%[^\n]*\n\s*)*(graph|flowchart|stateDiagram(?:-v2)?|sequenceDiagram|classDiagram|erDiagram)\b/

/**
 * Makes a function that draws Mermaid source without a browser, in both themes from one layout: graphs with Graphviz, which
 * keeps boxes apart and edges traceable, the other kinds with beautiful-mermaid, whose parser reads the graphs too.
 */
export async function diagramDrawer(): Promise<DrawDiagram> {
  const graphviz = await Graphviz.load()
  return (source) => {
    const kind = KINDS.exec(source)?.[1]
    if (!kind) return { problem: 'this kind of diagram is not supported' }
    if (source.length > MAX_SOURCE_CHARS) return { problem: `it is longer than ${MAX_SOURCE_CHARS} characters` }
    try {
      if (!/^(?:graph|flowchart|state)/.test(kind))
        return finished(withoutStyles(renderMermaidSVG(source, { padding: 12 })), [])
      const graph = parseMermaid(source)
      if (graph.edges.length > MAX_EDGES) return { problem: `it has more than ${MAX_EDGES} connections` }
      return finished(laidOut(graph, graphviz), connections(graph))
    } catch {
      return { problem: 'its source is not valid' }
    }
  }
}

/** A graph much wider than a page is read with the other direction, where that makes it narrower and not too high. */
function laidOut(graph: MermaidGraph, graphviz: Graphviz): string {
  const layout = (turned: MermaidGraph) => withoutFrame(graphviz.layout(graphToDot(turned, plain), 'svg', 'dot'))
  const svg = layout(graph)
  const [width] = sizeOf(svg)
  if (width <= PAGE_PX) return svg
  const turned = layout({ ...graph, direction: /^(?:LR|RL)$/.test(graph.direction) ? 'TD' : 'LR' })
  const [otherWidth, otherHeight] = sizeOf(turned)
  return otherWidth < 0.8 * width && otherHeight <= PAGE_PX ? turned : svg
}

function connections(graph: MermaidGraph): string[] {
  const name = (id: string) => plain(graph.nodes.get(id)?.label ?? id) || id
  return graph.edges.map(({ source, target, label }) => {
    const arrow = `${name(source)} → ${name(target)}`
    return label ? `${arrow} (${plain(label)})` : arrow
  })
}

/** A label as text: line breaks are spaces, formatting tags fall away, `#91;` and `&amp;` are read. */
function plain(label: string): string {
  const text = label.replace(/<br\s*\/?>/gi, ' ').replace(/<\/?(?:b|i|em|strong|u|s|sub|sup|code)>/gi, '')
  return decodeEntities(withReferences(text)).replace(/\s+/g, ' ').trim()
}

/** Mermaid writes character references as `#91;` and `#quot;`. */
function withReferences(text: string): string {
  return text.replace(/(?<!&)#(\d{2,5}|quot|amp|lt|gt);/g, '&#$1;').replace(/&#(quot|amp|lt|gt);/g, '&$1;')
}

const SANS = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif'
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace'

/** Graphviz' output without prolog, comments, tool tips and names; one unit is one pixel. */
function withoutFrame(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replace(/<title>[^<]*<\/title>\s*/g, '')
    .replace(/ (?:class|id|xmlns:xlink)="[^"]*"/g, '')
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/<svg [^>]*viewBox="([\d. -]+)"[^>]*>/, (_, box: string) => {
      const [, , width, height] = box.split(' ')
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}" font-family="${SANS}">`
    })
}

/** Which stand-in the colour variables of beautiful-mermaid become. */
const VARIABLES: Record<string, string> = {
  'text-sec': PAINT.soft,
  'text-muted': PAINT.soft,
  'text-faint': PAINT.soft,
  line: PAINT.line,
  arrow: PAINT.soft,
  'node-fill': PAINT.fill,
  'node-stroke': PAINT.stroke,
  'group-fill': PAINT.paper,
  'group-hdr': PAINT.sunk,
  'inner-stroke': PAINT.rule,
  'key-badge': PAINT.sunk,
  bg: PAINT.paper,
}

/** The library colours by style sheet and asks a font service; here the colours become attributes and nothing is asked. */
function withoutStyles(svg: string): string {
  return svg
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<svg ([^>]*?) style="[^"]*">/, `<svg $1 font-family="${SANS}">`)
    .replace(/ class="mono"/g, ` font-family="${MONO}"`)
    .replace(/ (?:class|data-[a-z0-9-]+)="[^"]*"/g, '')
    .replace(/(?<=>)[^<]+/g, withReferences)
    .replace(/var\(--_?([a-z-]+)\)/g, (_, name: string) => VARIABLES[name] ?? PAINT.ink)
}

function finished(svg: string, edges: string[]): DrawnDiagram | { problem: string } {
  const [width, height] = sizeOf(svg)
  if (!width || !isHarmless(svg)) return { problem: 'its source contains what a picture must not' }
  return { light: painted(svg, 'light'), dark: painted(svg, 'dark'), width, height, edges }
}

/** Width and height in whole pixels; zeros when the text is no picture. */
function sizeOf(svg: string): [width: number, height: number] {
  const [, width = 0, height = 0] = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  return [Math.ceil(Number(width)), Math.ceil(Number(height))]
}

const ELEMENTS = new Set('svg defs marker polygon polyline path line rect circle ellipse g text tspan title'.split(' '))

/** Only shapes and text, no handlers, styles or references: checked here, because the libraries are not ours. */
function isHarmless(svg: string): boolean {
  for (const [tag, name] of svg.matchAll(/<\/?([A-Za-z!?][^\s/>]*)(?:"[^"]*"|[^>"])*>?/g)) {
    if (!ELEMENTS.has(name ?? '')) return false
    if (/\s(?:on[a-z]+|style|href|xlink:[a-z]+)\s*=/i.test(tag.replace(/"[^"]*"/g, '""'))) return false
    if (/url\((?!#)/i.test(tag)) return false
  }
  return true
}

import type { FileFact, ImportFact, ReferenceFacts, ShapeFacts } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import type { SymbolColumns } from '#lib/facts/symbol-columns.ts'
import { communitiesOf } from './communities.ts'
import { layersOf } from './layers.ts'
import { pageRank } from './page-rank.ts'
import { rowsOf } from './rows.ts'

export interface ShapeSources {
  files: FileFact[]
  columns: Pick<SymbolColumns, 'names' | 'runs'>
  imports: ImportFact[]
  /** Uses of files that no import names. */
  further: Edge[]
  references: ReferenceFacts
}

/** Significant digits of a rank: more say nothing and cost space. */
const DIGITS = 4
const LEAST_SCALED = 10 ** (DIGITS - 1)

/** How files and symbols hang together: of the source alone, for tests and examples are evidence, not importance. */
export function shapeFacts(sources: ShapeSources): ShapeFacts {
  const { columns, references } = sources
  return { ...shapeOfFiles(sources), symbolRank: rankSymbols(columns.names.length, references) }
}

/** Layers and groups of files, from how they use each other alone. */
export function shapeOfFiles(sources: ShapeSources): Pick<ShapeFacts, 'fileLayer' | 'fileCommunity'> {
  const { files, columns, imports, further, references } = sources
  const nodes = files.flatMap(({ role }, at) => (role === 'source' ? [at] : []))
  const nodeOf = new Map(nodes.map((at, node) => [files[at]?.path ?? '', node]))
  const room = imports.length + further.length + references.file.length
  const edges = { from: new Uint32Array(room), to: new Uint32Array(room) }
  let count = 0
  const add = (source: number, target: number) => {
    if (source < 0 || target < 0 || source === target) return
    edges.from[count] = source
    edges.to[count] = target
    count += 1
  }
  for (const { from, to } of imports) add(nodeOf.get(from) ?? -1, nodeOf.get(to ?? '') ?? -1)
  for (const { from, to } of further) add(nodeOf.get(from) ?? -1, nodeOf.get(to) ?? -1)
  const ofFile = Int32Array.from(files, ({ path }) => nodeOf.get(path) ?? -1)
  const ofSymbol = nodesOfSymbols(columns, nodeOf)
  for (let at = 0; at < references.file.length; at += 1)
    add(ofFile[references.file[at] ?? -1] ?? -1, ofSymbol[references.target[at] ?? -1] ?? -1)
  const rows = rowsOf(nodes.length, { from: edges.from.subarray(0, count), to: edges.to.subarray(0, count) })
  const perFile = (values: Int32Array) => {
    const all = new Array<number>(files.length).fill(-1)
    for (const [node, at] of nodes.entries()) all[at] = values[node] ?? -1
    return all
  }
  return {
    fileLayer: perFile(layersOf(rows)),
    fileCommunity: perFile(communitiesOf(rows)),
  }
}

/** PageRank of `size` symbols over the uses between them. */
export function rankSymbols(size: number, { symbol, target }: ReferenceFacts): number[] {
  // Most symbols neither use others nor are used.
  const nodes = new Int32Array(size).fill(-1)
  const edges = { from: new Uint32Array(symbol.length), to: new Uint32Array(symbol.length) }
  let nodeCount = 0
  let count = 0
  const nodeOf = (at: number) => {
    if (nodes[at] === -1) nodes[at] = nodeCount++
    return nodes[at] ?? 0
  }
  for (let at = 0; at < symbol.length; at += 1) {
    const from = symbol[at] ?? -1
    if (from < 0) continue
    edges.from[count] = nodeOf(from)
    edges.to[count] = nodeOf(target[at] ?? 0)
    count += 1
  }
  const rows = rowsOf(nodeCount, { from: edges.from.subarray(0, count), to: edges.to.subarray(0, count) })
  const ranks = pageRank(rows, size - nodeCount)
  for (let node = 0; node < ranks.length; node += 1) ranks[node] = rounded(ranks[node] ?? 0)
  const all = new Array<number>(size)
  for (let at = 0; at < size; at += 1) {
    const node = nodes[at] ?? -1
    all[at] = ranks[node === -1 ? nodeCount : node] ?? 0
  }
  return all
}

/** The node of the file of each symbol. */
function nodesOfSymbols({ names, runs }: ShapeSources['columns'], nodeOf: ReadonlyMap<string, number>): Int32Array {
  const ofSymbol = new Int32Array(names.length)
  for (const { path, start, end } of runs) ofSymbol.fill(nodeOf.get(path) ?? -1, start, end)
  return ofSymbol
}

/** A rank of few digits: what `Number(rank.toPrecision(DIGITS))` is, without a text. */
function rounded(rank: number): number {
  if (rank <= 0) return 0
  let scale = 1
  while (rank * scale < LEAST_SCALED) scale *= 10
  return Math.round(rank * scale) / scale
}

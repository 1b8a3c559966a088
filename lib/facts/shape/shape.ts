import type { FileFact, ImportFact, ReferenceFacts, ShapeFacts, SymbolFact } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { communitiesOf } from './communities.ts'
import { layersOf } from './layers.ts'
import { pageRank } from './page-rank.ts'
import { rowsOf } from './rows.ts'

interface Sources {
  files: FileFact[]
  symbols: SymbolFact[]
  imports: ImportFact[]
  /** Uses of files that no import names. */
  further: Edge[]
  references: ReferenceFacts
}

/** Significant digits of a rank: more say nothing and cost space. */
const DIGITS = 4

/** How files and symbols hang together: of the source alone, for tests and examples are evidence, not importance. */
export function shapeFacts({ files, symbols, imports, further, references }: Sources): ShapeFacts {
  const nodes = files.flatMap(({ role }, at) => (role === 'source' ? [at] : []))
  const nodeOf = new Map(nodes.map((at, node) => [files[at]?.path ?? '', node]))
  const edges = { from: [] as number[], to: [] as number[] }
  const add = (source: number, target: number) => {
    if (source < 0 || target < 0) return
    edges.from.push(source)
    edges.to.push(target)
  }
  for (const { from, to } of imports) add(nodeOf.get(from) ?? -1, nodeOf.get(to ?? '') ?? -1)
  for (const { from, to } of further) add(nodeOf.get(from) ?? -1, nodeOf.get(to) ?? -1)
  const ofFile = Int32Array.from(files, ({ path }) => nodeOf.get(path) ?? -1)
  const ofSymbol = nodesOfSymbols(symbols, nodeOf)
  for (const [at, file] of references.file.entries())
    add(ofFile[file] ?? -1, ofSymbol[references.target[at] ?? -1] ?? -1)
  const rows = rowsOf(nodes.length, edges)
  const perFile = (values: Int32Array) => {
    const all = new Array<number>(files.length).fill(-1)
    for (const [node, at] of nodes.entries()) all[at] = values[node] ?? -1
    return all
  }
  return {
    fileLayer: perFile(layersOf(rows)),
    fileCommunity: perFile(communitiesOf(rows)),
    symbolRank: symbolRank(symbols.length, references),
  }
}

/** The node of the file of each symbol; those of a file stand together. */
function nodesOfSymbols(symbols: SymbolFact[], nodeOf: ReadonlyMap<string, number>): Int32Array {
  let last = { path: '', node: -1 }
  return Int32Array.from(symbols, ({ range: { path } }) => {
    if (last.path !== path) last = { path, node: nodeOf.get(path) ?? -1 }
    return last.node
  })
}

function symbolRank(size: number, { symbol, target }: ReferenceFacts): number[] {
  // Most symbols neither use others nor are used.
  const nodes = new Int32Array(size).fill(-1)
  const edges = { from: [] as number[], to: [] as number[] }
  let count = 0
  const nodeOf = (at: number) => {
    if (nodes[at] === -1) nodes[at] = count++
    return nodes[at] ?? 0
  }
  for (const [at, from] of symbol.entries()) {
    if (from < 0) continue
    edges.from.push(nodeOf(from))
    edges.to.push(nodeOf(target[at] ?? 0))
  }
  const ranks = Array.from(pageRank(rowsOf(count, edges), size - count), (rank) => Number(rank.toPrecision(DIGITS)))
  const all: number[] = []
  for (let at = 0; at < size; at += 1) all.push(ranks[nodes[at] === -1 ? count : (nodes[at] ?? 0)] ?? 0)
  return all
}

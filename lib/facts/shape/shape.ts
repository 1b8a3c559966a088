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
  const pairs = [
    ...imports.map(({ from, to }) => [nodeOf.get(from), nodeOf.get(to ?? '')]),
    ...further.map(({ from, to }) => [nodeOf.get(from), nodeOf.get(to)]),
    ...references.file.map((file, at) => [
      nodeOf.get(files[file]?.path ?? ''),
      nodeOf.get(symbols[references.target[at] ?? -1]?.range.path ?? ''),
    ]),
  ].filter((pair): pair is [number, number] => pair[0] !== undefined && pair[1] !== undefined)
  const rows = rowsOf(
    nodes.length,
    pairs.map(([from]) => from),
    pairs.map(([, to]) => to),
  )
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

function symbolRank(size: number, { symbol, target }: ReferenceFacts): number[] {
  const inside = symbol.flatMap((from, at) => (from >= 0 ? [at] : []))
  const rows = rowsOf(
    size,
    inside.map((at) => symbol[at] ?? 0),
    inside.map((at) => target[at] ?? 0),
  )
  return Array.from(pageRank(rows), (rank) => Number(rank.toPrecision(DIGITS)))
}

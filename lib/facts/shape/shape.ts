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
  const froms: number[] = []
  const tos: number[] = []
  const add = (from: string | undefined, to: string | null | undefined) => {
    const [source, target] = [nodeOf.get(from ?? ''), nodeOf.get(to ?? '')]
    if (source === undefined || target === undefined) return
    froms.push(source)
    tos.push(target)
  }
  for (const { from, to } of imports) add(from, to)
  for (const { from, to } of further) add(from, to)
  for (const [at, file] of references.file.entries())
    add(files[file]?.path, symbols[references.target[at] ?? -1]?.range.path)
  const rows = rowsOf(nodes.length, froms, tos)
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
  const froms: number[] = []
  const tos: number[] = []
  for (const [at, from] of symbol.entries()) {
    if (from < 0) continue
    froms.push(from)
    tos.push(target[at] ?? 0)
  }
  // Most symbols are used by nobody and share one rank: writing a number down takes longer than looking it up.
  const rounded = new Map<number, number>()
  return Array.from(pageRank(rowsOf(size, froms, tos)), (rank) => {
    const known = rounded.get(rank) ?? Number(rank.toPrecision(DIGITS))
    rounded.set(rank, known)
    return known
  })
}

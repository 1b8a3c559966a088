import type { Facts, FileFact, ImportFact, ReferenceFacts, ShapeFacts } from '#lib/domain/facts.ts'
import type { KnownFacts } from '#lib/facts/cache/facts-parts.ts'
import { rankFiles } from '#lib/facts/graph.ts'
import type { EdgeLists } from '#lib/facts/references/merge-edges.ts'
import { rankSymbols, shapeOfFiles } from '#lib/facts/shape/shape.ts'
import { filePlaces } from './known-references.ts'
import { pathAt, type SymbolRuns } from './symbol-places.ts'
import type { Update } from './update.ts'

interface Sources {
  update: Update
  imports: { facts: ImportFact[]; isOther: boolean }
  symbols: SymbolRuns
  references: ReferenceFacts
  /** Files whose references were read again. */
  reached: ReadonlySet<string>
}

/** Ranks, layers and groups: those of before where what they are made from is the same. */
export function updatedShape(sources: Sources): Pick<Facts, 'fileRank' | 'shape'> {
  const { update, imports, symbols, references, reached } = sources
  const { facts: old, trace } = update.request.before
  const { files } = update
  const { further } = trace
  const isSame = !imports.isOther && hasSameSources(update)
  const usesOf = (uses: Uses) => usesBetweenFiles(uses, reached)
  const before = { files: old.files, references: old.references, symbols: update.symbolsBefore }
  const isSameGraph = isSame && isSameCount(usesOf(before), usesOf({ files, symbols, references }))
  return {
    fileRank: isSame ? old.fileRank : rankFiles(files, imports.facts, further),
    shape: {
      ...(isSameGraph
        ? placedShape(old, files)
        : shapeOfFiles({ files, columns: symbols.columns, imports: imports.facts, further, references })),
      symbolRank: isSameUse(before, { files, symbols, references })
        ? old.shape.symbolRank
        : rankSymbols(symbols.symbols.length, references),
    },
  }
}

/** Whether no source file came or went: none has changed its role. */
function hasSameSources({ changed, records: { before, after } }: Update): boolean {
  return [...changed].every((path) => {
    const [old, now] = [before.get(path), after.get(path)]
    return (old && now) || (old ?? now)?.fact.role !== 'source'
  })
}

interface Uses {
  files: FileFact[]
  symbols: SymbolRuns
  references: EdgeLists
}

/** How often each of these files uses each other file. */
function usesBetweenFiles({ files, symbols, references }: Uses, from: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>()
  const isWanted = files.map(({ path, role }) => role === 'source' && from.has(path))
  for (let edge = 0; edge < references.file.length; edge += 1) {
    const file = references.file[edge] ?? -1
    if (!isWanted[file]) continue
    const path = files[file]?.path
    const target = pathAt(symbols, references.target[edge] ?? -1)
    const key = `${path}\n${target}`
    if (path !== target) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function isSameCount(before: Map<string, number>, now: Map<string, number>): boolean {
  return before.size === now.size && [...now].every(([key, count]) => before.get(key) === count)
}

/** Files that are no source may have come or gone. */
function placedShape(old: KnownFacts, files: Facts['files']): Pick<ShapeFacts, 'fileLayer' | 'fileCommunity'> {
  const { fileLayer, fileCommunity } = old.shape
  const places = filePlaces(files, old.files)
  if (files.length === old.files.length && places.every((place, at) => place === at))
    return { fileLayer, fileCommunity }
  const placed = (values: number[]) => Array.from(places, (place) => values[place] ?? -1)
  return { fileLayer: placed(fileLayer), fileCommunity: placed(fileCommunity) }
}

/** Whether the same symbols use the same ones. */
function isSameUse(old: Uses, { symbols, references }: Uses): boolean {
  return (
    old.symbols.symbols.length === symbols.symbols.length &&
    isSameColumn(old.references.symbol, references.symbol) &&
    isSameColumn(old.references.target, references.target)
  )
}

function isSameColumn(before: ArrayLike<number>, now: ArrayLike<number>): boolean {
  if (before.length !== now.length) return false
  for (let at = 0; at < now.length; at += 1) if (before[at] !== now[at]) return false
  return true
}

import type { FileFact, ReferenceFacts } from '#lib/domain/facts.ts'
import type { References } from '#lib/facts/references/references.ts'
import type { Trace } from '#lib/facts/trace.ts'
import { RecordGone } from './lazy-records.ts'

interface Old {
  references: ReferenceFacts
  trace: Pick<Trace, 'names' | 'bases'>
  files: FileFact[]
}

interface Places {
  /** For each old symbol and file its place now; -1 when it is gone. */
  symbols: Int32Array
  files: Int32Array
  /** Old files whose references are read anew. */
  redone: ReadonlySet<number>
}

/** For each old file its place among the new ones; -1 when it is gone. */
export function filePlaces(old: FileFact[], now: FileFact[]): Int32Array {
  const at = new Map(now.map(({ path }, place) => [path, place]))
  return Int32Array.from(old, ({ path }) => at.get(path) ?? -1)
}

/** What is known of the references of files that a change does not reach, with the places of now. */
export function knownReferences({ references, trace }: Old, places: Places): References {
  const { symbols, files, redone } = places
  const kept: number[] = []
  for (const [edge, file] of references.file.entries())
    if ((files[file] ?? -1) >= 0 && !redone.has(file)) kept.push(edge)
  const symbolAt = (old: number) => {
    const now = symbols[old] ?? -1
    // A symbol that is gone is found by its name, so its users are read anew.
    if (now < 0) throw new RecordGone(`symbol ${old}`)
    return now
  }
  const ownerAt = (old: number) => (old < 0 ? -1 : symbolAt(old))
  const { line, symbol, target, file } = references
  const placed = kept.map((edge) => ({
    edge,
    file: files[file[edge] ?? 0] ?? 0,
    symbol: ownerAt(symbol[edge] ?? -1),
    target: symbolAt(target[edge] ?? 0),
  }))
  // Symbols of a changed file may have changed their order.
  placed.sort(
    (a, b) =>
      a.file - b.file || (line[a.edge] ?? 0) - (line[b.edge] ?? 0) || a.symbol - b.symbol || a.target - b.target,
  )
  const names = [...trace.names].flatMap(([file, numbers]): [number, Uint32Array][] => {
    const at = files[file] ?? -1
    return at < 0 || redone.has(file) ? [] : [[at, numbers]]
  })
  const bases: number[] = []
  for (let at = 0; at < trace.bases.length; at += 3) {
    const [file = 0, type = 0, base = 0] = trace.bases.slice(at, at + 3)
    if ((files[file] ?? -1) >= 0 && !redone.has(file)) bases.push(files[file] ?? 0, symbolAt(type), symbolAt(base))
  }
  return {
    facts: {
      file: placed.map((one) => one.file),
      symbol: placed.map((one) => one.symbol),
      line: placed.map(({ edge }) => line[edge] ?? 0),
      target: placed.map((one) => one.target),
      kind: placed.map(({ edge }) => references.kind[edge] ?? 0),
      exact: placed.map(({ edge }) => references.exact[edge] ?? 0),
    },
    names: new Map(names),
    bases,
  }
}

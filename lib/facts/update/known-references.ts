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
  const symbolAt = (old: number) => {
    const now = symbols[old] ?? -1
    // A symbol that is gone is found by its name, so its users are read anew.
    if (now < 0) throw new RecordGone(`symbol ${old}`)
    return now
  }
  const kept = Uint8Array.from(files, (at, file) => (at >= 0 && !redone.has(file) ? 1 : 0))
  const edges = references.file.flatMap((file, edge) => (kept[file] === 1 ? [edge] : []))
  const { line } = references
  const owners = Int32Array.from(edges, (edge) => ownerAt(references.symbol[edge] ?? -1, symbolAt))
  const targets = Int32Array.from(edges, (edge) => symbolAt(references.target[edge] ?? 0))
  const compare = (a: number, b: number) =>
    (references.file[edges[a] ?? 0] ?? 0) - (references.file[edges[b] ?? 0] ?? 0) ||
    (line[edges[a] ?? 0] ?? 0) - (line[edges[b] ?? 0] ?? 0) ||
    (owners[a] ?? 0) - (owners[b] ?? 0) ||
    (targets[a] ?? 0) - (targets[b] ?? 0)
  const order = Uint32Array.from(edges, (_, at) => at)
  // Symbols of a changed file may have changed their order.
  if (order.some((at) => at > 0 && compare(at - 1, at) > 0)) order.sort(compare)
  const names = [...trace.names].flatMap(([file, numbers]): [number, Uint32Array][] => {
    return kept[file] === 1 ? [[files[file] ?? 0, numbers]] : []
  })
  const bases: number[] = []
  for (let at = 0; at < trace.bases.length; at += 3) {
    const [file = 0, type = 0, base = 0] = trace.bases.slice(at, at + 3)
    if (kept[file] === 1) bases.push(files[file] ?? 0, symbolAt(type), symbolAt(base))
  }
  return {
    facts: {
      file: Array.from(order, (at) => files[references.file[edges[at] ?? 0] ?? 0] ?? 0),
      symbol: Array.from(order, (at) => owners[at] ?? 0),
      line: Array.from(order, (at) => line[edges[at] ?? 0] ?? 0),
      target: Array.from(order, (at) => targets[at] ?? 0),
      kind: Array.from(order, (at) => references.kind[edges[at] ?? 0] ?? 0),
      exact: Array.from(order, (at) => references.exact[edges[at] ?? 0] ?? 0),
    },
    names: new Map(names),
    bases,
  }
}

function ownerAt(old: number, symbolAt: (old: number) => number): number {
  return old < 0 ? -1 : symbolAt(old)
}

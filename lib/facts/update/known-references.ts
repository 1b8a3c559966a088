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
  const names = [...trace.names].flatMap(([file, numbers]): [number, Uint32Array][] => {
    return kept[file] === 1 ? [[files[file] ?? 0, numbers]] : []
  })
  const bases: number[] = []
  for (let at = 0; at < trace.bases.length; at += 3) {
    const [file = 0, type = 0, base = 0] = trace.bases.slice(at, at + 3)
    if (kept[file] === 1) bases.push(files[file] ?? 0, symbolAt(type), symbolAt(base))
  }
  return {
    facts: placedEdges(references, { kept, files, symbolAt }),
    names: new Map(names),
    bases,
  }
}

interface Placing {
  /** 1 per old file whose edges stay. */
  kept: Uint8Array
  files: Int32Array
  symbolAt: (old: number) => number
}

/** Edges of files that stay, with the places of now, in order. */
function placedEdges(old: ReferenceFacts, { kept, files, symbolAt }: Placing): ReferenceFacts {
  const facts: ReferenceFacts = { file: [], symbol: [], line: [], target: [], kind: [], exact: [] }
  for (let edge = 0; edge < old.file.length; edge += 1) {
    const file = old.file[edge] ?? 0
    if (kept[file] !== 1) continue
    const owner = old.symbol[edge] ?? -1
    facts.file.push(files[file] ?? 0)
    facts.symbol.push(owner < 0 ? -1 : symbolAt(owner))
    facts.line.push(old.line[edge] ?? 0)
    facts.target.push(symbolAt(old.target[edge] ?? 0))
    facts.kind.push(old.kind[edge] ?? 0)
    facts.exact.push(old.exact[edge] ?? 0)
  }
  return inOrder(facts)
}

/** Symbols of a changed file may have changed their order, and with it edges of one line. */
function inOrder(facts: ReferenceFacts): ReferenceFacts {
  const compare = (a: number, b: number) =>
    (facts.file[a] ?? 0) - (facts.file[b] ?? 0) ||
    (facts.line[a] ?? 0) - (facts.line[b] ?? 0) ||
    (facts.symbol[a] ?? 0) - (facts.symbol[b] ?? 0) ||
    (facts.target[a] ?? 0) - (facts.target[b] ?? 0)
  let at = 1
  while (at < facts.file.length && compare(at - 1, at) <= 0) at += 1
  if (at >= facts.file.length) return facts
  const order = facts.file.map((_, edge) => edge).sort(compare)
  const column = (values: number[]) => order.map((edge) => values[edge] ?? 0)
  return {
    file: column(facts.file),
    symbol: column(facts.symbol),
    line: column(facts.line),
    target: column(facts.target),
    kind: column(facts.kind),
    exact: column(facts.exact),
  }
}

import type { FileFact, ReferenceFacts } from '#lib/domain/facts.ts'
import type { EdgeLists } from '#lib/facts/references/merge-edges.ts'
import type { KnownReferences } from '#lib/facts/references/references.ts'
import type { Trace } from '#lib/facts/trace.ts'
import { RecordGone } from './lazy-records.ts'

interface Old {
  references: EdgeLists
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

/** For each old file its place among the new ones; -1 when it is gone. Both are in the order of their paths. */
export function filePlaces(old: FileFact[], now: FileFact[]): Int32Array {
  const places = new Int32Array(old.length)
  let place = 0
  for (let at = 0; at < old.length; at += 1) {
    const path = old[at]?.path ?? ''
    while (place < now.length && (now[place]?.path ?? '') < path) place += 1
    places[at] = now[place]?.path === path ? place : -1
  }
  return places
}

/** What is known of the references of files that a change does not reach, with the places of now. */
export function knownReferences({ references, trace }: Old, places: Places): KnownReferences {
  const { symbols, files, redone } = places
  const symbolAt = (old: number) => {
    const now = symbols[old] ?? -1
    // A symbol that is gone is found by its name, so its users are read anew.
    if (now < 0) throw new RecordGone(`symbol ${old}`)
    return now
  }
  const kept = Uint8Array.from(files, (at, file) => (at >= 0 && !redone.has(file) ? 1 : 0))
  const names = new Map<number, Uint32Array>()
  for (const [file, numbers] of trace.names) if (kept[file] === 1) names.set(files[file] ?? 0, numbers)
  const bases: number[] = []
  for (let at = 0; at < trace.bases.length; at += 3) {
    const file = trace.bases[at] ?? 0
    if (kept[file] === 1)
      bases.push(files[file] ?? 0, symbolAt(trace.bases[at + 1] ?? 0), symbolAt(trace.bases[at + 2] ?? 0))
  }
  return {
    facts: placedEdges(references, { kept, files, symbolAt }),
    names,
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
function placedEdges(old: EdgeLists, { kept, files, symbolAt }: Placing): EdgeLists {
  const edges = new Uint32Array(old.file.length)
  let count = 0
  for (let edge = 0; edge < old.file.length; edge += 1) if (kept[old.file[edge] ?? 0] === 1) edges[count++] = edge
  const column = (values: ArrayLike<number>, placeOf: (value: number) => number = (value) => value) => {
    const placed = new Int32Array(count)
    for (let at = 0; at < count; at += 1) placed[at] = placeOf(values[edges[at] ?? 0] ?? 0)
    return placed
  }
  return inOrder({
    file: column(old.file, (file) => files[file] ?? 0),
    symbol: column(old.symbol, (owner) => (owner < 0 ? -1 : symbolAt(owner))),
    line: column(old.line),
    target: column(old.target, symbolAt),
    kind: column(old.kind),
    exact: column(old.exact),
  })
}

/** Symbols of a changed file may have changed their order, and with it edges of one line. */
function inOrder(facts: Record<keyof ReferenceFacts, Int32Array>): EdgeLists {
  const { file, line, symbol, target } = facts
  const compare = (a: number, b: number) =>
    (file[a] ?? 0) - (file[b] ?? 0) ||
    (line[a] ?? 0) - (line[b] ?? 0) ||
    (symbol[a] ?? 0) - (symbol[b] ?? 0) ||
    (target[a] ?? 0) - (target[b] ?? 0)
  let at = 1
  while (at < file.length && compare(at - 1, at) <= 0) at += 1
  if (at >= file.length) return facts
  const order = Uint32Array.from(file, (_, edge) => edge).sort(compare)
  const column = (values: Int32Array) => Int32Array.from(order, (edge) => values[edge] ?? 0)
  return {
    file: column(file),
    symbol: column(symbol),
    line: column(line),
    target: column(target),
    kind: column(facts.kind),
    exact: column(facts.exact),
  }
}

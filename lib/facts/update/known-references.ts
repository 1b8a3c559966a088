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

/** What is known of the references of files that a change does not reach, with the places of now. Throws `RecordGone`. */
export function knownReferences({ references, trace }: Old, places: Places): KnownReferences {
  const { symbols, files, redone } = places
  const kept = Uint8Array.from(files, (at, file) => (at >= 0 && !redone.has(file) ? 1 : 0))
  const names = new Map<number, Uint32Array>()
  for (const [file, numbers] of trace.names) if (kept[file] === 1) names.set(files[file] ?? 0, numbers)
  const bases: number[] = []
  for (let at = 0; at < trace.bases.length; at += 3) {
    const file = trace.bases[at] ?? 0
    if (kept[file] !== 1) continue
    const [type = -1, base = -1] = placed(trace.bases.slice(at + 1, at + 3), symbols)
    bases.push(files[file] ?? 0, type, base)
  }
  return { facts: placedEdges(references, { kept, files, symbols }), names, bases }
}

interface Placing {
  /** 1 per old file whose edges stay. */
  kept: Uint8Array
  files: Int32Array
  symbols: Int32Array
}

/** Edges of files that stay, with the places of now, in order. */
function placedEdges(old: EdgeLists, { kept, files, symbols }: Placing): EdgeLists {
  const edges = new Uint32Array(old.file.length)
  let count = 0
  for (let edge = 0; edge < old.file.length; edge += 1)
    if (kept[old.file[edge] ?? 0] === 1) {
      edges[count] = edge
      count += 1
    }
  const column = (values: ArrayLike<number>) => picked(values, edges.subarray(0, count))
  return inOrder({
    file: placed(column(old.file), files),
    symbol: placed(column(old.symbol), symbols),
    line: column(old.line),
    target: placed(column(old.target), symbols),
    kind: column(old.kind),
    exact: column(old.exact),
  })
}

function picked(values: ArrayLike<number>, places: Uint32Array): Int32Array {
  const found = new Int32Array(places.length)
  for (let at = 0; at < found.length; at += 1) found[at] = values[places[at] ?? 0] ?? 0
  return found
}

/** Where each of these stands now; -1 for none. A symbol that is gone is found by its name, so its users are read anew. */
function placed(values: ArrayLike<number>, places: Int32Array): Int32Array {
  const found = new Int32Array(values.length).fill(-1)
  for (let at = 0; at < found.length; at += 1) {
    const old = values[at] ?? -1
    if (old < 0) continue
    const now = places[old] ?? -1
    if (now < 0) throw new RecordGone(`place ${old}`)
    found[at] = now
  }
  return found
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
  const column = (values: Int32Array) => picked(values, order)
  return {
    file: column(file),
    symbol: column(symbol),
    line: column(line),
    target: column(target),
    kind: column(facts.kind),
    exact: column(facts.exact),
  }
}

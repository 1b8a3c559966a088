import type { SymbolFact } from '#lib/domain/facts.ts'
import { lastAt } from '#lib/facts/last-at.ts'
import { byText } from '#lib/facts/order.ts'
import { columnsOf, type SymbolColumns, type SymbolRun } from '#lib/facts/symbol-columns.ts'
import { listOf, type SymbolList } from '#lib/facts/symbol-list.ts'
import { RecordGone } from './lazy-records.ts'

/** Symbols in order with their columns, and where those of each file stand together. */
export interface SymbolRuns {
  symbols: SymbolList
  columns: SymbolColumns
  runs: ReadonlyMap<string, SymbolRun>
}

/** Symbols with the runs their columns name. */
export function inRuns(symbols: SymbolList, columns: SymbolColumns): SymbolRuns {
  return { symbols, columns, runs: new Map(columns.runs.map((run) => [run.path, run])) }
}

/** The symbols of a file. */
export function symbolsIn({ symbols, runs }: SymbolRuns, path: string): SymbolFact[] {
  const { start, end } = runs.get(path) ?? { start: 0, end: 0 }
  const found: SymbolFact[] = []
  for (let at = start; at < end; at += 1) {
    const symbol = symbols.get(at)
    if (symbol) found.push(symbol)
  }
  return found
}

/** The file of a symbol. */
export function pathAt({ columns: { runs } }: SymbolRuns, at: number): string {
  return lastAt(runs, at, ({ start }) => start)?.path ?? ''
}

/** The symbols of unchanged files and `written` ones, which are in order, in the order of all. Throws `RecordGone`. */
export function replacedSymbols(old: SymbolRuns, changed: ReadonlySet<string>, written: SymbolFact[]): SymbolRuns {
  const fresh = inRuns(listOf(written), columnsOf(written))
  const kept = old.columns.runs.filter(({ path }) => !changed.has(path))
  const joined = new Joined(kept.reduce((sum, { start, end }) => sum + end - start, written.length))
  const waiting = [...fresh.columns.runs].reverse()
  for (const run of kept) {
    for (let next = waiting.at(-1); next && byText(next.path, run.path) < 0; next = waiting.at(-1)) {
      joined.add(next, fresh.columns, true)
      waiting.pop()
    }
    joined.add(run, old.columns, false)
  }
  for (const run of waiting.reverse()) joined.add(run, fresh.columns, true)
  const columns = joined.columns(old.columns, fresh.columns)
  return inRuns(new ReplacedSymbols(old.symbols, written, joined.sources), columns)
}

/** Columns of runs of old and of fresh symbols, one behind the other. */
class Joined {
  /** Old places; of fresh symbols the place below -1. */
  readonly sources: Int32Array
  private readonly names: Uint32Array
  private readonly types: Uint8Array
  private readonly runs: SymbolRun[] = []
  private size = 0

  constructor(length: number) {
    this.sources = new Int32Array(length)
    this.names = new Uint32Array(length)
    this.types = new Uint8Array(length)
  }

  add({ path, start, end }: SymbolRun, { names, types }: SymbolColumns, isFresh: boolean): void {
    const at = this.size
    this.names.set(names.subarray(start, end), at)
    this.types.set(types.subarray(start, end), at)
    for (let from = start; from < end; from += 1) this.sources[at + from - start] = isFresh ? -1 - from : from
    this.size += end - start
    this.runs.push({ path, start: at, end: this.size })
  }

  columns(old: SymbolColumns, fresh: SymbolColumns): SymbolColumns {
    const { sources, names, types, runs } = this
    const places = {
      old: new Int32Array(old.names.length).fill(-1),
      fresh: new Int32Array(fresh.names.length).fill(-1),
    }
    for (let at = 0; at < sources.length; at += 1) {
      const source = sources[at] ?? 0
      if (source >= 0) places.old[source] = at
      else places.fresh[-1 - source] = at
    }
    const parents = Int32Array.from(sources, (source) => {
      const parent = (source >= 0 ? old.parents[source] : fresh.parents[-1 - source]) ?? -1
      if (parent < 0) return -1
      const place = (source >= 0 ? places.old[parent] : places.fresh[parent]) ?? -1
      // What stands around a symbol of an unchanged file stands in that file, or in one that sees it without a path.
      if (place < 0) throw new RecordGone(`symbol ${parent}`)
      return place
    })
    return { names, types, parents, runs }
  }
}

/** Symbols of unchanged files as they were, and fresh ones between them. */
class ReplacedSymbols implements SymbolList {
  readonly length: number
  private readonly old: SymbolList
  private readonly fresh: SymbolFact[]
  private readonly sources: Int32Array

  constructor(old: SymbolList, fresh: SymbolFact[], sources: Int32Array) {
    this.length = sources.length
    this.old = old
    this.fresh = fresh
    this.sources = sources
  }

  get(at: number): SymbolFact | undefined {
    const source = this.sources[at]
    if (source === undefined) return undefined
    return source >= 0 ? this.old.get(source) : this.fresh[-1 - source]
  }

  nameAt(at: number): string {
    const source = this.sources[at]
    if (source === undefined) return ''
    return source >= 0 ? this.old.nameAt(source) : (this.fresh[-1 - source]?.name ?? '')
  }

  sourceOf(at: number): number {
    return Math.max(-1, this.sources[at] ?? -1)
  }

  all(): SymbolFact[] {
    const old = this.old.all()
    return Array.from(this.sources, (source) => (source >= 0 ? old[source] : this.fresh[-1 - source])).filter(
      (symbol) => symbol !== undefined,
    )
  }
}

/** For each old symbol its place among the new ones: the same one, or one of its id; -1 when it is gone. */
export function symbolPlaces(old: SymbolRuns, now: SymbolRuns, changed: ReadonlySet<string>): Int32Array {
  const places = new Int32Array(old.symbols.length).fill(-1)
  for (const { path, start, end } of old.columns.runs) {
    const next = now.runs.get(path)
    if (!next) continue
    const byId = changed.has(path) ? placesOfIds(now, next) : null
    for (let at = start; at < end; at += 1)
      places[at] = byId ? (byId.get(old.symbols.get(at)?.id ?? '') ?? -1) : next.start + at - start
  }
  return places
}

function placesOfIds(now: SymbolRuns, { path, start }: SymbolRun): Map<string, number> {
  return new Map(symbolsIn(now, path).map(({ id }, at) => [id, start + at]))
}

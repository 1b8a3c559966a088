import type { SymbolFact } from '#lib/domain/facts.ts'
import { byText } from '#lib/facts/order.ts'

/** Symbols in order, and where those of each file stand together: looking at all of them takes longer than all else. */
export interface SymbolRuns {
  symbols: SymbolFact[]
  runs: ReadonlyMap<string, Run>
}

interface Run {
  start: number
  end: number
}

/** Finds the runs of symbols that are in order. */
export function inRuns(symbols: SymbolFact[]): SymbolRuns {
  const runs = new Map<string, Run>()
  let last = { path: '', run: { start: 0, end: 0 } }
  for (let at = 0; at < symbols.length; at += 1) {
    const path = symbols[at]?.range.path ?? ''
    if (path !== last.path) {
      last = { path, run: { start: at, end: at } }
      runs.set(path, last.run)
    }
    last.run.end = at + 1
  }
  return { symbols, runs }
}

/** The symbols of a file. */
export function symbolsIn({ symbols, runs }: SymbolRuns, path: string): SymbolFact[] {
  const run = runs.get(path)
  return run ? symbols.slice(run.start, run.end) : []
}

/** The symbols of unchanged files and `written` ones, which are in order, in the order of all. */
export function replacedSymbols(old: SymbolRuns, changed: ReadonlySet<string>, written: SymbolFact[]): SymbolRuns {
  const fresh = inRuns(written)
  const all = [...old.runs.keys()].filter((path) => !changed.has(path))
  const symbols: SymbolFact[] = []
  const runs = new Map<string, Run>()
  const add = (path: string, { symbols: from, runs: known }: SymbolRuns) => {
    const { start, end } = known.get(path) ?? { start: 0, end: 0 }
    runs.set(path, { start: symbols.length, end: symbols.length + end - start })
    for (const symbol of from.slice(start, end)) symbols.push(symbol)
  }
  const paths = [...fresh.runs.keys()].reverse()
  for (const path of all) {
    for (let next = paths.at(-1); next !== undefined && byText(next, path) < 0; next = paths.at(-1)) {
      add(next, fresh)
      paths.pop()
    }
    add(path, old)
  }
  for (const path of paths.reverse()) add(path, fresh)
  return { symbols, runs }
}

/** For each old symbol its place among the new ones: the same object, or one of its id; -1 when it is gone. */
export function symbolPlaces(old: SymbolRuns, now: SymbolRuns, changed: ReadonlySet<string>): Int32Array {
  const places = new Int32Array(old.symbols.length).fill(-1)
  for (const [path, { start, end }] of old.runs) {
    const next = now.runs.get(path)
    if (!next) continue
    const byId = changed.has(path) ? placesOfIds(now, next) : null
    for (let at = start; at < end; at += 1)
      places[at] = byId ? (byId.get(old.symbols[at]?.id ?? '') ?? -1) : next.start + at - start
  }
  return places
}

function placesOfIds({ symbols }: SymbolRuns, { start, end }: Run): Map<string, number> {
  return new Map(symbols.slice(start, end).map(({ id }, at) => [id, start + at]))
}

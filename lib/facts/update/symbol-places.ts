import type { SymbolFact } from '#lib/domain/facts.ts'
import { byText } from '#lib/facts/order.ts'

/** The symbols of unchanged files and `written` ones, which are in order, in the order of all. */
export function replacedSymbols(old: SymbolFact[], changed: ReadonlySet<string>, written: SymbolFact[]): SymbolFact[] {
  const symbols: SymbolFact[] = []
  let next = 0
  let last = { path: '', isChanged: false }
  for (const symbol of old) {
    const { path } = symbol.range
    if (path !== last.path) {
      last = { path, isChanged: changed.has(path) }
      const start = next
      while (next < written.length && byText(written[next]?.range.path ?? '', path) < 0) next += 1
      symbols.push(...written.slice(start, next))
    }
    if (!last.isChanged) symbols.push(symbol)
  }
  return [...symbols, ...written.slice(next)]
}

/** For each old symbol its place among the new ones: the same object, or one of its id; -1 when it is gone. */
export function symbolPlaces(old: SymbolFact[], now: SymbolFact[], changed: ReadonlySet<string>): Int32Array {
  const written = placesIn(now, changed)
  const places = new Int32Array(old.length).fill(-1)
  let next = 0
  let last = { path: '', isChanged: false }
  for (const [at, symbol] of old.entries()) {
    const { path } = symbol.range
    if (path !== last.path) last = { path, isChanged: changed.has(path) }
    if (last.isChanged) {
      places[at] = written.get(symbol.id) ?? -1
      continue
    }
    while (now[next] !== symbol) next += 1
    places[at] = next
  }
  return places
}

/** Where the symbols of these files stand, by id. */
function placesIn(symbols: SymbolFact[], paths: ReadonlySet<string>): Map<string, number> {
  const places = new Map<string, number>()
  let last = { path: '', isWanted: false }
  for (const [at, { id, range }] of symbols.entries()) {
    if (range.path !== last.path) last = { path: range.path, isWanted: paths.has(range.path) }
    if (last.isWanted) places.set(id, at)
  }
  return places
}

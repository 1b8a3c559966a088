import type { SymbolFact } from '#lib/domain/facts.ts'
import { byPlace, byText } from '#lib/facts/order.ts'

/** The symbols of unchanged files and `written` ones in the order of all. */
export function replacedSymbols(old: SymbolFact[], changed: ReadonlySet<string>, written: SymbolFact[]): SymbolFact[] {
  const kept = old.filter(({ range }) => !changed.has(range.path))
  return [...kept, ...written].sort((a, b) => byPlace(a.range, b.range) || byText(a.id, b.id))
}

/** For each old symbol its place among the new ones: the same object, or one of its id; -1 when it is gone. */
export function symbolPlaces(old: SymbolFact[], now: SymbolFact[], changed: ReadonlySet<string>): Int32Array {
  const written = new Map(now.flatMap(({ id, range }, at) => (changed.has(range.path) ? [[id, at]] : [])))
  const places = new Int32Array(old.length).fill(-1)
  let next = 0
  for (const [at, symbol] of old.entries()) {
    if (changed.has(symbol.range.path)) {
      places[at] = written.get(symbol.id) ?? -1
      continue
    }
    while (now[next] !== symbol) next += 1
    places[at] = next
  }
  return places
}

import type { SymbolFact } from '#lib/domain/facts.ts'
import { NameTable, numberOfText } from './references/name-table.ts'

/** Symbols of one file: they stand together in the list. */
export interface SymbolRun {
  path: string
  start: number
  /** Behind the last. */
  end: number
}

/** What is asked of all symbols, as numbers by their places: looking at each of them takes longer than all else. */
export interface SymbolColumns {
  /** Numbers of their names, see `numberOfText`. */
  names: Uint32Array
  /** The symbol around each; -1 when there is none. */
  parents: Int32Array
  /** 1 for classes, interfaces and the like. */
  types: Uint8Array
  runs: SymbolRun[]
}

/** The columns of symbols that are in order. */
export function columnsOf(symbols: SymbolFact[]): SymbolColumns {
  const names = new Uint32Array(symbols.length)
  const types = new Uint8Array(symbols.length)
  for (let at = 0; at < symbols.length; at += 1) {
    const { name = '', kind = 'function' } = symbols[at] ?? {}
    names[at] = numberOfText(name)
    types[at] = isKindOfType(kind) ? 1 : 0
  }
  const runs = runsOf(symbols)
  return { names, parents: parentsOf(symbols, runs), types, runs }
}

function isKindOfType(kind: SymbolFact['kind']): boolean {
  return kind === 'class' || kind === 'interface' || kind === 'type' || kind === 'enum' || kind === 'component'
}

function runsOf(symbols: SymbolFact[]): SymbolRun[] {
  const runs: SymbolRun[] = []
  let last: SymbolRun = { path: '', start: 0, end: 0 }
  for (let at = 0; at < symbols.length; at += 1) {
    const path = symbols[at]?.range.path ?? ''
    if (path !== last.path || runs.length === 0) {
      last = { path, start: at, end: at }
      runs.push(last)
    }
    last.end = at + 1
  }
  return runs
}

/** The symbol around each. */
function parentsOf(symbols: SymbolFact[], runs: SymbolRun[]): Int32Array {
  const parents = new Int32Array(symbols.length).fill(-1)
  const everywhere = placesById(symbols)
  for (const run of runs) {
    const inFile = placesIn(symbols, run)
    for (let at = run.start; at < run.end; at += 1) {
      const parent = symbols[at]?.parent ?? null
      if (parent === null) continue
      const near = at > run.start ? parentNear(symbols, parents, at) : -1
      parents[at] = near >= 0 ? near : (inFile(parent) ?? everywhere(parent))
    }
  }
  return parents
}

/** Most stand inside the symbol in front of them, or beside it. */
function parentNear(symbols: SymbolFact[], parents: Int32Array, at: number): number {
  const parent = symbols[at]?.parent
  if (symbols[at - 1]?.parent === parent) return parents[at - 1] ?? -1
  let above = at - 1
  while (above >= 0 && symbols[above]?.id !== parent) above = parents[above] ?? -1
  return above
}

/** Tells the place of an id in a file. */
function placesIn(symbols: SymbolFact[], { start, end }: SymbolRun): (id: string) => number | undefined {
  let places: Map<string, number> | null = null
  return (id) => {
    places ??= new Map(symbols.slice(start, end).map((one, at) => [one.id, start + at]))
    return places.get(id)
  }
}

/** Tells the first place of an id; -1 when there is none. */
function placesById(symbols: SymbolFact[]): (id: string) => number {
  let table: NameTable | null = null
  return (id) => {
    table ??= new NameTable(Uint32Array.from(symbols, (one) => numberOfText(one.id)))
    const key = numberOfText(id)
    let at = table.first(key)
    while (at >= 0 && symbols[at]?.id !== id) at = table.after(at, key)
    return at
  }
}

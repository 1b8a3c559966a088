import type { SymbolFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { languageOf } from '#lib/facts/languages.ts'
import { NameTable, numberInside, numberOfText } from './name-table.ts'

const MAX_BASES = 8
const NONE: number[] = []

/** Symbols of one file: they stand together in the list. */
interface Run {
  path: string
  family: string
  start: number
  end: number
}

/** Symbols of the repository by the ways code names them. Everywhere a symbol is its index in the list. */
export class SymbolIndex {
  readonly symbols: SymbolFact[]
  /** Name → symbol, per package or namespace that files share without importing anything. */
  readonly spaces = new Map<string, Map<string, number>>()
  /** The symbol around each; -1 when there is none. */
  readonly parents: Int32Array
  /** Types in which members were looked for because others are built on them. */
  watched = new Set<number>()
  private readonly runs = new Map<string, Run>()
  private readonly runOf: Run[] = []
  private readonly types: Uint8Array
  private readonly bases = new Map<number, number[]>()
  /** By name and what is around: the file, or the symbol. */
  private readonly inside: NameTable
  private readonly named: NameTable
  private ids: NameTable | null = null
  /** Some names stand at the top of thousands of files, and thousands of files ask for them. */
  private readonly tops = new Map<string, number[]>()

  /** `symbols` in the order of their places; the names of packages by path. */
  constructor(symbols: SymbolFact[], packageNames: ReadonlyMap<string, string>) {
    this.symbols = symbols
    const size = symbols.length
    this.types = new Uint8Array(size)
    for (let index = 0; index < size; index += 1) {
      const symbol = symbols[index]
      this.runOf.push(this.runAt(index, symbol?.range.path ?? ''))
      if (symbol && isKindOfType(symbol.kind)) this.types[index] = 1
    }
    this.parents = this.parentsOf()
    const [named, inside] = [new Uint32Array(size), new Uint32Array(size)]
    for (let index = 0; index < size; index += 1) {
      const name = numberOfText(symbols[index]?.name ?? '')
      named[index] = name
      inside[index] = numberInside(this.around(index), name)
    }
    this.named = new NameTable(named)
    this.inside = new NameTable(inside)
    for (const run of this.runs.values()) {
      const space = spaceOf(run.path, packageNames.get(run.path) ?? null)
      for (let index = run.start; space !== null && index < run.end; index += 1)
        if (this.parents[index] === -1) this.addToSpace(space, index)
    }
  }

  /** The symbol of an id; -1 when there is none. */
  byId(id: string): number {
    this.ids ??= new NameTable(Uint32Array.from(this.symbols, (one) => numberOfText(one.id)))
    const key = numberOfText(id)
    let index = this.ids.first(key)
    while (index >= 0 && this.symbols[index]?.id !== id) index = this.ids.after(index, key)
    return index
  }

  /** The first symbol of a name at the top of a file; -1 when there is none. */
  top(path: string, name: string): number {
    const run = this.runs.get(path)
    return run ? this.find(-1 - run.start, name) : -1
  }

  /** Symbols of a name at the top of any file. */
  topNamed(name: string): number[] {
    const known = this.tops.get(name) ?? this.allNamed(name, (index) => this.parents[index] === -1)
    this.tops.set(name, known)
    return known
  }

  /** The only symbol of a name that stands inside of another one; -1 when there are more or none. */
  onlyMemberNamed(name: string): number {
    const key = numberOfText(name)
    let only = -1
    for (let index = this.named.first(key); index >= 0; index = this.named.after(index, key)) {
      if (this.symbols[index]?.name !== name || this.parents[index] === -1) continue
      if (only >= 0) return -1
      only = index
    }
    return only
  }

  /** Where the symbols of a file stand in the list. */
  placesOf(path: string): { start: number; end: number } {
    return this.runs.get(path) ?? { start: 0, end: 0 }
  }

  familyAt(index: number): string {
    return this.runOf[index]?.family ?? ''
  }

  isType(index: number): boolean {
    return this.types[index] === 1
  }

  /** What a type is built on. */
  basesOf(type: number): number[] {
    return this.bases.get(type) ?? []
  }

  addBase(type: number, base: number): void {
    const known = this.bases.get(type)
    if (known) known.push(base)
    else this.bases.set(type, [base])
  }

  /** A member of a type or of what it is built on; -1 when there is none. */
  member(type: number, name: string, depth = 0): number {
    const own = this.find(type, name)
    if (own >= 0 || depth > MAX_BASES) return own
    for (const base of this.basesOf(type)) {
      this.watched.add(base)
      const found = this.member(base, name, depth + 1)
      if (found >= 0) return found
    }
    return -1
  }

  /** The type a symbol belongs to, or is; -1 when there is none. */
  typeAround(symbol: number): number {
    for (let at = symbol; at >= 0; at = this.parents[at] ?? -1) if (this.isType(at)) return at
    return -1
  }

  private runAt(index: number, path: string): Run {
    const last = this.runOf.at(-1)
    if (last?.path === path) {
      last.end = index + 1
      return last
    }
    const run = { path, family: familyOf(path), start: index, end: index + 1 }
    this.runs.set(path, run)
    return run
  }

  /** Most stand inside the symbol in front of them, or beside it; nearly all in one of their file. */
  private parentsOf(): Int32Array {
    const parents = new Int32Array(this.symbols.length).fill(-1)
    let ids = { run: this.runOf[0], places: new Map<string, number>() }
    let last: string | null = null
    for (let index = 0; index < parents.length; index += 1) {
      const parent = this.symbols[index]?.parent ?? null
      const isBeside = parent !== null && parent === last
      last = parent
      if (isBeside) parents[index] = parents[index - 1] ?? -1
      if (parent === null || isBeside) continue
      let at = index - 1
      while (at >= 0 && this.symbols[at]?.id !== parent) at = parents[at] ?? -1
      if (at < 0) {
        const run = this.runOf[index]
        if (ids.run !== run || ids.places.size === 0) ids = { run, places: this.placesIn(run) }
        at = ids.places.get(parent) ?? this.byId(parent)
      }
      parents[index] = at
    }
    return parents
  }

  private placesIn(run: Run | undefined): Map<string, number> {
    const places = new Map<string, number>()
    for (let at = run?.start ?? 0; at < (run?.end ?? 0); at += 1) places.set(this.symbols[at]?.id ?? '', at)
    return places
  }

  /** A number for what is around a symbol: the symbol, or below 0 its file. */
  private around(index: number): number {
    const parent = this.parents[index] ?? -1
    return parent >= 0 ? parent : -1 - (this.runOf[index]?.start ?? 0)
  }

  private find(around: number, name: string): number {
    const key = numberInside(around, numberOfText(name))
    for (let index = this.inside.first(key); index >= 0; index = this.inside.after(index, key))
      if (this.around(index) === around && this.symbols[index]?.name === name) return index
    return -1
  }

  private allNamed(name: string, isWanted: (index: number) => boolean): number[] {
    const key = numberOfText(name)
    let found = NONE
    for (let index = this.named.first(key); index >= 0; index = this.named.after(index, key))
      if (this.symbols[index]?.name === name && isWanted(index)) {
        if (found === NONE) found = []
        found.push(index)
      }
    return found
  }

  /** C# writes one class in several files: each part sees the members of the others. */
  private addToSpace(space: string, index: number): void {
    const { name = '', range } = this.symbols[index] ?? {}
    const names = this.spaces.get(space) ?? new Map<string, number>()
    this.spaces.set(space, names)
    const known = names.get(name)
    if (known === undefined) names.set(name, index)
    if (known === undefined || this.familyAt(index) !== 'C#' || !this.isType(index)) return
    this.addBase(index, known)
    this.addBase(known, index)
    if (range?.path.endsWith(`/${name}.cs`)) names.set(name, index)
  }
}

function isKindOfType(kind: SymbolFact['kind']): boolean {
  return kind === 'class' || kind === 'interface' || kind === 'type' || kind === 'enum' || kind === 'component'
}

let last = { path: '', family: '' }

/** Languages that call each other's names. Who asks for one symbol after the other asks for the same file again. */
export function familyOf(path: string): string {
  if (last.path !== path) last = { path, family: familyOfLanguage(path) }
  return last.family
}

function familyOfLanguage(path: string): string {
  const language = languageOf(path)?.name ?? ''
  if (/^(?:TypeScript|JavaScript|Vue|Svelte)$/.test(language)) return 'javascript'
  if (/^(?:C|C\+\+)$/.test(language)) return 'c'
  if (/^(?:Java|Kotlin|Scala)$/.test(language)) return 'jvm'
  return language
}

/** The package or namespace of a file in languages whose files see each other by it; null in others. */
export function spaceOf(path: string, packageName: string | null): string | null {
  const family = familyOf(path)
  if (family === 'Go') return packageName === null ? null : `Go ${dirOf(path)} ${packageName}`
  return /^(?:jvm|C#|PHP)$/.test(family) ? `${family} ${packageName ?? ''}` : null
}

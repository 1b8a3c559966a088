import { dirOf, nearest } from '#lib/facts/imports/paths.ts'
import { languageOf } from '#lib/facts/languages.ts'
import type { SymbolColumns, SymbolRun } from '#lib/facts/symbol-columns.ts'
import type { SymbolList } from '#lib/facts/symbol-list.ts'
import { NameTable, numberInside, numberOfText } from './name-table.ts'

const MAX_BASES = 8
/** A name that more files of one package declare says little. */
const MAX_RIVALS = 50
const NONE: number[] = []

interface Inheriting {
  type: number
  name: string
  depth: number
  /** Types that were asked. */
  seen: Set<number>
}

/** Symbols of the repository by the ways code names them. Everywhere a symbol is its index in the list. */
export class SymbolIndex {
  readonly symbols: SymbolList
  /** Name → symbol, per package or namespace that files share without importing anything. */
  readonly spaces = new Map<string, Map<string, number>>()
  /** The symbol around each; -1 when there is none. */
  readonly parents: Int32Array
  /** Types in which members were looked for because others are built on them. */
  watched = new Set<number>()
  private readonly runs: SymbolRun[]
  private readonly runOf: Uint32Array
  private readonly families: string[] = []
  private readonly byPath: Map<string, SymbolRun>
  private readonly types: Uint8Array
  private readonly bases = new Map<number, number[]>()
  /** By name and what is around: the file, or the symbol. */
  private readonly inside: NameTable
  private readonly named: NameTable
  /** Java, Kotlin, Scala: what further files of a package declare under the name of a symbol. */
  private readonly rivals = new Map<number, number[]>()
  /** C#: types whose name another one in their namespace has. */
  private readonly twins = new Map<number, { names: Map<string, number>; name: string }>()
  /** Some names stand at the top of thousands of files, and thousands of files ask for them. */
  private readonly tops = new Map<string, number[]>()

  /** `symbols` in the order of their places, with their columns; the names of packages by path. */
  constructor(symbols: SymbolList, columns: SymbolColumns, packageNames: ReadonlyMap<string, string>) {
    const { names, parents, types, runs } = columns
    this.symbols = symbols
    this.parents = parents
    this.types = types
    this.runs = runs
    this.runOf = new Uint32Array(symbols.length)
    this.byPath = new Map(runs.map((run) => [run.path, run]))
    const inside = new Uint32Array(symbols.length)
    for (let run = 0; run < runs.length; run += 1) {
      const { start = 0, end = 0 } = runs[run] ?? {}
      for (let index = start; index < end; index += 1) {
        this.runOf[index] = run
        const parent = parents[index] ?? -1
        inside[index] = numberInside(parent >= 0 ? parent : -1 - start, names[index] ?? 0)
      }
    }
    this.named = new NameTable(names)
    this.inside = new NameTable(inside)
    for (const { path, start, end } of runs) {
      const space = spaceOf(path, packageNames.get(path) ?? null)
      for (let index = start; space !== null && index < end; index += 1)
        if (parents[index] === -1) this.addToSpace(space, index)
    }
  }

  /** The first symbol of a name at the top of a file; -1 when there is none. */
  top(path: string, name: string): number {
    const run = this.byPath.get(path)
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
      if (this.symbols.nameAt(index) !== name || this.parents[index] === -1) continue
      if (only >= 0) return -1
      only = index
    }
    return only
  }

  /** Where the symbols of a file stand in the list. */
  placesOf(path: string): { start: number; end: number } {
    return this.byPath.get(path) ?? { start: 0, end: 0 }
  }

  /** The file of a symbol. */
  pathAt(index: number): string {
    return this.runs[this.runOf[index] ?? -1]?.path ?? ''
  }

  familyAt(index: number): string {
    const run = this.runOf[index] ?? -1
    this.families[run] ??= familyOf(this.runs[run]?.path ?? '')
    return this.families[run] ?? ''
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
  member(type: number, name: string): number {
    const own = this.find(type, name)
    return own >= 0 || !this.bases.has(type) ? own : this.inherited({ type, name, depth: 0, seen: new Set([type]) })
  }

  /** Each base is asked once: the parts of a class in C# are built on each other. */
  private inherited({ type, name, depth, seen }: Inheriting): number {
    if (depth > MAX_BASES) return -1
    for (const base of this.basesOf(type)) {
      if (seen.has(base)) continue
      seen.add(base)
      this.watched.add(base)
      const own = this.find(base, name)
      const found = own >= 0 ? own : this.inherited({ type: base, name, depth: depth + 1, seen })
      if (found >= 0) return found
    }
    return -1
  }

  /** The type a symbol belongs to, or is; -1 when there is none. */
  typeAround(symbol: number): number {
    for (let at = symbol; at >= 0; at = this.parents[at] ?? -1) if (this.isType(at)) return at
    return -1
  }

  /** A number for what is around a symbol: the symbol, or below 0 its file. */
  private around(index: number): number {
    const parent = this.parents[index] ?? -1
    return parent >= 0 ? parent : -1 - (this.runs[this.runOf[index] ?? -1]?.start ?? 0)
  }

  private find(around: number, name: string): number {
    const key = numberInside(around, numberOfText(name))
    for (let index = this.inside.first(key); index >= 0; index = this.inside.after(index, key))
      if (this.around(index) === around && this.symbols.nameAt(index) === name) return index
    return -1
  }

  private allNamed(name: string, isWanted: (index: number) => boolean): number[] {
    const key = numberOfText(name)
    let found = NONE
    for (let index = this.named.first(key); index >= 0; index = this.named.after(index, key))
      if (this.symbols.nameAt(index) === name && isWanted(index)) {
        if (found === NONE) found = []
        found.push(index)
      }
    return found
  }

  /** C# writes one class in several files: each part sees the members of the others. */
  private addToSpace(space: string, index: number): void {
    const name = this.symbols.nameAt(index)
    const names = this.spaces.get(space) ?? new Map<string, number>()
    this.spaces.set(space, names)
    const known = names.get(name)
    if (known === undefined) names.set(name, index)
    else if (this.familyAt(index) === 'jvm' && this.pathAt(index) !== this.pathAt(known)) this.addRival(known, index)
    if (known === undefined || this.familyAt(index) !== 'C#' || !this.isType(index)) return
    const [own, other] = [this.slotOf(index, name), this.slotOf(known, name)]
    if (!names.has(other)) names.set(other, known)
    const part = names.get(own)
    if (part !== undefined) {
      this.addBase(index, part)
      this.addBase(part, index)
    }
    const isMain = this.pathAt(index).endsWith(`/${name}.cs`)
    if (part === undefined || isMain) names.set(own, index)
    if (isMain) names.set(name, index)
    for (const one of [index, known]) this.twins.set(one, { names, name })
  }

  private addRival(known: number, index: number): void {
    const rivals = this.rivals.get(known)
    if (!rivals) this.rivals.set(known, [index])
    else if (rivals.length < MAX_RIVALS) rivals.push(index)
  }

  /** Of the symbols that files of one package declare under one name, as builds of a repository may, the nearest. */
  near(symbol: number, path: string): number {
    const rivals = this.rivals.get(symbol)
    if (!rivals) return symbol
    const all = [symbol, ...rivals]
    const best = nearest(
      path,
      all.map((one) => this.pathAt(one)),
    )
    return all.find((one) => this.pathAt(one) === best) ?? symbol
  }

  /** C#: the type of this name that takes arguments, or the one that takes none. */
  withArguments(type: number, takes: boolean): number {
    const twin = this.twins.get(type)
    return twin?.names.get(`${twin.name}${takes ? '<' : '>'}`) ?? type
  }

  /** What a type is kept as beside its plain name, which another one may have. */
  private slotOf(index: number, name: string): string {
    const signature = this.symbols.get(index)?.signature ?? ''
    const end = signature.search(new RegExp(`\\b${name}\\b`)) + name.length
    return `${name}${signature.startsWith('<', end) ? '<' : '>'}`
  }
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

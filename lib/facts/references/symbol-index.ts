import type { SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { languageOf } from '#lib/facts/languages.ts'

const MAX_BASES = 8

/** Symbols of the repository by the ways code names them. Everywhere a symbol is its index in the list. */
export class SymbolIndex {
  readonly symbols: SymbolFact[]
  /** Id → symbol. */
  readonly byId = new Map<string, number>()
  /** Name → symbol, of what stands at the top of each file. */
  readonly top = new Map<string, Map<string, number>>()
  /** Name → symbols at the top of any file. */
  readonly topByName = new Map<string, number[]>()
  /** Name → symbol, per type. */
  readonly members = new Map<number, Map<string, number>>()
  readonly membersByName = new Map<string, number[]>()
  /** Name → symbol, per package or namespace that files share without importing anything. */
  readonly spaces = new Map<string, Map<string, number>>()
  /** What each type is built on. */
  readonly bases = new Map<number, number[]>()
  readonly parents: Int32Array
  readonly families: string[]

  constructor(symbols: SymbolFact[], { parsed }: Collected) {
    this.symbols = symbols
    for (const [index, { id }] of symbols.entries()) this.byId.set(id, index)
    this.parents = Int32Array.from(symbols, ({ parent }) => (parent === null ? -1 : (this.byId.get(parent) ?? -1)))
    this.families = []
    let file = { path: '', family: familyOf(''), space: spaceOf('', null) }
    for (const [index, symbol] of symbols.entries()) {
      const { path } = symbol.range
      if (path !== file.path || index === 0)
        file = { path, family: familyOf(path), space: spaceOf(path, parsed.get(path)?.packageName ?? null) }
      this.families.push(file.family)
      const parent = this.parents[index] ?? -1
      if (parent >= 0) {
        addFirst(namesOf(this.members, parent), symbol.name, index)
        addTo(this.membersByName, symbol.name, index)
        continue
      }
      addFirst(namesOf(this.top, path), symbol.name, index)
      addTo(this.topByName, symbol.name, index)
      if (file.space !== null) this.addToSpace(file.space, symbol, index)
    }
  }

  /** C# writes one class in several files: each part sees the members of the others. */
  private addToSpace(space: string, { name, range }: SymbolFact, index: number): void {
    const names = namesOf(this.spaces, space)
    const known = names.get(name)
    addFirst(names, name, index)
    if (known === undefined || this.families[index] !== 'C#' || !this.isType(index)) return
    this.bases.set(index, [...(this.bases.get(index) ?? []), known])
    this.bases.set(known, [...(this.bases.get(known) ?? []), index])
    if (range.path.endsWith(`/${name}.cs`)) names.set(name, index)
  }

  isType(index: number): boolean {
    return /^(?:class|interface|type|enum|component)$/.test(this.symbols[index]?.kind ?? '')
  }

  /** A member of a type or of what it is built on; -1 when there is none. */
  member(type: number, name: string, depth = 0): number {
    const own = this.members.get(type)?.get(name)
    if (own !== undefined || depth > MAX_BASES) return own ?? -1
    for (const base of this.bases.get(type) ?? []) {
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
}

/** Languages that call each other's names. */
export function familyOf(path: string): string {
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

function namesOf<Key>(maps: Map<Key, Map<string, number>>, key: Key): Map<string, number> {
  const known = maps.get(key)
  if (known) return known
  const made = new Map<string, number>()
  maps.set(key, made)
  return made
}

/** The first of a name stays: overloads follow it. */
function addFirst(names: Map<string, number>, name: string, index: number): void {
  if (!names.has(name)) names.set(name, index)
}

function addTo(map: Map<string, number[]>, name: string, index: number): void {
  const known = map.get(name)
  if (known) known.push(index)
  else map.set(name, [index])
}

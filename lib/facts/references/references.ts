import { REFERENCE_KINDS, type ReferenceFacts, type ReferenceKind, type SymbolFact } from '#lib/domain/facts.ts'
import type { FileUses, ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import { EdgeColumns } from './edge-columns.ts'
import { CALLED, CREATED, GENERIC, MEMBER, OWN_MEMBER, QUALIFIER, TYPED_WIDTH, USE_WIDTH } from './file-uses.ts'
import type { ImportScope } from './import-scope.ts'
import { type EdgeLists, mergedEdges } from './merge-edges.ts'
import { type Found, NameResolver, type ReadFile } from './name-resolver.ts'
import { numberOfText } from './name-table.ts'
import { unpackNumbers } from './number-text.ts'
import type { SymbolIndex } from './symbol-index.ts'

export interface Names {
  index: SymbolIndex
  scope: ImportScope
}

const OWN = /^(?:this|self|cls|super|Self|static|parent|\$this)$/
const KIND = Object.fromEntries(REFERENCE_KINDS.map((kind, at) => [kind, at])) as Record<ReferenceKind, number>

/** What is kept of references besides themselves, so that a later run resolves only what a change may affect. */
export interface ReferenceTrace {
  /** Numbers of the names by which a file looked something up, per place of the file. */
  names: Map<number, Uint32Array>
  /** What types are built on, in the order it was found: file, type, base. */
  bases: number[]
}

export interface References extends ReferenceTrace {
  facts: ReferenceFacts
}

/** What is known of the references of other files. */
export interface KnownReferences extends ReferenceTrace {
  facts: EdgeLists
}

/**
 * Every use of a symbol by other code, resolved by name inside the scope of the file: from what each file says by itself,
 * its imports and the list of symbols. Linear in the uses: each distinct word of a file is looked up once. What is `known`
 * of other files is taken as it is.
 */
export function referenceFacts(files: ReadFile[], names: Names, known: KnownReferences | null = null): References {
  const edges = new EdgeColumns()
  const readers = files.map((file) => new FileReader(file, names))
  const bases: number[] = []
  let at = 0
  const knownBases = known?.bases ?? []
  const takeKnown = (before: number) => {
    for (; at < knownBases.length && (knownBases[at] ?? 0) < before; at += 3) {
      const [file = 0, type = 0, base = 0] = knownBases.slice(at, at + 3)
      names.index.addBase(type, base)
      bases.push(file, type, base)
    }
  }
  for (const reader of readers) {
    takeKnown(reader.at)
    for (const [type, base] of reader.readHeritage(edges)) bases.push(reader.at, type, base)
  }
  takeKnown(Number.MAX_SAFE_INTEGER)
  const lookedUp = new Map(known?.names)
  // Each reader goes once it has read: what it looked up takes more memory than the file itself.
  readers.reverse()
  for (let reader = readers.pop(); reader; reader = readers.pop()) {
    reader.readUses(edges)
    lookedUp.set(reader.at, reader.namesLookedUp())
  }
  return { facts: known ? mergedEdges(known.facts, edges.facts()) : edges.facts(), names: lookedUp, bases }
}

/** Places in the list of symbols, per symbol of a file; -1 for those of tests. */
function ownersIn(path: string, symbols: SymbolFact[], index: SymbolIndex): Int32Array {
  const { start, end } = index.placesOf(path)
  if (start === end) return new Int32Array(symbols.length).fill(-1)
  const isInOrder = symbols.every(({ id }, at) => index.symbols.get(start + at)?.id === id)
  if (isInOrder) return Int32Array.from(symbols, (_, at) => start + at)
  const places = new Map<string, number>()
  for (let at = start; at < end; at += 1) places.set(index.symbols.get(at)?.id ?? '', at)
  return Int32Array.from(symbols, ({ id }) => places.get(id) ?? -1)
}

function heritageTarget(resolver: NameResolver, name: string): Found | null {
  const parts = name.split(/\.|::|\\/)
  const last = parts.at(-1) ?? ''
  const qualifier = parts.at(-2)
  return (
    (qualifier === undefined ? null : resolver.qualified(qualifier, last)) ??
    (parts.length > 1 && !/\\/.test(name) ? null : resolver.name(last))
  )
}

/** C#, Kotlin and Swift write base classes and interfaces in one list. */
function isOnlyInterface({ symbols }: SymbolIndex, owner: number, base: number): boolean {
  return symbols.get(base)?.kind === 'interface' && symbols.get(owner)?.kind !== 'interface'
}

/** Resolves what the code of one file refers to. */
class FileReader {
  /** Place of the file. */
  readonly at: number
  private readonly file: ParsedFile
  private readonly references: FileUses
  private readonly words: string[]
  private readonly index: SymbolIndex
  private readonly resolver: NameResolver
  private readonly owners: Int32Array
  private readonly isShell: boolean
  private uses = new Int32Array()
  private readonly types = new Map<number, number>()
  private readonly typesSeen = new Set<number>()

  constructor({ path, file, at, isSource, references }: ReadFile, { index, scope }: Names) {
    this.at = at
    this.file = file
    this.references = references
    this.words = references.words
    this.index = index
    this.resolver = new NameResolver(path, file, { index, scope, isSource })
    this.owners = ownersIn(path, file.symbols, index)
    this.isShell = this.resolver.family === 'Shell' || file.grammar === 'bash'
  }

  /** Types of the file with what they are built on; the members of all types are known when every file has done that. */
  readHeritage(edges: EdgeColumns): [type: number, base: number][] {
    const { index, resolver, at: file } = this
    const bases: [number, number][] = []
    index.watched = this.typesSeen
    for (const { symbol, name, relation } of this.references.heritage) {
      const owner = this.owners[symbol] ?? -1
      const found = heritageTarget(resolver, name)
      if (!found || !index.isType(found.symbol) || owner < 0 || owner === found.symbol) continue
      index.addBase(owner, found.symbol)
      bases.push([owner, found.symbol])
      const isInterface = relation === 'extend' && isOnlyInterface(index, owner, found.symbol)
      const line = index.symbols.get(owner)?.declaration.start ?? 1
      const kind = relation === 'implement' || isInterface ? KIND.implement : KIND.extend
      edges.add({ file, owner, line, kind, target: found.symbol, exact: found.exact })
    }
    return bases
  }

  readUses(edges: EdgeColumns): void {
    const { index, owners, at: file } = this
    index.watched = this.typesSeen
    this.unpack()
    const { uses } = this
    for (let at = 0; at < uses.length; at += USE_WIDTH) {
      const found = this.find(at)
      if (!found) continue
      const owner = owners[uses[at + 1] ?? -1] ?? -1
      if (isAround(index, owner, found.symbol)) continue
      const kind = this.kindOf(uses[at + 3] ?? 0, found.symbol)
      edges.add({ file, owner, line: uses[at + 2] ?? 0, kind, target: found.symbol, exact: found.exact })
    }
  }

  /** Its own words, the names it imports, and those of the types and signatures these led to. */
  namesLookedUp(): Uint32Array {
    const names = new Set(this.words.flatMap((word) => (word.includes('.') ? [word, ...word.split('.')] : word)))
    for (const { name } of this.references.heritage) for (const part of name.split(/\.|::|\\/)) names.add(part)
    for (const { names: imported, renames, alias } of this.file.imports) {
      for (const name of imported) names.add(name)
      for (const [, there] of renames ?? []) names.add(there)
      if (alias !== null) names.add('default')
    }
    for (const word of this.resolver.inTypes) names.add(word)
    for (const type of this.typesSeen) names.add(this.index.symbols.nameAt(type))
    return Uint32Array.from(names, (name) => numberOfText(name))
  }

  private unpack(): void {
    this.uses = unpackNumbers(this.references.uses)
    const typed = unpackNumbers(this.references.typed)
    for (let at = 0; at < typed.length; at += TYPED_WIDTH)
      this.types.set(((typed[at] ?? -1) + 1) * this.words.length + (typed[at + 1] ?? 0), typed[at + 2] ?? 0)
  }

  private find(at: number): Found | null {
    const { uses, words } = this
    const { resolver } = this
    const [word, shape] = [words[uses[at] ?? 0] ?? '', uses[at + 3] ?? 0]
    if ((shape & MEMBER) !== 0) return this.findMember(at, word)
    if ((shape & QUALIFIER) !== 0 && resolver.isModule(word)) return null
    const named = resolver.name(word)
    const found = named ? this.ofCsharp(named, at) : this.ownMember(uses[at + 1] ?? -1, word)
    // An argument that reads like a function may as well be any text.
    return found?.exact && this.isShell && (shape & CALLED) === 0 ? { ...found, exact: false } : found
  }

  /** C#: `Way` and `Way<T>` are two types; where a member around has the name of a type, either may be meant. */
  private ofCsharp(found: Found, at: number): Found {
    const { index, uses, words } = this
    if (this.resolver.family !== 'C#' || !index.isType(found.symbol)) return found
    const shape = uses[at + 3] ?? 0
    const symbol = index.withArguments(found.symbol, (shape & GENERIC) !== 0)
    const member = (shape & CREATED) !== 0 ? null : this.ownMember(uses[at + 1] ?? -1, words[uses[at] ?? 0] ?? '')
    return { symbol, exact: found.exact && (member === null || index.isType(member.symbol)) }
  }

  private findMember(at: number, word: string): Found | null {
    const { uses, words } = this
    const { resolver } = this
    const [owner, shape, place] = [uses[at + 1] ?? -1, uses[at + 3] ?? 0, uses[at + 4] ?? -1]
    const qualifier = words[place]
    if (qualifier === undefined) return this.guess(shape, word)
    if (resolver.family === 'Lua') return this.throughTable(owner, qualifier, word)
    const type = this.typeAround(owner)
    if (OWN.test(qualifier)) return type < 0 ? null : resolver.memberOf({ symbol: type, exact: true }, word)
    if ((shape & OWN_MEMBER) !== 0) return this.throughProperty(type, qualifier, word)
    const typeWord = this.types.get((owner + 1) * words.length + place)
    if (typeWord === undefined) return resolver.qualified(qualifier, word) ?? this.guess(shape, word)
    const local = this.typeNamed(words[typeWord] ?? '')
    // A type from elsewhere has its own members.
    return local ? resolver.memberOf(local, word) : null
  }

  /** Lua: `path.join` of a module, `Way:go` of a table of the file, `self:go` of the table the function belongs to. */
  private throughTable(localOwner: number, qualifier: string, word: string): Found | null {
    const { resolver, index } = this
    const owner = index.symbols.get(this.owners[localOwner] ?? -1)
    const table = qualifier === 'self' ? owner?.qualified.slice(0, -owner.name.length - 1) : qualifier
    return resolver.throughTable(table ?? '', { qualifier, word })
  }

  private guess(shape: number, word: string): Found | null {
    return (shape & CALLED) !== 0 ? this.resolver.onlyMember(word) : null
  }

  /** Java, C#, C++, Kotlin, Ruby: a member of the types around, or one of these, needs no `this`. */
  private ownMember(localOwner: number, word: string): Found | null {
    const { index } = this
    let type = this.typeAround(localOwner)
    if (type < 0 || !/^(?:jvm|C#|c|Ruby|Swift)$/.test(index.familyAt(type))) return null
    for (; type >= 0; type = index.typeAround(index.parents[type] ?? -1)) {
      if (index.symbols.nameAt(type) === word) return { symbol: type, exact: true }
      const member = index.member(type, word)
      if (member >= 0) return { symbol: member, exact: true }
    }
    return null
  }

  /** `this.a.b()`: by the declared type of `a`. */
  private throughProperty(type: number, property: string, word: string): Found | null {
    const { resolver, index } = this
    const symbol = type < 0 ? -1 : index.member(type, property)
    const held = symbol < 0 ? null : resolver.typeOf(symbol)
    return held ? resolver.memberOf({ symbol: held.symbol, exact: false }, word) : null
  }

  /** The type a word names, or what the function it names returns. */
  private typeNamed(word: string): Found | null {
    const { resolver, index } = this
    const [first = '', second] = word.split('.')
    const found = second === undefined ? resolver.name(first) : resolver.qualified(first, second)
    if (!found || index.isType(found.symbol)) return found
    const made = resolver.typeOf(found.symbol)
    return made ? { symbol: made.symbol, exact: false } : null
  }

  private typeAround(localOwner: number): number {
    const owner = this.owners[localOwner] ?? -1
    return owner < 0 ? -1 : this.index.typeAround(owner)
  }

  private kindOf(shape: number, target: number): number {
    const isType = this.index.isType(target)
    if ((shape & CREATED) !== 0) return KIND.create
    if (isType) return (shape & CALLED) !== 0 ? KIND.create : KIND.type
    return (shape & CALLED) !== 0 ? KIND.call : KIND.use
  }
}

/** A symbol does not use itself, nor what it is a part of. */
function isAround(index: SymbolIndex, owner: number, target: number): boolean {
  for (let at = owner; at >= 0; at = index.parents[at] ?? -1) if (at === target) return true
  return false
}

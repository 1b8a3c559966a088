import { REFERENCE_KINDS, type ReferenceFacts, type ReferenceKind, type SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import type { FileUses } from '#lib/facts/parse/parsed-file.ts'
import { CALLED, CREATED, MEMBER, OWN_MEMBER, QUALIFIER, TYPED_WIDTH, USE_WIDTH } from './file-uses.ts'
import type { ImportScope } from './import-scope.ts'
import { type Found, NameResolver, readFiles } from './name-resolver.ts'
import { unpackNumbers } from './number-text.ts'
import type { SymbolIndex } from './symbol-index.ts'

interface Names {
  index: SymbolIndex
  scope: ImportScope
}

const OWN = /^(?:this|self|cls|super|Self|static|parent|\$this)$/
const KIND = Object.fromEntries(REFERENCE_KINDS.map((kind, at) => [kind, at])) as Record<ReferenceKind, number>

/**
 * Every use of a symbol by other code, resolved by name inside the scope of the file: from what each file says by itself,
 * its imports and the list of symbols. Linear in the uses: each distinct word of a file is looked up once.
 */
export function referenceFacts(collected: Collected, { index, scope }: Names): ReferenceFacts {
  const { symbols } = index
  const readers = readFiles(collected).map(({ path, file, at, isSource }) => {
    const resolver = new NameResolver(path, file, { index, scope, isSource })
    const owners = file.symbols.map(({ id }) => index.byId.get(id) ?? -1)
    return { file, at, resolver, owners }
  })
  const edges = new Edges(symbols)
  for (const { file, at, resolver, owners } of readers) {
    for (const { symbol, name, relation } of file.references?.heritage ?? []) {
      const owner = owners[symbol] ?? -1
      const found = heritageTarget(resolver, name)
      if (!found || !index.isType(found.symbol) || owner < 0 || owner === found.symbol) continue
      index.bases.set(owner, [...(index.bases.get(owner) ?? []), found.symbol])
      const isInterface = relation === 'extend' && isOnlyInterface(symbols, owner, found.symbol)
      const line = symbols[owner]?.declaration.start ?? 1
      edges.add(
        { file: at, owner, line, kind: relation === 'implement' || isInterface ? KIND.implement : KIND.extend },
        found,
      )
    }
  }
  for (const { file, at, resolver, owners } of readers) {
    if (file.references) new FileReader(file.references, { resolver, owners, index }).read(at, edges)
  }
  return edges.facts()
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
function isOnlyInterface(symbols: SymbolFact[], owner: number, base: number): boolean {
  return symbols[base]?.kind === 'interface' && symbols[owner]?.kind !== 'interface'
}

interface Place {
  file: number
  owner: number
  line: number
  kind: number
}

/** Edges in columns, one per pair of file or symbol and target: the first line and the strongest kind stay. */
class Edges {
  private readonly symbols: SymbolFact[]
  private readonly rows: {
    file: number
    symbol: number
    line: number
    target: number
    kind: number
    exact: boolean
  }[] = []
  private readonly seen = new Map<number, number>()

  constructor(symbols: SymbolFact[]) {
    this.symbols = symbols
  }

  add({ file, owner, line, kind }: Place, { symbol: target, exact }: Found): void {
    const size = this.symbols.length
    const key = (file * (size + 1) + owner + 1) * size + target
    const known = this.seen.get(key)
    const row = known === undefined ? undefined : this.rows[known]
    if (!row) {
      this.seen.set(key, this.rows.push({ file, symbol: owner, line, target, kind, exact }) - 1)
      return
    }
    row.kind = Math.min(row.kind, kind)
    row.exact ||= exact
    row.line = Math.min(row.line, line)
  }

  facts(): ReferenceFacts {
    const rows = this.rows.sort(
      (a, b) => a.file - b.file || a.line - b.line || a.symbol - b.symbol || a.target - b.target,
    )
    return {
      file: rows.map(({ file }) => file),
      symbol: rows.map(({ symbol }) => symbol),
      line: rows.map(({ line }) => line),
      target: rows.map(({ target }) => target),
      kind: rows.map(({ kind }) => kind),
      exact: rows.map(({ exact }) => (exact ? 1 : 0)),
    }
  }
}

interface Surroundings {
  resolver: NameResolver
  /** Index in the list of symbols, per symbol of the file; -1 for those of tests. */
  owners: number[]
  index: SymbolIndex
}

/** Resolves the uses of one file. */
class FileReader {
  private readonly words: string[]
  private readonly uses: Int32Array
  private readonly around: Surroundings
  private readonly types = new Map<number, number>()

  constructor(uses: FileUses, around: Surroundings) {
    this.words = uses.words
    this.uses = unpackNumbers(uses.uses)
    this.around = around
    const { words } = uses
    const typed = unpackNumbers(uses.typed)
    for (let at = 0; at < typed.length; at += TYPED_WIDTH)
      this.types.set(((typed[at] ?? -1) + 1) * words.length + (typed[at + 1] ?? 0), typed[at + 2] ?? 0)
  }

  read(file: number, edges: Edges): void {
    const { uses } = this
    const { owners, index } = this.around
    for (let at = 0; at < uses.length; at += USE_WIDTH) {
      const found = this.find(at)
      if (!found) continue
      const owner = owners[uses[at + 1] ?? -1] ?? -1
      if (isAround(index, owner, found.symbol)) continue
      edges.add({ file, owner, line: uses[at + 2] ?? 0, kind: this.kindOf(uses[at + 3] ?? 0, found.symbol) }, found)
    }
  }

  private find(at: number): Found | null {
    const { uses, words } = this
    const { resolver } = this.around
    const [word, shape] = [words[uses[at] ?? 0] ?? '', uses[at + 3] ?? 0]
    if ((shape & MEMBER) !== 0) return this.findMember(at, word)
    if ((shape & QUALIFIER) !== 0 && resolver.isModule(word)) return null
    return resolver.name(word) ?? this.ownMember(uses[at + 1] ?? -1, word)
  }

  private findMember(at: number, word: string): Found | null {
    const { uses, words } = this
    const { resolver } = this.around
    const [owner, shape, place] = [uses[at + 1] ?? -1, uses[at + 3] ?? 0, uses[at + 4] ?? -1]
    const qualifier = words[place]
    if (qualifier === undefined) return this.guess(shape, word)
    const type = this.typeAround(owner)
    if (OWN.test(qualifier)) return type < 0 ? null : resolver.memberOf({ symbol: type, exact: true }, word)
    if ((shape & OWN_MEMBER) !== 0) return this.throughProperty(type, qualifier, word)
    const typeWord = this.types.get((owner + 1) * words.length + place)
    if (typeWord === undefined) return resolver.qualified(qualifier, word) ?? this.guess(shape, word)
    const local = this.typeNamed(words[typeWord] ?? '')
    // A type from elsewhere has its own members.
    return local ? resolver.memberOf(local, word) : null
  }

  private guess(shape: number, word: string): Found | null {
    return (shape & CALLED) !== 0 ? this.around.resolver.onlyMember(word) : null
  }

  /** Java, C#, C++, Kotlin, Ruby: a member of the types around, or one of these, needs no `this`. */
  private ownMember(localOwner: number, word: string): Found | null {
    const { index } = this.around
    let type = this.typeAround(localOwner)
    if (type < 0 || !/^(?:jvm|C#|c|Ruby|Swift)$/.test(index.families[type] ?? '')) return null
    for (; type >= 0; type = index.typeAround(index.parents[type] ?? -1)) {
      if (index.symbols[type]?.name === word) return { symbol: type, exact: true }
      const member = index.member(type, word)
      if (member >= 0) return { symbol: member, exact: true }
    }
    return null
  }

  /** `this.a.b()`: by the declared type of `a`. */
  private throughProperty(type: number, property: string, word: string): Found | null {
    const { resolver, index } = this.around
    const symbol = type < 0 ? -1 : index.member(type, property)
    const held = symbol < 0 ? null : resolver.typeOf(symbol)
    return held ? resolver.memberOf({ symbol: held.symbol, exact: false }, word) : null
  }

  /** The type a word names, or what the function it names returns. */
  private typeNamed(word: string): Found | null {
    const { resolver, index } = this.around
    const [first = '', second] = word.split('.')
    const found = second === undefined ? resolver.name(first) : resolver.qualified(first, second)
    if (!found || index.isType(found.symbol)) return found
    const made = resolver.typeOf(found.symbol)
    return made ? { symbol: made.symbol, exact: false } : null
  }

  private typeAround(localOwner: number): number {
    const owner = this.around.owners[localOwner] ?? -1
    return owner < 0 ? -1 : this.around.index.typeAround(owner)
  }

  private kindOf(shape: number, target: number): number {
    const isType = this.around.index.isType(target)
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

import type { Collected } from '#lib/facts/collected.ts'
import type { FileUses, ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import type { ImportScope } from './import-scope.ts'
import { LuaTables } from './lua-tables.ts'
import { RubyConstants } from './ruby-constants.ts'
import { familyOf, type SymbolIndex, spaceOf } from './symbol-index.ts'

/** What a word refers to, and whether the language's own rules say so; names found by being the only ones do not. */
export interface Found {
  symbol: number
  exact: boolean
}

const HEADER = /\.h\w*$/
/** Languages that load files by the names of what they use, or link them. */
const LOADS = /^(?:Ruby|PHP|C#|Elixir|Swift|Lua|c)$/
/** Languages in which one imported name comes before those of the package around. */
const HIDES = /^(?:jvm|PHP|Rust)$/
const NO_NAMES: ReadonlySet<string> = new Set()
const WORD = /[\p{L}_$][\p{L}\d_$]*/gu
/** Members so many types have that a name alone says nothing. */
const COMMON =
  /^(?:get|set|has|add|put|push|pop|map|filter|reduce|find|join|split|slice|keys|values|entries|items|forEach|each|toString|test|exec|call|apply|bind|then|catch|finally|replace|trim|length|size|name|value|key|type|data|text|json|send|write|read|open|close|end|start|stop|run|next|update|delete|remove|clear|clone|copy|equals|hashCode|compare|append|extend|insert|index|count|sort|reverse|format|parse|print|log|info|warn|error|debug|match|search|on|off|emit|use|status|body|headers|url|path|id|init|new|main|create|build|load|save|reset|flush|wait|done|fail|is\w{0,5}|as_\w+|to_\w+|into|from|len|iter|unwrap|expect|contains|starts_with|ends_with|startsWith|endsWith|includes|concat|empty|first|last|next_\w+|iter_\w+|String|Error|Close|Read|Write|Len|Name|Get|Set|Add|Run|New)$/

/** Resolves the words of one file. */
export class NameResolver {
  private readonly path: string
  private readonly index: SymbolIndex
  private readonly scope: ImportScope
  readonly family: string
  private readonly spaces: Map<string, number>[]
  private readonly own: Set<string>
  /** What a file of Elixir calls modules by a shorter name. */
  private readonly aliases: ReadonlyMap<string, string>
  private readonly constants: RubyConstants | null
  private readonly tables: LuaTables | null
  /** Names that are imported from elsewhere: they hide what the package around the file declares. */
  private readonly foreign: ReadonlySet<string>
  /** Words of signatures of other files that were looked up here. */
  readonly inTypes = new Set<string>()
  private readonly names = new Map<string, Found | null>()
  private opened: Map<string, number> | null = null
  private near: Set<string> | null = null

  constructor(
    path: string,
    file: ParsedFile,
    { index, scope, isSource }: { index: SymbolIndex; scope: ImportScope; isSource: boolean },
  ) {
    this.path = path
    this.index = index
    this.scope = scope
    this.family = familyOf(path)
    this.spaces = visibleSpaces(path, file.packageName).flatMap((space) => index.spaces.get(space) ?? [])
    this.aliases = new Map(
      this.family === 'Elixir' ? file.imports.map(({ alias, specifier }) => [alias ?? '', specifier]) : [],
    )
    this.constants = this.family === 'Ruby' ? new RubyConstants(path, file, index) : null
    this.tables = this.family === 'Lua' ? new LuaTables(path, index) : null
    this.foreign = HIDES.test(this.family) ? scope.foreignNames(path) : NO_NAMES
    // Tests and examples declare names too; they hide what is imported but are no symbols of the project.
    this.own = new Set(isSource ? [] : file.symbols.flatMap(({ name, parent }) => (parent === null ? [name] : [])))
  }

  /** What a word that stands alone refers to. */
  name(word: string): Found | null {
    const known = this.names.get(word)
    if (known !== undefined) return known
    const found = this.own.has(word) ? null : this.withoutHidden(this.findName(this.whole(word)))
    this.names.set(word, found)
    return found
  }

  /** The first type that a text such as `Promise<Way>` or `*way.Way` names. */
  typeIn(text: string): Found | null {
    for (const [word] of text.slice(0, 300).matchAll(WORD)) {
      this.inTypes.add(word)
      const found = this.name(word)
      if (found && this.index.isType(found.symbol)) return found
    }
    return null
  }

  /** What a word behind a module or a type refers to; null when the qualifier is neither. */
  qualified(qualifier: string, word: string): Found | null {
    const constant = this.constants?.below(qualifier, word) ?? null
    if (constant) return constant
    const inModule = this.scope.ofModule(this.path, qualifier, word)
    if (inModule !== null && inModule >= 0 && !(this.family === 'Lua' && this.isLocal(inModule))) {
      const found = { symbol: inModule, exact: true }
      return this.family === 'javascript' ? this.withoutHidden(found) : found
    }
    const base = this.name(qualifier)
    if (!base) return null
    if (this.index.isType(base.symbol)) return this.memberOf(base, word)
    const held = this.typeOf(base.symbol)
    return held ? this.memberOf({ symbol: held.symbol, exact: false }, word) : null
  }

  /** Whether the file knows a whole module by this name. */
  isModule(word: string): boolean {
    return this.scope.ofModule(this.path, word, '') !== null
  }

  memberOf({ symbol, exact }: Found, word: string): Found | null {
    const member = this.index.member(symbol, word)
    if (member >= 0) return { symbol: member, exact }
    const elsewhere = this.constants?.memberOf(symbol, word) ?? -1
    return elsewhere >= 0 ? { symbol: elsewhere, exact } : null
  }

  /** Lua: a member of a table, of a module, or a method that one table near alone has. */
  throughTable(table: string, { qualifier, word }: { qualifier: string; word: string }): Found | null {
    const own = this.tables?.member(table, word) ?? null
    return own ?? this.qualified(qualifier, word) ?? this.onlyMethod(word)
  }

  private onlyMethod(word: string): Found | null {
    const symbol = COMMON.test(word) ? -1 : (this.tables?.onlyMethod(word) ?? -1)
    if (symbol < 0) return null
    this.near ??= this.scope.filesOf(this.path).add(this.path)
    return this.near.has(this.index.pathAt(symbol)) ? { symbol, exact: false } : null
  }

  /** Lua: a function that a file keeps to itself. */
  private isLocal(symbol: number): boolean {
    const fact = this.index.symbols.get(symbol)
    return fact !== undefined && !fact.public && /^local /.test(fact.signature)
  }

  /** The type a variable, property or function stands for, from its declaration. */
  typeOf(symbol: number): Found | null {
    const fact = this.index.symbols.get(symbol)
    if (!fact) return null
    if (this.index.isType(symbol)) return { symbol, exact: true }
    return this.typeIn(fact.returns ?? fact.signature.replace(fact.name, ' '))
  }

  /** A member that one type alone has, if that type is near: imported here, or of the same package. */
  onlyMember(word: string): Found | null {
    if (word.length < 4 || COMMON.test(word)) return null
    const symbol = this.index.onlyMemberNamed(word)
    if (symbol < 0 || this.index.familyAt(symbol) !== this.family) return null
    this.near ??= this.scope.filesOf(this.path).add(this.path)
    const path = this.index.pathAt(symbol)
    const type = this.index.typeAround(symbol)
    const isNear =
      this.near.has(path) || (type >= 0 && this.spaces.some((space) => space.has(this.index.symbols.nameAt(type))))
    return isNear ? { symbol, exact: false } : null
  }

  /** Elixir: `alias Way.Road` lets `Road.Step` mean `Way.Road.Step`. */
  private whole(word: string): string {
    const dot = this.family === 'Elixir' ? word.indexOf('.') : -1
    const meant = dot < 0 ? undefined : this.aliases.get(word.slice(0, dot))
    if (meant === undefined) return word
    this.inTypes.add(meant + word.slice(dot))
    return meant + word.slice(dot)
  }

  /** What a namespace of TypeScript holds has no name of its own elsewhere; what a table of Lua holds has none at all. */
  private withoutHidden(found: Found | null): Found | null {
    if (found === null || this.index.parents[found.symbol] !== -1) return found
    const isElsewhere = this.index.pathAt(found.symbol) !== this.path
    const isHeld = this.family === 'Lua' || (isElsewhere && this.family === 'javascript')
    const fact = isHeld ? this.index.symbols.get(found.symbol) : undefined
    const isLocal = isElsewhere && fact !== undefined && /^local /.test(fact.signature)
    return fact && (fact.qualified !== fact.name || isLocal) ? null : found
  }

  private findName(word: string): Found | null {
    if (this.constants && /^\p{Lu}/u.test(word))
      return this.constants.named(word, (candidates) => this.inOpened(candidates) ?? this.alone(candidates))
    const own = this.index.top(this.path, word)
    if (own >= 0) return { symbol: this.declared(word, own), exact: true }
    const imported = this.scope.imported(this.path, word)
    if (imported >= 0) return { symbol: imported, exact: true }
    if (this.foreign.has(word)) return null
    for (const space of this.spaces) {
      const symbol = space.get(word)
      if (symbol !== undefined) return { symbol: this.index.near(symbol, this.path), exact: true }
    }
    const named = this.index.topNamed(word)
    if (named.length === 0) return null
    this.opened ??= this.scope.opened(this.path)
    const loads = LOADS.test(this.family)
    // Of a name that hundreds of files declare, only what the few opened files declare matters.
    if (!loads && this.opened.size < named.length) return this.firstOpened(word, this.opened)
    const candidates = named.filter((one) => this.index.familyAt(one) === this.family)
    return candidates.length === 0 ? null : (this.inOpened(candidates) ?? (loads ? this.alone(candidates) : null))
  }

  /** C: a function that a header declares is known by that declaration, also in the file that defines it. */
  private declared(word: string, own: number): number {
    if (this.family !== 'c' || this.index.symbols.get(own)?.kind !== 'function' || HEADER.test(this.path)) return own
    const headers = this.index.topNamed(word).filter((one) => HEADER.test(this.index.pathAt(one)))
    return headers.length === 0 ? own : (this.inOpened(headers)?.symbol ?? own)
  }

  private firstOpened(word: string, opened: Map<string, number>): Found | null {
    for (const path of opened.keys()) {
      const symbol = this.index.top(path, word)
      if (symbol >= 0 && this.index.familyAt(symbol) === this.family) return { symbol, exact: true }
    }
    return null
  }

  private inOpened(candidates: number[]): Found | null {
    this.opened ??= this.scope.opened(this.path)
    let best: { symbol: number; order: number } | null = null
    for (const symbol of candidates) {
      const order = this.opened.get(this.index.pathAt(symbol))
      if (order !== undefined && (best === null || order < best.order)) best = { symbol, order }
    }
    return best ? { symbol: best.symbol, exact: true } : null
  }

  /** Languages that load by name find a type that is declared once; C finds a function wherever it is linked from. */
  private alone(candidates: number[]): Found | null {
    const [symbol] = candidates
    if (symbol === undefined || candidates.length > 1) return null
    const fact = this.index.symbols.get(symbol)
    const isLoadedByName = /^(?:Ruby|PHP|C#|Elixir|Swift|Lua)$/.test(this.family) && this.index.isType(symbol)
    const isLinked = this.family === 'c' && fact?.kind === 'function' && !/^(?:static|inline|#)/.test(fact.signature)
    // A module of Elixir is known everywhere by its whole name.
    const isWhole = this.family === 'Elixir' && fact?.name.includes('.') === true
    return isLoadedByName || isLinked ? { symbol, exact: isWhole } : null
  }
}

function visibleSpaces(path: string, packageName: string | null): string[] {
  const own = spaceOf(path, packageName)
  if (own === null || familyOf(path) !== 'C#') return own === null ? [] : [own]
  const parts = (packageName ?? '').split('.')
  return parts.map((_, index) => `C# ${parts.slice(0, parts.length - index).join('.')}`)
}

/** A file whose code is looked through; `at` is its place in the list of files. */
export interface ReadFile {
  path: string
  file: ParsedFile
  references: FileUses
  at: number
  isSource: boolean
}

/** All files that were parsed, in the order of the list of files. */
export function readFiles({ files, parsed }: Pick<Collected, 'files' | 'parsed'>): ReadFile[] {
  return files.flatMap(({ path, role }, at): ReadFile[] => {
    const file = parsed.get(path)
    return file?.references ? [{ path, file, references: file.references, at, isSource: role === 'source' }] : []
  })
}

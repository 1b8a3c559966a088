import type { ImportFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import { familyOf, type SymbolIndex, spaceOf } from './symbol-index.ts'

/** What a name of a file stands for: a name of another file, or with `*` that file itself. */
interface Binding {
  to: string
  name: string
}

interface Bindings {
  named: Map<string, Binding>
  /** Files whose names are all known here. */
  open: string[]
}

/** What single files say, by path. */
export interface Parsed {
  get(path: string): ParsedFile | undefined
}

/** A search for the symbol behind a name; `seen` holds where it was. */
interface Search {
  path: string
  name: string
  depth: number
  seen: Set<string>
}

const MAX_HOPS = 8
const MAX_OPEN_FILES = 2_000

/** Names that the files of a repository know through their imports, re-exports followed. */
export class ImportScope {
  private readonly index: SymbolIndex
  private readonly parsed: Parsed
  private readonly imports: Map<string, ImportFact[]>
  private readonly bindings = new Map<string, Bindings>()
  private readonly found = new Map<string, number>()
  /** Names that a file passes on under another name, as `there here`. */
  readonly renamed = new Set<string>()
  private watched: Set<string> | null = null

  constructor(index: SymbolIndex, parsed: Parsed, imports: ImportFact[]) {
    this.index = index
    this.parsed = parsed
    this.imports = Map.groupBy(imports, ({ from }) => from)
  }

  /** The symbol a file offers under a name, wherever that is declared; -1 when there is none. */
  offered(path: string, name: string): number {
    this.watched?.add(path)
    const own = this.index.top(path, name)
    if (own >= 0) return own
    const key = `${path}\n${name}`
    const known = this.found.get(key)
    if (known !== undefined) return known
    // What is found half-way depends on where the search began, so only its end is remembered.
    const symbol = this.follow({ path, name, depth: 0, seen: new Set() })
    this.found.set(key, symbol)
    return symbol
  }

  /** Runs work and tells which files it looked into. */
  watch<Value>(work: () => Value): { value: Value; files: Set<string> } {
    const files = new Set<string>()
    this.watched = files
    // What is remembered would not be looked at again.
    this.found.clear()
    const value = work()
    this.watched = null
    return { value, files }
  }

  /** The symbol an imported name of a file stands for; -1 when there is none. */
  imported(path: string, name: string): number {
    const binding = this.bindingsOf(path).named.get(name)
    if (!binding) return -1
    return binding.name === '*' ? this.offered(binding.to, 'default') : this.offered(binding.to, binding.name)
  }

  /** The member of a module that a file knows as `alias`; null when it knows no module by that name. */
  ofModule(path: string, alias: string, name: string): number | null {
    const binding = this.bindingsOf(path).named.get(alias)
    if (binding?.name !== '*') return null
    if (!binding.to.startsWith('Go ')) return this.offered(binding.to, name)
    return this.index.spaces.get(binding.to)?.get(name) ?? -1
  }

  /** Files whose names are all known in a file, with what they open in turn; the nearest first. */
  opened(path: string): Map<string, number> {
    const order = new Map<string, number>([[path, 0]])
    for (const one of order.keys()) {
      if (order.size > MAX_OPEN_FILES) break
      for (const next of this.bindingsOf(one).open) if (!order.has(next)) order.set(next, order.size)
    }
    order.delete(path)
    return order
  }

  /** Files whose every name a file passes on: `export *`, `pub use a::*`, `from .a import *`. */
  reexportedFiles(path: string): string[] {
    this.watched?.add(path)
    const passing = (this.parsed.get(path)?.imports ?? []).filter(
      ({ reexports, names }) => reexports && names.includes('*'),
    )
    const lines = new Set(passing.map(({ range }) => range.start))
    const { open } = this.bindingsOf(path)
    const reached = (this.imports.get(path) ?? []).flatMap(({ to, range }) =>
      to !== null && lines.has(range.start) ? [to] : [],
    )
    return [...new Set(reached)].filter((to) => open.includes(to))
  }

  /** Names that a file imports, one by one, from what is no part of the repository. */
  foreignNames(path: string): Set<string> {
    const facts = (this.imports.get(path) ?? []).filter(({ to, names }) => to === null && !names.includes('*'))
    const lines = new Set(facts.map(({ range }) => range.start))
    const raws = this.parsed.get(path)?.imports ?? []
    const known = new Set((this.imports.get(path) ?? []).flatMap(({ to, range }) => (to === null ? [] : [range.start])))
    return new Set(
      raws
        .filter(({ range }) => lines.has(range.start) && !known.has(range.start))
        .flatMap((raw) => raw.names.flatMap((name) => (name === '*' ? [] : namesHere(name, raw)))),
    )
  }

  /** Files that a file imports anything from. */
  filesOf(path: string): Set<string> {
    return new Set((this.imports.get(path) ?? []).flatMap(({ to }) => to ?? []))
  }

  private follow({ path, name, depth, seen }: Search): number {
    const own = this.index.top(path, name)
    const key = `${path}\n${name}`
    this.watched?.add(path)
    if (own >= 0 || depth > MAX_HOPS || seen.has(key)) return own
    seen.add(key)
    const next = { name, depth: depth + 1, seen }
    const declared = this.parsed.get(path)?.references?.exportedAs.find(([offered]) => offered === name)?.[1]
    if (declared !== undefined && declared !== name) {
      this.renamed.add(`${declared} ${name}`)
      const found = this.follow({ ...next, path, name: declared })
      if (found >= 0) return found
    }
    const { named, open } = this.bindingsOf(path)
    const binding = named.get(name)
    if (binding && binding.name !== '*') {
      if (binding.name !== name) this.renamed.add(`${binding.name} ${name}`)
      return this.follow({ ...next, path: binding.to, name: binding.name })
    }
    if (familyOf(path) === 'c') return -1
    for (const to of open) {
      const found = this.follow({ ...next, path: to })
      if (found >= 0) return found
    }
    return -1
  }

  private bindingsOf(path: string): Bindings {
    const known = this.bindings.get(path)
    if (known) return known
    const made: Bindings = { named: new Map(), open: [] }
    this.bindings.set(path, made)
    const parsed = this.parsed.get(path)
    const raws = Map.groupBy(parsed?.imports ?? [], ({ range }) => range.start)
    for (const fact of this.imports.get(path) ?? []) {
      const raw = raws.get(fact.range.start)?.find(({ specifier }) => isSame(specifier, fact.specifier))
      if (raw && fact.to !== null) this.bind(made, { ...fact, to: fact.to }, raw)
    }
    return made
  }

  private bind({ named, open }: Bindings, fact: ImportFact & { to: string }, raw: RawImport): void {
    const { to, names } = fact
    const family = familyOf(fact.from)
    if (family === 'Go') {
      const packageName = this.parsed.get(to)?.packageName ?? ''
      named.set(raw.alias ?? packageName, { to: spaceOf(to, packageName) ?? '', name: '*' })
      return
    }
    if (family === 'c') {
      // The names of an include are those that are used; what it includes in turn is known here too.
      open.push(to)
      return
    }
    const opens = names.includes('*') && isOpening(family, raw)
    if (opens) open.push(to)
    for (const name of names) {
      // In Rust `use a::{self}` and `use a::*` look alike here.
      const isModule = name === '*' && (!opens || family === 'Rust')
      for (const here of name === '*' ? (isModule ? moduleNames(family, to, raw) : []) : namesHere(name, raw))
        named.set(here, { to, name })
    }
  }
}

/** What a file calls an imported name. */
function namesHere(name: string, { renames, names, alias }: RawImport): string[] {
  const renamed = (renames ?? []).flatMap(([here, there]) => (there === name ? [here] : []))
  if (renamed.length > 0) return renamed
  return [names.length === 1 && alias !== null ? alias : name]
}

/** Some resolvers show a specifier without the `./` that says it is relative. */
function isSame(raw: string, shown: string): boolean {
  return raw === shown || raw === `./${shown}`
}

function isOpening(family: string, { names, alias, specifier }: RawImport): boolean {
  if (family === 'javascript' || family === 'Lua') return alias === null
  if (family === 'Python') return names.includes('*') && alias === null
  if (family === 'Rust') return names.includes('*') && /::|^(?:super|self|crate)$/.test(specifier)
  return true
}

/** Names a file knows a whole module by. */
function moduleNames(family: string, to: string, { alias, renames, specifier, names }: RawImport): string[] {
  if (family === 'javascript' || family === 'Lua') return alias === null ? [] : [alias]
  const stem = to.slice(to.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const own = /^(?:__init__|mod|lib|main)$/.test(stem) ? dirOf(to).slice(dirOf(to).lastIndexOf('/') + 1) : stem
  const renamed = (renames ?? []).flatMap(([here, there]) => (there === own || there === '*' ? [here] : []))
  if (renamed.length > 0) return renamed
  if (family === 'Python' && names.includes('*')) {
    const isWhole = alias !== null && (!specifier.includes('.') || alias !== specifier.split('.')[0])
    return isWhole ? [alias] : [own]
  }
  if (family === 'Rust' && names.includes('*')) return [specifier.replace(/^mod /, '').split('::').at(-1) ?? own]
  return [own]
}

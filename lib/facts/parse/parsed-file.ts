import type { EntryPointFact, FlagFact, RouteFact, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import type { Grammar } from '#lib/facts/languages.ts'

/** An import as written, before it is known which file it leads to. */
export interface RawImport {
  specifier: string
  /** Names as exported by the target; `*` for all; empty when only its side effects are wanted. */
  names: string[]
  /** The imported names are offered again to whoever imports this file. */
  reexports: boolean
  /** Name the importing file knows a whole module by; null when it has none. */
  alias: string | null
  range: SourceRange
}

export interface EnvironmentRead {
  name: string
  default: string | null
  help: string | null
  range: SourceRange
}

/** Everything one file says by itself: plain data, so that it can be cached by blob id and sent between threads. */
export interface ParsedFile {
  header: { text: string; range: SourceRange } | null
  symbols: SymbolFact[]
  imports: RawImport[]
  /** Names listed as the file's public ones (`__all__`); null when there is no such list. */
  offered: string[] | null
  environment: EnvironmentRead[]
  flags: FlagFact[]
  routes: RouteFact[]
  entryPoints: EntryPointFact[]
  tests: { framework: string; cases: string[] } | null
  /** Distinct identifiers of a test file or a Go file, sorted: what it may touch. */
  uses: string[]
  /** Go: names selected from each package alias, `alias.Name`. */
  selected: [alias: string, names: string[]][]
  /** Go: name of the package clause. */
  packageName: string | null
  /** Grammar of a script that its first line gives away; null when its name does. */
  grammar: Grammar | null
  /** The text has syntax errors; what could be read around them is here. */
  hasErrors: boolean
}

export function emptyParsedFile(): ParsedFile {
  return {
    header: null,
    symbols: [],
    imports: [],
    offered: null,
    environment: [],
    flags: [],
    routes: [],
    entryPoints: [],
    tests: null,
    uses: [],
    selected: [],
    packageName: null,
    grammar: null,
    hasErrors: false,
  }
}

import type {
  ColumnFact,
  CommandFact,
  ConfigurationKeyFact,
  DataModelFact,
  EntryPointFact,
  FlagFact,
  RouteFact,
  ScriptFact,
  SourceRange,
  SymbolFact,
} from '#lib/domain/facts.ts'
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
  /** Names that are known here by another than the target gives them: `[here, there]`. */
  renames?: [here: string, there: string][]
  range: SourceRange
}

/** What a type is built on, by name. */
export interface FileHeritage {
  /** Index in `symbols` of the file. */
  symbol: number
  name: string
  relation: 'extend' | 'implement'
}

/** Words that may refer to symbols, before it is known which. Rows of numbers are packed into texts. */
export interface FileUses {
  /** Distinct words; the numbers below point into them. */
  words: string[]
  /** Per use: word, symbol it stands in (index in `symbols`, -1 outside), line, shape, word of the qualifier or -1. */
  uses: string
  /** Per local with a known type: symbol it belongs to, word of the local, word of the type. */
  typed: string
  heritage: FileHeritage[]
  /** JavaScript: names the file offers by a list or as its default. */
  exportedAs: [offered: string, declared: string][]
}

export interface EnvironmentRead {
  name: string
  default: string | null
  help: string | null
  range: SourceRange
}

/** What is known before the places that use it are: they stand in other files. */
export interface RawFlag extends Omit<FlagFact, 'usedIn'> {
  /** Name that the flag's command goes by in the code, where that is put together elsewhere. */
  owner?: string | null
}
export interface RawCommand extends CommandFact {
  /** What the code knows it by: see `CommandMount`. */
  names?: string[]
  /** It is the program itself where it has commands of its own and hangs below none. */
  mayBeProgram?: boolean
}
export type RawModel = Omit<DataModelFact, 'usedIn'>
export type RawKey = Omit<ConfigurationKeyFact, 'usedIn'>
export type RawScript = Omit<ScriptFact, 'usedIn' | 'help'> & { help?: string | null }
export interface RawRoute extends Omit<RouteFact, 'usedIn'> {
  /** Name the file knows its router by; null when nothing can be put in front of the path. */
  router: string | null
}

/** A router hung below another one, perhaps of another file. */
export interface RouteMount {
  /** Variable of the file that holds the outer router. */
  parent: string
  prefix: string
  /** Name of the inner router in the file that makes it. */
  child: string
  /** The import that brings the inner router, with the name imported; null when it is made in this file. */
  from: { specifier: string; name: string } | null
}

/** A command hung below another one. Names with a dot are known in one file only, others in its whole package. */
export interface CommandMount {
  parent: { name: string; from: string | null }
  /** `from` is the import that brings it. */
  child: { name: string; from: string | null }
  /** What it is called there, where that is said. */
  name?: string | null
}

/** A change to the tables of a database, as migrations make it one after the other. */
export interface SchemaStep {
  kind: 'create' | 'add' | 'drop' | 'rename' | 'alter' | 'drop table' | 'rename table'
  table: string
  /** What is created, added or altered. */
  columns: ColumnFact[]
  /** Column that is dropped, or the old name of the one that is renamed. */
  column: string | null
  /** New name. */
  to: string | null
  source: string
  range: SourceRange
}

/** A call that makes a program serve. Whether it is part of a program other files tell. */
export interface RawServer {
  /** What is called, as the code writes it: `app.listen`. */
  name: string
  /** It happens as soon as the file runs. */
  runs: boolean
  range: SourceRange
}

/** Everything the code of one file offers to people and programs. */
export interface CodeInterfaces {
  flags: RawFlag[]
  commands: RawCommand[]
  commandMounts: CommandMount[]
  routes: RawRoute[]
  mounts: RouteMount[]
  models: RawModel[]
  schemaSteps: SchemaStep[]
  keys: RawKey[]
  variables: EnvironmentRead[]
  servers: RawServer[]
  /** Where a name that an interface may be known by stands: `/path`, `options.name`. */
  mentions: { name: string; line: number }[]
}

/** Everything one file says by itself: plain data, so that it can be cached by blob id and sent between threads. */
export interface ParsedFile extends CodeInterfaces {
  header: { text: string; range: SourceRange } | null
  symbols: SymbolFact[]
  imports: RawImport[]
  /** Names listed as the file's public ones (`__all__`); null when there is no such list. */
  offered: string[] | null
  environment: EnvironmentRead[]
  entryPoints: EntryPointFact[]
  tests: { framework: string; cases: string[] } | null
  /** Distinct identifiers, sorted, of languages whose files see each other without importing anything. */
  uses: string[]
  /** What the code of the file refers to; null when that was not looked for. */
  references: FileUses | null
  /** Go: names selected from each package alias, `alias.Name`. */
  selected: [alias: string, names: string[]][]
  /** Go: name of the package clause. */
  packageName: string | null
  /** Grammar of a script that its first line gives away; null when its name does. */
  grammar: Grammar | null
  /** The text has syntax errors; what could be read around them is here. */
  hasErrors: boolean
}

export function noInterfaces(): CodeInterfaces {
  return {
    flags: [],
    commands: [],
    commandMounts: [],
    routes: [],
    mounts: [],
    models: [],
    schemaSteps: [],
    keys: [],
    variables: [],
    servers: [],
    mentions: [],
  }
}

export function emptyParsedFile(): ParsedFile {
  return {
    header: null,
    symbols: [],
    imports: [],
    offered: null,
    environment: [],
    ...noInterfaces(),
    entryPoints: [],
    tests: null,
    uses: [],
    references: null,
    selected: [],
    packageName: null,
    grammar: null,
    hasErrors: false,
  }
}

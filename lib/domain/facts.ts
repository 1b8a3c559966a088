import type { RepoType } from '#lib/domain/kinds.ts'

/** A place in the repository at the commit. Lines are 1-based and inclusive. */
export interface SourceRange {
  path: string
  start: number
  end: number
}

export const FILE_ROLES = [
  'source',
  'test',
  'example',
  'docs',
  'config',
  'generated',
  'vendored',
  'binary',
  'other',
] as const
export type FileRole = (typeof FILE_ROLES)[number]

export interface FileFact {
  path: string
  /** Git blob id: the cache key of everything parsed from it. */
  oid: string
  bytes: number
  lines: number
  /** Display name such as `TypeScript`; null when unknown. */
  language: string | null
  role: FileRole
  /** First sentences of the comment at the top of the file, plain text; null when there is none. */
  header: { text: string; range: SourceRange } | null
  /** Why the file was not parsed; null when it was or when its language has no parser. */
  skipped: string | null
}

export const SYMBOL_KINDS = [
  'function',
  'class',
  'method',
  'property',
  'interface',
  'type',
  'enum',
  'constant',
  'variable',
  'component',
] as const
export type SymbolKind = (typeof SYMBOL_KINDS)[number]

export interface ParameterFact {
  name: string
  /** As written; null when the code gives none. */
  type: string | null
  default: string | null
  optional: boolean
  doc: string | null
}

export interface DocComment {
  /** First paragraph, plain text on one line. */
  summary: string
  /** The rest, Markdown as written, without tags; empty when there is none. */
  body: string
  /** From line `at` (0-based) of the body on, its lines are line `line` of the file and those after; absent: unknown. */
  bodyLines?: [at: number, line: number][]
  params: Record<string, string>
  returns: string | null
  raises: string[]
  examples: string[]
  deprecated: string | null
  range: SourceRange
}

export interface SymbolFact {
  /** `path#Qualified.name`, unique (a `~2` suffix tells overloads apart). */
  id: string
  name: string
  /** Name with its parents: `Class.method`. */
  qualified: string
  kind: SymbolKind
  /** Part of what the file offers to others, by the rules of its language. */
  public: boolean
  /** Declaration as written, without body, white space folded. */
  signature: string
  params: ParameterFact[]
  returns: string | null
  parent: string | null
  doc: DocComment | null
  /** From the first decorator or modifier to the end of the body. */
  range: SourceRange
  /** Lines of the declaration alone, without body. */
  declaration: SourceRange
  /** SHA-256 of the lines of `range`, white space folded, first 16 hex digits. */
  hash: string
}

export interface ImportFact {
  from: string
  /** File of this repository the import resolves to; null for a package. */
  to: string | null
  /** As written in the code. */
  specifier: string
  /** Imported names as exported by the target; `*` for all. */
  names: string[]
  range: SourceRange
}

/** A name that a package of the repository offers to the programs that import it. */
export interface OfferedFact {
  /** What an importing program writes: `hono/jsx`, `click`. */
  from: string
  name: string
  /** File that `from` leads to. */
  entry: string
  /** Id of the symbol behind the name, wherever it is declared. */
  symbol: string
}

/** How source files and symbols hang together. Columns stand beside `files` and `symbols`, entry by entry. */
export interface ShapeFacts {
  /** 0 for a file that uses no other, else one above the highest layer it uses; files in a circle share one. -1: no source. */
  fileLayer: number[]
  /** Number of the group of files that use each other most; -1: no source. */
  fileCommunity: number[]
  /** PageRank over the uses between symbols, 0–1. */
  symbolRank: number[]
}

/** How code uses a symbol, the strongest first: of several uses at one place the first in this list is told. */
export const REFERENCE_KINDS = ['extend', 'implement', 'create', 'call', 'type', 'use'] as const
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

/**
 * Uses of symbols in columns: entry `i` of every column belongs to one edge, which joins what uses a symbol (a symbol, or
 * a file outside its symbols) with that symbol. Sorted by file, then line.
 */
export interface ReferenceFacts {
  /** Index in `files`. */
  file: number[]
  /** Index in `symbols` of the innermost one the use stands in; -1 outside, and in tests and examples. */
  symbol: number[]
  /** First line of that use. */
  line: number[]
  /** Index in `symbols` of what is used. */
  target: number[]
  /** Index in `REFERENCE_KINDS`. */
  kind: number[]
  /** 1: the rules of the language lead there. 0: inferred, because no other symbol near has the name. */
  exact: number[]
}

export interface ScriptFact {
  name: string
  command: string
  /** `npm`, `make`, `just`, `tox`, `poetry` …: how it is run. */
  runner: string
  /** The exact line a person types; empty for what only a machine starts (a CI job). */
  invocation: string
  /** What the file says about it, one line. */
  help: string | null
  range: SourceRange
  /** Places that start it again: other scripts, CI. */
  usedIn: SourceRange[]
}

export interface DependencyFact {
  name: string
  range: string
  kind: 'runtime' | 'development' | 'optional' | 'peer' | 'build'
  source: SourceRange
}

export interface EntryPointFact {
  kind: 'binary' | 'main' | 'export' | 'server'
  name: string
  /** File of this repository it leads to; null when it cannot be told. */
  path: string | null
  range: SourceRange
}

export interface FlagFact {
  /** `--name`, with aliases as written. */
  name: string
  aliases: string[]
  command: string | null
  type: string | null
  default: string | null
  help: string | null
  range: SourceRange
  /** Places that read its value. */
  usedIn: SourceRange[]
}

/** A command or sub-command of a program. */
export interface CommandFact {
  /** Words a person types after the program's name: `issue create`. */
  name: string
  aliases: string[]
  help: string | null
  range: SourceRange
}

export interface EnvironmentFact {
  name: string
  default: string | null
  help: string | null
  /** First the place that defines or first reads it. */
  ranges: SourceRange[]
}

export interface RouteFact {
  method: string
  path: string
  handler: string | null
  range: SourceRange
  /** Places that name the path again: clients, other handlers. */
  usedIn: SourceRange[]
}

export interface ColumnFact {
  name: string
  /** As written; null when the code gives none. */
  type: string | null
  nullable: boolean
  default: string | null
  /** Part of the primary key. */
  key: boolean
  unique: boolean
  references: { table: string; column: string | null } | null
  help: string | null
  range: SourceRange
}

export interface DataModelFact {
  /** Table as the database knows it; the model's own name where the code does not say. */
  name: string
  /** Class or constant that stands for it in the code. */
  symbol: string | null
  /** How it is declared: `sql`, `prisma`, `drizzle`, `sqlalchemy`, `django`, `rails`, `typeorm` … */
  source: string
  help: string | null
  columns: ColumnFact[]
  /** Links to other tables that are no column of this one. */
  relations: { name: string; table: string; many: boolean }[]
  range: SourceRange
  /** Places that name its class or constant again. */
  usedIn: SourceRange[]
}

export interface ConfigurationKeyFact {
  /** Dotted path in the file: `server.port`. */
  name: string
  type: string | null
  default: string | null
  help: string | null
  /** Class, struct or file that holds it. */
  owner: string
  range: SourceRange
  /** Places that read it. */
  usedIn: SourceRange[]
}

export interface DocumentFact {
  path: string
  title: string | null
  sections: SectionFact[]
  /** Place in the navigation file of the documentation site; absent when none names it. */
  place?: number
}

export interface SectionFact {
  heading: string
  level: number
  /** Markdown or reStructuredText below the heading, up to the next heading of any level. */
  text: string
  range: SourceRange
  /** Line on which `text` begins. */
  textStart: number
}

export interface TestFact {
  path: string
  framework: string | null
  cases: string[]
  /** Symbol ids whose names the test uses within its imports. */
  touches: string[]
}

/** Code that shows how something of the repository is used. */
export interface ExampleFact {
  /** A code block of a document, the examples of a doc comment, or a whole file of examples. */
  kind: 'document' | 'doctest' | 'file'
  /** As a block names it, or the language of the file; null when it cannot be told. */
  language: string | null
  range: SourceRange
  /** Symbol ids: by references in files, by the names that packages offer in blocks and comments. */
  touches: string[]
}

export interface ModuleFact {
  /** Directory the files live in; `.` is the root. */
  path: string
  files: string[]
  /** Header of its index file, package comment or README, one line; null when there is none. */
  summary: { text: string; range: SourceRange } | null
  /** Modules it imports, with the number of imports between them. */
  imports: { module: string; count: number; example: SourceRange }[]
  importedBy: string[]
  /** Sum of the PageRank of its files, 0–1. */
  rank: number
}

export interface ManifestFact {
  path: string
  kind:
    | 'npm'
    | 'pypi'
    | 'go'
    | 'cargo'
    | 'maven'
    | 'gradle'
    | 'nuget'
    | 'gem'
    | 'composer'
    | 'hex'
    | 'swift'
    | 'cmake'
    | 'other'
  name: string | null
  version: string | null
  description: string | null
  /** Where the description stands; absent: unknown. */
  descriptionAt?: SourceRange
  license: string | null
}

/** A file that keeps several packages of the repository together. */
export interface WorkspaceFact {
  kind: 'npm' | 'pnpm' | 'cargo' | 'uv' | 'poetry' | 'go' | 'maven' | 'gradle'
  path: string
  /** Their manifests. */
  packages: string[]
}

/** Everything known about a repository at one commit. Arrays are sorted by path, then line, so that they compare. */
export interface Facts {
  format: 1
  name: string
  description: { text: string; range: SourceRange } | null
  commit: string
  /** ISO 8601 UTC time of the commit. */
  committedAt: string
  repoType: RepoType
  /** Why `repoType` was chosen, one sentence each. */
  repoTypeReasons: string[]
  license: { name: string; range: SourceRange } | null
  languages: { language: string; files: number; bytes: number }[]
  manifests: ManifestFact[]
  workspaces: WorkspaceFact[]
  /** Keywords that the project's own manifests give it. */
  topics: string[]
  files: FileFact[]
  modules: ModuleFact[]
  symbols: SymbolFact[]
  imports: ImportFact[]
  references: ReferenceFacts
  offered: OfferedFact[]
  entryPoints: EntryPointFact[]
  scripts: ScriptFact[]
  dependencies: DependencyFact[]
  flags: FlagFact[]
  commands: CommandFact[]
  environment: EnvironmentFact[]
  routes: RouteFact[]
  dataModels: DataModelFact[]
  configurationKeys: ConfigurationKeyFact[]
  documents: DocumentFact[]
  tests: TestFact[]
  examples: ExampleFact[]
  /** PageRank per file path, 0–1. */
  fileRank: Record<string, number>
  shape: ShapeFacts
  /** Limits that were reached, one sentence each; empty when everything was read. */
  limits: string[]
}

import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { type Grammar, languageOf } from '#lib/facts/languages.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'
import { bashResolver } from './bash.ts'
import { includeResolver } from './c.ts'
import { elixirResolver } from './elixir.ts'
import { goResolver } from './go.ts'
import { includeFolders } from './include-folders.ts'
import { javascriptResolver } from './javascript.ts'
import { luaResolver } from './lua.ts'
import { namespaceResolver } from './namespaces.ts'
import { phpResolver } from './php.ts'
import { pythonResolver } from './python.ts'
import { rubyResolver } from './ruby.ts'
import { rustResolver } from './rust.ts'
import { offeredByCrates } from './rust-offered.ts'
import { swiftModules } from './swift.ts'

interface Imports {
  imports: ImportFact[]
  /** References between files that no import statement names. */
  references: Edge[]
  /** Names each file of a Rust library crate offers to other crates. */
  offeredByRust: Map<string, Set<string>>
}

type Resolve = (from: string, raw: RawImport) => ImportFact[]

/** Languages that use each other's classes by name. */
const JVM = /\.(?:java|kts?|scala|sc)$/

/** Imports with the file each leads to, as the language of the importing file finds it. */
export function importFacts(
  { files, parsed, texts }: Collected,
  manifests: Manifests,
  paths: ReadonlySet<string> = new Set(files.map(({ path }) => path)),
): Imports {
  const crates = manifests.packages.flatMap(({ crate }) => (crate ? [crate] : []))
  const javascript = javascriptResolver(paths, manifests.npm, texts)
  const go = goResolver(paths, parsed, manifests.goModules)
  const rust = rustResolver(paths, parsed, crates)
  const byName = { separator: '.', seesEnclosing: false, sees: JVM }
  const java = namespaceResolver(parsed, { ...byName, ending: /\.java$/ })
  const kotlin = namespaceResolver(parsed, { ...byName, ending: /\.kts?$/ })
  const scala = namespaceResolver(parsed, { ...byName, ending: /\.(?:scala|sc)$/, seesEnclosing: true })
  const modules = { separator: '.', seesEnclosing: false, packageOf: swiftModules(texts) }
  // Members of an extension stand at the top of its file, and are no names of the module.
  const isNamed = ({ name, qualified }: SymbolFact) => name === qualified
  const swift = namespaceResolver(parsed, { ...modules, ending: /\.swift$/, isNamed })
  const elixir = elixirResolver(parsed)
  const csharp = namespaceResolver(parsed, { ending: /\.cs$/, separator: '.', seesEnclosing: true })
  const php = namespaceResolver(parsed, { ending: /\.php$/, separator: '\\', seesEnclosing: false })
  const resolvers = {
    ...pathResolvers(paths, (specifier, from) => javascript.resolve(specifier, from)),
    go: go.resolve,
    rust: rust.resolve,
    java: java.resolve,
    cpp: includeResolver(paths, parsed, includeFolders(texts)),
    'c-sharp': csharp.resolve,
    php: phpResolver(paths, manifests.packages, php.resolve),
    kotlin: kotlin.resolve,
    elixir: elixir.resolve,
    scala: scala.resolve,
    swift: swift.resolve,
  } satisfies Record<Grammar, Resolve>
  const imports: ImportFact[] = []
  for (const [from, file] of parsed) {
    const grammar = file.grammar ?? languageOf(from)?.grammar
    for (const raw of file.imports) if (grammar) imports.push(...resolvers[grammar](from, raw))
  }
  return {
    imports,
    references: [go, java, csharp, php, kotlin, scala, swift, elixir].flatMap(({ references }) => references()),
    offeredByRust: offeredByCrates(parsed, crates, rust),
  }
}

type PathGrammar = 'typescript' | 'tsx' | 'python' | 'ruby' | 'bash' | 'lua'

/** Languages whose imports lead to paths, whatever the files there say. */
export function pathResolvers(
  paths: ReadonlySet<string>,
  javascript: (specifier: string, from: string) => string | null,
): Record<PathGrammar, Resolve> {
  const resolveJavascript: Resolve = (from, { specifier, names, range }) => [
    { from, to: javascript(specifier, from), specifier, names, range },
  ]
  return {
    typescript: resolveJavascript,
    tsx: resolveJavascript,
    python: pythonResolver(paths),
    ruby: rubyResolver(paths),
    bash: bashResolver(paths),
    lua: luaResolver(paths),
  }
}

/** Whether imports of a language lead to paths, whatever the files there say. */
export function isPathGrammar(grammar: Grammar): grammar is PathGrammar {
  return /^(?:typescript|tsx|python|ruby|bash|lua)$/.test(grammar)
}

import type { Facts, FileFact, ImportFact, ModuleFact, SymbolFact } from '#lib/domain/facts.ts'
import { goneLinks } from './own-forge.ts'
import type { QuoteContext } from './quote-markdown.ts'

/** Look-ups over facts that several pages need; built once per facts object. */
export interface FactsIndex {
  files: Map<string, FileFact>
  /** Files a reader of the reference expects, with their module. */
  documented: FileFact[]
  moduleOf: Map<string, string>
  modules: Map<string, ModuleFact>
  /** Public symbols without a public parent, per file, in line order. */
  topLevel: Map<string, SymbolFact[]>
  /** Public members per symbol id, in line order. */
  members: Map<string, SymbolFact[]>
  importsOf: Map<string, ImportFact[]>
  testsOf: Map<string, string[]>
  hasPath(path: string): boolean
  /** Whether a link leads to a file of this repository that it does not have. */
  isGone(href: string): boolean
}

const indexes = new WeakMap<Facts, FactsIndex>()

export function factsIndex(facts: Facts): FactsIndex {
  const known = indexes.get(facts)
  if (known) return known
  const index = build(facts)
  indexes.set(facts, index)
  return index
}

/** Context for quoting text that came from a file of this language. */
export function quoteContext(index: FactsIndex, language: string | null): QuoteContext {
  return { hasPath: index.hasPath, isGone: index.isGone, language: fenceLanguage(language) }
}

/** Info string of a fenced block for a language's display name. */
export function fenceLanguage(language: string | null): string {
  if (!language) return ''
  const name = language.toLowerCase()
  return FENCE_NAMES[name] ?? name.replace(/[^a-z0-9+#-]/g, '')
}

/** Whether imports of a language name a file or a package instead of what is wanted of it. */
export function importsNameFiles(language: string | null | undefined): boolean {
  return /^(?:Go|C|C\+\+|Objective-C)$/.test(language ?? '')
}

const FENCE_NAMES: Record<string, string> = {
  typescript: 'ts',
  javascript: 'js',
  shell: 'sh',
  'c++': 'cpp',
  'c#': 'csharp',
  makefile: 'make',
  restructuredtext: 'rst',
}

function build(facts: Facts): FactsIndex {
  const isNotice = noticesIn(facts.files)
  const files = new Map(
    facts.files.map((file) => [file.path, isNotice(file.header?.text) ? { ...file, header: null } : file]),
  )
  const roles = facts.repoType === 'tests' ? ['source', 'test'] : ['source']
  const documented = facts.files.filter((file) => roles.includes(file.role) && file.language !== null)
  const paths = withFolders(facts.files)
  const hasPath = (path: string) => paths.has(path.replace(/^\.\//, '').replace(/\/+$/, ''))
  const { topLevel, members } = publicSymbols(facts, new Set(documented.map((file) => file.path)))
  return {
    files,
    documented,
    moduleOf: new Map(facts.modules.flatMap((module) => module.files.map((path) => [path, module.path] as const))),
    modules: new Map(
      facts.modules.map((module) => [
        module.path,
        isNotice(module.summary?.text) ? { ...module, summary: null } : module,
      ]),
    ),
    topLevel,
    members,
    importsOf: Map.groupBy(
      facts.imports.filter((fact) => fact.to !== null && fact.to !== fact.from),
      (fact) => fact.to ?? '',
    ),
    testsOf: testsBySymbol(facts),
    hasPath,
    isGone: goneLinks(facts.documents, hasPath),
  }
}

/** The same comment at the top of many files is a notice of the project and says nothing about any of them. */
function noticesIn(files: FileFact[]): (text: string | undefined) => boolean {
  const counts = new Map<string, number>()
  for (const { header } of files) if (header) counts.set(header.text, (counts.get(header.text) ?? 0) + 1)
  return (text) => text !== undefined && (counts.get(text) ?? 0) >= FEWEST_OF_A_NOTICE
}

const FEWEST_OF_A_NOTICE = 4

function withFolders(files: FileFact[]): Set<string> {
  const paths = new Set<string>()
  for (const { path } of files) {
    paths.add(path)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) paths.add(path.slice(0, end))
  }
  return paths
}

function publicSymbols(facts: Facts, documented: Set<string>): Pick<FactsIndex, 'topLevel' | 'members'> {
  const twins = buildTwins(facts)
  const shown = facts.symbols.filter(
    (symbol) => symbol.public && documented.has(symbol.range.path) && !twins.has(symbol.id),
  )
  const byId = new Map(shown.map((symbol) => [symbol.id, symbol]))
  const topLevel = new Map<string, SymbolFact[]>()
  const members = new Map<string, SymbolFact[]>()
  for (const symbol of shown) {
    const parent = symbol.parent && (byId.get(symbol.parent) ?? byId.get(`${symbol.range.path}#${symbol.parent}`))
    if (parent && parent !== symbol) push(members, parent.id, symbol)
    else push(topLevel, symbol.range.path, symbol)
  }
  return { topLevel, members }
}

/** Ids of Go declarations that another file of the package has with the same signature: a build takes one of the two. */
function buildTwins(facts: Facts): Set<string> {
  const seen = new Map<string, string>()
  const twins = new Set<string>()
  for (const { id, qualified, signature, range } of facts.symbols) {
    if (!range.path.endsWith('.go')) continue
    const key = `${range.path.slice(0, range.path.lastIndexOf('/') + 1)}#${qualified}#${signature}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, range.path)
    else if (first !== range.path) twins.add(id)
  }
  return twins
}

function testsBySymbol(facts: Facts): Map<string, string[]> {
  const tests = new Map<string, string[]>()
  for (const test of facts.tests) for (const id of test.touches) push(tests, id, test.path)
  return tests
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import { withCSurface } from './c-surface.ts'
import type { Collected } from './collected.ts'
import { dirOf } from './imports/paths.ts'
import { javaSurface } from './java-surface.ts'
import { byPlace, byText } from './order.ts'

/**
 * Symbols of the source files; tests, examples and generated code do not define what the project offers. Two rules need
 * more than one file: a Python module whose name begins with an underscore offers only what a public module imports
 * from it, and a Go method belongs to its type wherever in the package that stands.
 */
export function symbolFacts(
  collected: Collected,
  imports: ImportFact[],
  offeredByRust: Map<string, Set<string>>,
): SymbolFact[] {
  const all = collected.files
    .filter(({ role }) => role === 'source')
    .flatMap(({ path }) => collected.parsed.get(path)?.symbols ?? [])
  const offered = offeredFromPrivateModules(collected, imports)
  const isExported = javaSurface(collected)
  const goTypes = new Map(
    all.filter(({ parent, range }) => parent === null && range.path.endsWith('.go')).map((one) => [keyOf(one), one]),
  )
  return withCSurface(all)
    .map((symbol) => withOwner(symbol, goTypes))
    .map((symbol) => (isOffered(symbol, offered) && !isForFrameworks(symbol) ? symbol : hidden(symbol)))
    .map((symbol) => (isOfferedByCrate(symbol, offeredByRust) && isExported(symbol) ? symbol : hidden(symbol)))
    .sort((a, b) => byPlace(a.range, b.range) || byText(a.id, b.id))
}

function hidden(symbol: SymbolFact): SymbolFact {
  return symbol.public ? { ...symbol, public: false } : symbol
}

function keyOf({ range, qualified }: SymbolFact): string {
  return `${dirOf(range.path)}#${qualified}`
}

function withOwner(symbol: SymbolFact, goTypes: Map<string, SymbolFact>): SymbolFact {
  const { parent, qualified, name, range } = symbol
  if (parent !== null || qualified === name || !range.path.endsWith('.go')) return symbol
  const owner = goTypes.get(`${dirOf(range.path)}#${qualified.slice(0, -name.length - 1)}`)
  return owner ? { ...symbol, parent: owner.id } : symbol
}

const PRIVATE_MODULE = /(?:^|\/)_(?!_init__\.pyi?$|_main__\.py$)[^/]*(?:\/|\.pyi?$)/

/** Whether Python keeps a module, or a package around it, to itself. */
export function isPrivateModule(path: string): boolean {
  return /\.pyi?$/.test(path) && PRIVATE_MODULE.test(path)
}

/** Names that public Python modules import from private ones, per private file. */
function offeredFromPrivateModules(collected: Collected, imports: ImportFact[]): Map<string, Set<string>> {
  const offered = new Map<string, Set<string>>()
  const isSource = new Set(collected.files.filter(({ role }) => role === 'source').map(({ path }) => path))
  for (const { from, to, names } of imports) {
    const isPackage = /(?:^|\/)__init__\.pyi?$/.test(from) || collected.parsed.get(from)?.offered != null
    if (to === null || !isSource.has(from) || !isPackage || isPrivateModule(from) || !isPrivateModule(to)) continue
    const known = offered.get(to) ?? new Set<string>()
    const listed = collected.parsed.get(from)?.offered
    for (const name of names) if (!listed || listed.includes(name) || name === '*') known.add(name)
    offered.set(to, known)
  }
  return offered
}

function isOffered({ range, qualified }: SymbolFact, offered: Map<string, Set<string>>): boolean {
  if (!isPrivateModule(range.path)) return true
  const names = offered.get(range.path)
  return names !== undefined && (names.has('*') || names.has(qualified.split('.')[0] ?? ''))
}

/** In a library crate `pub` reaches other crates through public modules and `pub use` alone. */
function isOfferedByCrate({ range, qualified, signature }: SymbolFact, offered: Map<string, Set<string>>): boolean {
  const names = offered.get(range.path)
  if (names === undefined || names.has('*') || signature.startsWith('macro_rules!')) return true
  return names.has(qualified.split('::')[0] ?? '')
}

const NEXT_FILE = /(?:^|\/)app\/(?:.*\/)?(?:page|layout|route|template|default)\.[jt]sx?$/
const NEXT_SETTINGS =
  /^(?:dynamic|dynamicParams|revalidate|fetchCache|runtime|preferredRegion|maxDuration|experimental_ppr|metadata|viewport)$/

/** Django, Alembic, Rails, Laravel, Ecto, and what numbers its files by the second as Knex and TypeORM do. */
const MIGRATION =
  /(?:^|\/)(?:migrations\/\d{4}_\w+\.py|(?:alembic|migrations)\/versions\/\w+\.py|db\/migrate\/\d{8,}_\w+\.rb|database\/migrations\/\d{4}_\d\d_\d\d_\w+\.php|priv\/(?:[\w-]+\/)*migrations\/\d+_\w+\.exs|migrations?\/\d{10,}[-_][\w-]+\.[cm]?[jt]s)$/

/** What only a framework calls: settings of a route that Next reads from its file, and steps of a database. */
function isForFrameworks({ range, qualified }: SymbolFact): boolean {
  return (NEXT_SETTINGS.test(qualified) && NEXT_FILE.test(range.path)) || MIGRATION.test(range.path)
}

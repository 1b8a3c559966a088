import type { EntryPointFact, FileFact, OfferedFact, SymbolFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { byText } from '#lib/facts/order.ts'
import type { ImportScope, Parsed } from './import-scope.ts'
import { familyOf, type SymbolIndex } from './symbol-index.ts'

/** Where programs enter a package: what an importing program writes, and the file it gets. */
export interface PackageEntry {
  from: string
  path: string
}

/** An entry with the names it offers, and every file that was looked into for that. */
export interface OfferedEntry extends PackageEntry {
  facts: OfferedFact[]
  files: Set<string>
}

interface Names {
  parsed: Parsed
  index: SymbolIndex
  scope: ImportScope
}

/**
 * Names that an entry of a package offers to programs that import it, with the symbol behind each: what the entry files of
 * npm packages, Python packages and Rust crates declare or pass on, re-exports followed.
 */
export function offeredBy({ from, path }: PackageEntry, { parsed, index, scope }: Names): OfferedEntry {
  const { value, files } = scope.watch(() =>
    [...namesOffered(path, { parsed, scope }, new Set())].flatMap((name): OfferedFact[] => {
      const symbol = index.symbols.get(scope.offered(path, name))
      return symbol ? [{ from, name, entry: path, symbol: symbol.id }] : []
    }),
  )
  return { from, path, facts: value, files: files.add(path) }
}

/** What all entries offer, in order. */
export function offeredFacts(entries: OfferedEntry[]): OfferedFact[] {
  return entries
    .flatMap(({ facts }) => facts)
    .sort((a, b) => byText(a.from, b.from) || byText(a.name, b.name) || byText(a.entry, b.entry))
}

interface Sources {
  files: FileFact[]
  manifests: Pick<Manifests, 'packages'>
  entryPoints: EntryPointFact[]
}

/** The entries of all packages of the repository, each once. */
export function packageEntries({ files, manifests, entryPoints }: Sources): PackageEntry[] {
  const sources = files.flatMap(({ path, role }) => (role === 'source' ? [path] : []))
  const isSource = new Set(sources)
  const npm = entryPoints.flatMap(({ kind, name, path, range }): PackageEntry[] =>
    /^(?:export|main)$/.test(kind) && path !== null && /(?:^|\/)package\.json$/.test(range.path)
      ? [{ from: name, path }]
      : [],
  )
  const python = sources.flatMap((path): PackageEntry[] => {
    const dir = dirOf(path)
    const isTop = path.endsWith('/__init__.py') && !isSource.has(`${dirOf(dir)}/__init__.py`)
    return isTop ? [{ from: dir.slice(dir.lastIndexOf('/') + 1), path }] : []
  })
  const rust = manifests.packages.flatMap(({ crate }) => (crate ? [{ from: crate.name, path: crate.root }] : []))
  const seen = new Set<string>()
  return [...npm, ...python, ...rust].filter(({ from, path }) => {
    const key = `${from}\n${path}`
    if (seen.has(key) || !isSource.has(path)) return false
    seen.add(key)
    return true
  })
}

function namesOffered(path: string, names: Pick<Names, 'parsed' | 'scope'>, seen: Set<string>): Set<string> {
  const reached = names.scope.reexportedFiles(path)
  const parsed = names.parsed.get(path)
  if (!parsed || seen.has(path) || seen.size > 2_000) return new Set()
  seen.add(path)
  const family = familyOf(path)
  // `__all__` is the whole list; nothing else is offered.
  if (family === 'Python' && parsed.offered !== null) return new Set(parsed.offered)
  const listed = parsed.references?.exportedAs ?? []
  const renamed = listed.map(([offered]) => offered)
  // A default is offered as such, not by the name it has inside.
  const unnamed = new Set(listed.flatMap(([offered, declared]) => (offered === 'default' ? [declared] : [])))
  const own = parsed.symbols.filter((one) => isOffered(one) && !unnamed.has(one.name)).map(({ name }) => name)
  const passedOn = parsed.imports
    .filter(({ reexports }) => reexports)
    .flatMap(({ names: passed, renames }) =>
      passed.map((name) => (renames ?? []).find(([, there]) => there === name)?.[0] ?? name),
    )
    .filter((name) => name !== '*' && !(family === 'Python' && name.startsWith('_')))
  // `module.exports = require('./way')` hands on the default too; `export *` does not.
  const passesWhole = parsed.imports.some(({ reexports, renames }) => reexports && renames === undefined)
  const opened = reached.flatMap((next) =>
    [...namesOffered(next, names, seen)].filter((name) => name !== 'default' || passesWhole),
  )
  return new Set([...own, ...renamed, ...passedOn, ...opened])
}

function isOffered({ public: isPublic, parent, name, qualified }: SymbolFact): boolean {
  return isPublic && parent === null && name === qualified
}

import type { EntryPointFact, OfferedFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { byText } from '#lib/facts/order.ts'
import type { ImportScope } from './import-scope.ts'
import { familyOf, type SymbolIndex } from './symbol-index.ts'

interface Sources {
  collected: Collected
  manifests: Manifests
  entryPoints: EntryPointFact[]
  index: SymbolIndex
  scope: ImportScope
}

interface Entry {
  /** What an importing program writes. */
  from: string
  path: string
}

/**
 * Names that the packages of the repository offer to programs that import them, with the symbol behind each: what the
 * entry files of npm packages, Python packages and Rust crates declare or pass on, re-exports followed.
 */
export function offeredFacts(sources: Sources): OfferedFact[] {
  const { index, scope } = sources
  const facts = entriesOf(sources).flatMap(({ from, path }) =>
    [...namesOffered(path, sources, new Set())].flatMap((name): OfferedFact[] => {
      const symbol = index.symbols[scope.offered(path, name)]
      return symbol ? [{ from, name, entry: path, symbol: symbol.id }] : []
    }),
  )
  return facts.sort((a, b) => byText(a.from, b.from) || byText(a.name, b.name) || byText(a.entry, b.entry))
}

function entriesOf({ collected, manifests, entryPoints }: Sources): Entry[] {
  const sources = collected.files.flatMap(({ path, role }) => (role === 'source' ? [path] : []))
  const isSource = new Set(sources)
  const npm = entryPoints.flatMap(({ kind, name, path, range }): Entry[] =>
    /^(?:export|main)$/.test(kind) && path !== null && /(?:^|\/)package\.json$/.test(range.path)
      ? [{ from: name, path }]
      : [],
  )
  const python = sources.flatMap((path): Entry[] => {
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

function namesOffered(path: string, sources: Sources, seen: Set<string>): Set<string> {
  const parsed = sources.collected.parsed.get(path)
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
    .flatMap(({ names, renames }) =>
      names.map((name) => (renames ?? []).find(([, there]) => there === name)?.[0] ?? name),
    )
    .filter((name) => name !== '*' && !(family === 'Python' && name.startsWith('_')))
  // `module.exports = require('./way')` hands on the default too; `export *` does not.
  const passesWhole = parsed.imports.some(({ reexports, renames }) => reexports && renames === undefined)
  const opened = sources.scope
    .reexportedFiles(path)
    .flatMap((next) => [...namesOffered(next, sources, seen)].filter((name) => name !== 'default' || passesWhole))
  return new Set([...own, ...renamed, ...passedOn, ...opened])
}

function isOffered({ public: isPublic, parent, name, qualified }: SymbolFact): boolean {
  return isPublic && parent === null && name === qualified
}

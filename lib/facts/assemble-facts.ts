import type { Facts, FileFact, ImportFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Collected } from './collected.ts'
import { descriptionOf } from './description.ts'
import { inNavigation } from './document-order.ts'
import { exampleFacts } from './examples.ts'
import { rankFiles } from './graph.ts'
import { KnownPaths } from './imports/known-paths.ts'
import { importFacts } from './imports/resolve.ts'
import { followsImports, interfacesOf } from './interfaces/all.ts'
import { licenseOf } from './license.ts'
import { manifestsOf } from './manifests.ts'
import { modulesOf } from './modules.ts'
import { byPlace, byText } from './order.ts'
import { ImportScope } from './references/import-scope.ts'
import { readFiles } from './references/name-resolver.ts'
import { offeredBy, offeredFacts, packageEntries } from './references/offered-names.ts'
import { referenceFacts } from './references/references.ts'
import { SymbolIndex } from './references/symbol-index.ts'
import { repoTypeOf } from './repo-type.ts'
import { shapeFacts } from './shape/shape.ts'
import { columnsOf } from './symbol-columns.ts'
import { listOf, type SymbolList } from './symbol-list.ts'
import { symbolFacts } from './symbols.ts'
import { testFacts } from './tests.ts'
import { topicsOf } from './topics.ts'
import type { Trace } from './trace.ts'
import { workspacesOf } from './workspaces.ts'

interface Request {
  snapshot: Snapshot
  name: string
  collected: Collected
}

/** Facts, and what makes the next ones cheap when little changed. */
export interface Assembled {
  facts: Facts
  /** Those of the facts. */
  symbols: SymbolList
  trace: Trace
}

/** Puts together what the single files say: resolves imports, ranks, groups into modules, sorts everything. */
export function assembleFacts({ snapshot, name, collected }: Request): Assembled {
  const { files, documents, texts, limits, parsed } = collected
  const isOwn = new Map(
    files.map(({ path, role }) => [path, role === 'config' || role === 'source' || role === 'docs']),
  )
  const paths = new KnownPaths([...isOwn.keys()])
  const { value: manifests, found: usedByManifests } = paths.watch(() =>
    manifestsOf(texts, (path) => isOwn.get(path) ?? false, paths),
  )
  const { imports: found, references, offeredByRust } = importFacts(collected, manifests, paths)
  const imports = found.sort(byImport)
  const symbols = symbolFacts(collected, imports, offeredByRust)
  const packageNames = packageNamesOf(parsed)
  const columns = columnsOf(symbols)
  const table = { symbols: listOf(symbols), columns }
  const index = new SymbolIndex(table.symbols, columns, packageNames)
  const scope = new ImportScope(index, parsed, imports)
  const { facts: uses, ...names } = referenceFacts(readFiles(collected), { index, scope })
  const fileRank = rankFiles(files, imports, references)
  const { value: interfaces, found: usedByInterfaces } = paths.watch(() =>
    interfacesOf({ collected, manifests, symbols, imports, paths }),
  )
  const entries = packageEntries({ files, manifests, entryPoints: interfaces.entryPoints })
  const offering = entries.map((entry) => offeredBy(entry, { parsed, index, scope }))
  const offered = offeredFacts(offering)
  const languages = languagesOf(files)
  const description = descriptionOf(manifests, documents, { name, language: languages[0]?.language ?? null })
  const evidence = { files, manifests: manifests.facts, description, ...interfaces }
  const { repoType, reasons } = repoTypeOf(evidence)
  const facts: Facts = {
    format: 1,
    name,
    description,
    commit: snapshot.commit,
    committedAt: snapshot.committedAt,
    repoType,
    repoTypeReasons: reasons,
    license: licenseOf(texts, manifests.facts),
    languages,
    manifests: manifests.facts,
    workspaces: workspacesOf(texts, (path) => isOwn.get(path) ?? false),
    topics: topicsOf(texts, (path) => isOwn.get(path) ?? false),
    files,
    modules: modulesOf({ files, imports, fileRank, documents, manifests }),
    symbols,
    imports,
    references: uses,
    offered,
    ...interfaces,
    documents: inNavigation(documents, texts),
    tests: testFacts(collected, uses, table.symbols),
    examples: exampleFacts({ files, documents, ...table, references: uses, offered, manifests: manifests.facts }),
    fileRank,
    shape: shapeFacts({ files, columns, imports, further: references, references: uses }),
    limits,
  }
  const { misses } = paths
  const { renamed } = scope
  const follows = followsImports(parsed.values())
  const needed = new Set([...usedByManifests, ...usedByInterfaces])
  const made = { further: references, misses, needed, followsImports: follows, packageNames, renamed, offering }
  const trace = { ...names, ...made, descriptions: manifests.descriptions, symbols: columns }
  return { facts, symbols: table.symbols, trace }
}

/** Order of imports: by place, then by what they name and where they lead. */
export function byImport(a: ImportFact, b: ImportFact): number {
  return byPlace(a.range, b.range) || byText(a.specifier, b.specifier) || byText(a.to ?? '', b.to ?? '')
}

/** Languages of the code people wrote here, by bytes. */
export function languagesOf(files: FileFact[]): Facts['languages'] {
  const counted = files.filter(({ role, language }) => language !== null && /^(?:source|test|example)$/.test(role))
  return [...Map.groupBy(counted, ({ language }) => language ?? '')]
    .map(([language, group]) => ({
      language,
      files: group.length,
      bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
    }))
    .sort((a, b) => b.bytes - a.bytes || byText(a.language, b.language))
}

/** Names of packages and namespaces by path, where a file names one. */
function packageNamesOf(parsed: Collected['parsed']): Map<string, string> {
  return new Map([...parsed].flatMap(([path, { packageName }]) => (packageName === null ? [] : [[path, packageName]])))
}

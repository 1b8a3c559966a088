import type { Facts, FileFact, ImportFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Collected } from './collected.ts'
import { descriptionOf } from './description.ts'
import { inNavigation } from './document-order.ts'
import { exampleFacts } from './examples.ts'
import { rankFiles } from './graph.ts'
import { importFacts } from './imports/resolve.ts'
import { interfacesOf } from './interfaces/all.ts'
import { licenseOf } from './license.ts'
import { manifestsOf } from './manifests.ts'
import { modulesOf } from './modules.ts'
import { byPlace, byText } from './order.ts'
import { ImportScope } from './references/import-scope.ts'
import { offeredFacts } from './references/offered-names.ts'
import { referenceFacts } from './references/references.ts'
import { SymbolIndex } from './references/symbol-index.ts'
import { repoTypeOf } from './repo-type.ts'
import { shapeFacts } from './shape/shape.ts'
import { symbolFacts } from './symbols.ts'
import { testFacts } from './tests.ts'

interface Request {
  snapshot: Snapshot
  name: string
  collected: Collected
}

/** Puts together what the single files say: resolves imports, ranks, groups into modules, sorts everything. */
export function assembleFacts({ snapshot, name, collected }: Request): Facts {
  const { files, documents, texts, limits } = collected
  const isOwn = new Map(
    files.map(({ path, role }) => [path, role === 'config' || role === 'source' || role === 'docs']),
  )
  const manifests = manifestsOf(texts, (path) => isOwn.get(path) ?? false, new Set(isOwn.keys()))
  const { imports, references, offeredByRust } = importFacts(collected, manifests)
  const symbols = symbolFacts(collected, imports, offeredByRust)
  const index = new SymbolIndex(symbols, collected.parsed)
  const scope = new ImportScope(index, collected, imports)
  const uses = referenceFacts(collected, { index, scope })
  const fileRank = rankFiles(files, imports, references)
  const interfaces = interfacesOf({ collected, manifests, symbols, imports })
  const offered = offeredFacts({ collected, manifests, entryPoints: interfaces.entryPoints, index, scope })
  const languages = languagesOf(files)
  const description = descriptionOf(manifests, documents, { name, language: languages[0]?.language ?? null })
  const evidence = { files, manifests: manifests.facts, description, ...interfaces }
  const { repoType, reasons } = repoTypeOf(evidence)
  return {
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
    files,
    modules: modulesOf({ files, imports, fileRank, documents, manifests }),
    symbols,
    imports: imports.toSorted(byImport),
    references: uses,
    offered,
    ...interfaces,
    documents: inNavigation(documents, texts),
    tests: testFacts(collected, uses, symbols),
    examples: exampleFacts({ files, documents, symbols, references: uses, offered, manifests: manifests.facts }),
    fileRank,
    shape: shapeFacts({ files, symbols, imports, further: references, references: uses }),
    limits,
  }
}

function byImport(a: ImportFact, b: ImportFact): number {
  return byPlace(a.range, b.range) || byText(a.specifier, b.specifier) || byText(a.to ?? '', b.to ?? '')
}

/** Languages of the code people wrote here, by bytes. */
function languagesOf(files: FileFact[]): Facts['languages'] {
  const counted = files.filter(({ role, language }) => language !== null && /^(?:source|test|example)$/.test(role))
  return [...Map.groupBy(counted, ({ language }) => language ?? '')]
    .map(([language, group]) => ({
      language,
      files: group.length,
      bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
    }))
    .sort((a, b) => b.bytes - a.bytes || byText(a.language, b.language))
}

import type { ImportFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { languageOf } from '#lib/facts/languages.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { javascriptResolver } from './javascript.ts'

/** Imports with the file each leads to, and further references between files that no import statement names. */
export function importFacts(collected: Collected, manifests: Manifests): { imports: ImportFact[]; references: Edge[] } {
  const paths = new Set(collected.files.map(({ path }) => path))
  const javascript = javascriptResolver(paths, manifests.npm, collected.texts)
  const imports: ImportFact[] = []
  for (const [from, { imports: raw }] of collected.parsed) {
    const language = languageOf(from)?.name
    if (language !== 'TypeScript' && language !== 'JavaScript') continue
    for (const { specifier, names, range } of raw)
      imports.push({ from, to: javascript.resolve(specifier, from), specifier, names, range })
  }
  return { imports, references: [] }
}

import type { ImportFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { languageOf } from '#lib/facts/languages.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { goResolver } from './go.ts'
import { javascriptResolver } from './javascript.ts'
import { pythonResolver } from './python.ts'

/** Imports with the file each leads to, and further references between files that no import statement names. */
export function importFacts(collected: Collected, manifests: Manifests): { imports: ImportFact[]; references: Edge[] } {
  const paths = new Set(collected.files.map(({ path }) => path))
  const javascript = javascriptResolver(paths, manifests.npm, collected.texts)
  const python = pythonResolver(paths)
  const go = goResolver(paths, collected.parsed, manifests.goModules)
  const imports: ImportFact[] = []
  for (const [from, parsed] of collected.parsed) {
    const grammar = languageOf(from)?.grammar
    for (const raw of parsed.imports) {
      if (grammar === 'python') imports.push(...python(from, raw))
      else if (grammar === 'go') imports.push(...go.resolve(from, raw))
      else {
        const { specifier, names, range } = raw
        imports.push({ from, to: javascript.resolve(specifier, from), specifier, names, range })
      }
    }
  }
  return { imports, references: go.references() }
}

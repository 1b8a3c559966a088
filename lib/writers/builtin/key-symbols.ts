import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { quoting } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { byText } from './wording.ts'

export interface KeySymbol {
  name: string
  kind: SymbolFact['kind']
  path: string
  summary: string
  citation: SourceRange
}

/** The documented public names most files and tests use: what a newcomer meets first. */
export function keySymbols(facts: Facts, limit: number): KeySymbol[] {
  const index = factsIndex(facts)
  const named = new Map<string, Set<string>>()
  for (const fact of facts.imports) {
    for (const name of fact.names) {
      const key = `${fact.to}#${name}`
      const users = named.get(key) ?? new Set()
      named.set(key, users.add(fact.from))
    }
  }
  const use = (symbol: SymbolFact) => {
    const importers = named.get(`${symbol.range.path}#${symbol.name}`)?.size ?? 0
    return importers + (index.testsOf.get(symbol.id)?.length ?? 0) + 10 * (facts.fileRank[symbol.range.path] ?? 0)
  }
  const seen = new Set<string>()
  return [...index.topLevel.values()]
    .flat()
    .filter((symbol) => symbol.kind !== 'property' && symbol.doc?.summary && !symbol.doc.deprecated)
    .map((symbol) => ({ symbol, use: use(symbol) }))
    .sort((a, b) => b.use - a.use || byText(a.symbol.id, b.symbol.id))
    .filter(({ symbol }) => !seen.has(symbol.qualified) && seen.add(symbol.qualified))
    .slice(0, limit)
    .map(({ symbol }) => ({
      name: symbol.qualified,
      kind: symbol.kind,
      path: symbol.range.path,
      summary: quoting(index, index.files.get(symbol.range.path)?.language ?? null).inline(symbol.doc?.summary ?? ''),
      citation: symbolCitation(symbol),
    }))
}

import type { ExampleFact, OfferedFact } from '#lib/domain/facts.ts'
import { byExample, type ExampleSources, exampleFacts, isFoundByName } from '#lib/facts/examples.ts'
import { type SymbolRuns, symbolsIn } from './symbol-places.ts'
import type { Update } from './update.ts'

/**
 * Examples of all files: looked through again are files that were read again, and all where the names that examples find
 * symbols by are others. Documents have not changed.
 */
export function updatedExamples(
  { changed, request, symbolsBefore }: Update,
  { table, ...sources }: Omit<ExampleSources, 'symbols' | 'columns'> & { table: SymbolRuns },
  reached: ReadonlySet<string>,
): ExampleFact[] {
  const old = request.before.facts
  const all = { ...sources, symbols: table.symbols, columns: table.columns }
  const found = (symbols: SymbolRuns) =>
    JSON.stringify(
      [...changed].map((path) => symbolsIn(symbols, path).flatMap((one) => (isFoundByName(one) ? [one.id] : []))),
    )
  if (!isSameOffer(old.offered, sources.offered) || found(symbolsBefore) !== found(table)) return exampleFacts(all)
  const isRedone = (path: string) => changed.has(path) || reached.has(path)
  const kept = old.examples.filter(({ range }) => !isRedone(range.path))
  return [...kept, ...exampleFacts(all, isRedone)].sort(byExample)
}

function isSameOffer(before: OfferedFact[], now: OfferedFact[]): boolean {
  return (
    before.length === now.length &&
    now.every(({ from, name, symbol }, at) => {
      const old = before[at]
      return old?.from === from && old.name === name && old.symbol === symbol
    })
  )
}

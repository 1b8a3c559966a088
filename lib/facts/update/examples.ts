import type { ExampleFact, OfferedFact, SymbolFact } from '#lib/domain/facts.ts'
import { byExample, type ExampleSources, exampleFacts, isFoundByName } from '#lib/facts/examples.ts'
import type { Update } from './update.ts'

/**
 * Examples of all files: looked through again are files that were read again, and all where the names that examples find
 * symbols by are others. Documents have not changed.
 */
export function updatedExamples(
  { changed, request }: Update,
  sources: ExampleSources,
  reached: ReadonlySet<string>,
): ExampleFact[] {
  const old = request.before.facts
  const found = (symbols: SymbolFact[]) =>
    JSON.stringify(symbols.flatMap((one) => (changed.has(one.range.path) && isFoundByName(one) ? [one.id] : [])))
  if (!isSameOffer(old.offered, sources.offered) || found(old.symbols) !== found(sources.symbols))
    return exampleFacts(sources)
  const isRedone = (path: string) => changed.has(path) || reached.has(path)
  const kept = old.examples.filter(({ range }) => !isRedone(range.path))
  return [...kept, ...exampleFacts(sources, isRedone)].sort(byExample)
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

import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { byPlace, byText } from './order.ts'

/** Symbols of the source files; tests, examples and generated code do not define what the project offers. */
export function symbolFacts(collected: Collected, _imports: ImportFact[]): SymbolFact[] {
  return collected.files
    .filter(({ role }) => role === 'source')
    .flatMap(({ path }) => collected.parsed.get(path)?.symbols ?? [])
    .sort((a, b) => byPlace(a.range, b.range) || byText(a.id, b.id))
}

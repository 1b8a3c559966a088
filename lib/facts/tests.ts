import type { ReferenceFacts, SymbolFact, TestFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { byText } from './order.ts'

/** Test files with their cases and the symbols their code uses. */
export function testFacts({ files, parsed }: Collected, references: ReferenceFacts, symbols: SymbolFact[]): TestFact[] {
  const touched = symbolsTouched(references, symbols)
  return files.flatMap(({ path, role }, at) => {
    const tests = role === 'test' ? parsed.get(path)?.tests : null
    if (!tests) return []
    return [{ path, framework: tests.framework || null, cases: tests.cases, touches: touched(at) }]
  })
}

/** Tells the ids of the symbols that the code of a file uses, sorted; files are told by their place in the list. */
export function symbolsTouched({ file, target }: ReferenceFacts, symbols: SymbolFact[]): (file: number) => string[] {
  const touched = new Map<number, Set<number>>()
  for (const [at, from] of file.entries()) {
    const targets = touched.get(from) ?? new Set<number>()
    touched.set(from, targets.add(target[at] ?? -1))
  }
  return (at) => [...(touched.get(at) ?? [])].flatMap((symbol) => symbols[symbol]?.id ?? []).sort(byText)
}

import type { ReferenceFacts, SymbolFact, TestFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { byText } from './order.ts'

/** Test files with their cases and the symbols their code uses. */
export function testFacts({ files, parsed }: Collected, references: ReferenceFacts, symbols: SymbolFact[]): TestFact[] {
  const touched = touchedBy(references)
  return files.flatMap(({ path, role }, at) => {
    const tests = role === 'test' ? parsed.get(path)?.tests : null
    if (!tests) return []
    const touches = [...(touched.get(at) ?? [])].flatMap((symbol) => symbols[symbol]?.id ?? [])
    return [{ path, framework: tests.framework || null, cases: tests.cases, touches: touches.sort(byText) }]
  })
}

/** Symbols that the code of each file uses, by index. */
function touchedBy({ file, target }: ReferenceFacts): Map<number, Set<number>> {
  const touched = new Map<number, Set<number>>()
  for (const [at, from] of file.entries()) {
    const targets = touched.get(from) ?? new Set<number>()
    touched.set(from, targets.add(target[at] ?? -1))
  }
  return touched
}

import type { ReferenceFacts, TestFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { byText } from './order.ts'
import type { Parsed } from './references/import-scope.ts'
import type { SymbolList } from './symbol-list.ts'

interface ParsedFiles {
  files: Collected['files']
  parsed: Parsed
}

/** Test files with their cases and the symbols their code uses. */
export function testFacts({ files, parsed }: ParsedFiles, references: ReferenceFacts, symbols: SymbolList): TestFact[] {
  const touched = symbolsTouched(references, symbols)
  return files.flatMap(({ path, role }, at) => {
    const tests = role === 'test' ? parsed.get(path)?.tests : null
    if (!tests) return []
    return [{ path, framework: tests.framework || null, cases: tests.cases, touches: touched(at) }]
  })
}

/** Tells the ids of the symbols that the code of a file uses, sorted; files are told by their place in the list. */
export function symbolsTouched({ file, target }: ReferenceFacts, symbols: SymbolList): (file: number) => string[] {
  return (at) => {
    const targets = new Set<number>()
    for (let edge = firstOf(file, at); file[edge] === at; edge += 1) targets.add(target[edge] ?? -1)
    return [...targets].flatMap((symbol) => symbols.get(symbol)?.id ?? []).sort(byText)
  }
}

/** Place of the first number in a sorted list that is not below `wanted`. */
function firstOf(sorted: number[], wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

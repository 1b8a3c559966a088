import type { ImportFact, SymbolFact, TestFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { byText } from './order.ts'

const MAX_DEPTH = 5

/** Test files with their cases and the symbols they use through their imports. */
export function testFacts(collected: Collected, imports: ImportFact[], symbols: SymbolFact[]): TestFact[] {
  const reach = reachOf(collected, imports, symbols)
  const importsOf = Map.groupBy(imports, ({ from }) => from)
  return collected.files.flatMap(({ path, role }) => {
    const parsed = role === 'test' ? collected.parsed.get(path) : undefined
    if (!parsed?.tests) return []
    const { framework, cases } = parsed.tests
    const touched = (importsOf.get(path) ?? []).flatMap((used) => touchedBy(used, parsed.uses, reach))
    return [{ path, framework: framework || null, cases, touches: [...new Set(touched)].sort(byText) }]
  })
}

type Reach = (path: string, name: string, depth: number) => string[]

function touchedBy({ to, names }: ImportFact, uses: string[], reach: Reach): string[] {
  if (to === null) return []
  const isWhole = names.includes('*') || names.includes('default')
  const wanted = isWhole ? uses : uses.filter((name) => names.includes(name))
  return wanted.flatMap((name) => reach(to, name, 0))
}

/** Finds the public symbols behind a name of a file, through re-exports. */
function reachOf(collected: Collected, imports: ImportFact[], symbols: SymbolFact[]): Reach {
  const named = new Map<string, Map<string, string[]>>()
  for (const { id, name, parent, range } of symbols) {
    if (parent !== null) continue
    const inFile = named.get(range.path) ?? new Map<string, string[]>()
    inFile.set(name, [...(inFile.get(name) ?? []), id])
    named.set(range.path, inFile)
  }
  const importsOf = Map.groupBy(imports, ({ from }) => from)
  const isReexporting = (path: string) =>
    collected.parsed.get(path)?.imports.some(({ reexports }) => reexports) ?? false

  function reach(path: string, name: string, depth: number): string[] {
    const here = named.get(path)?.get(name)
    if (here || depth > MAX_DEPTH || !isReexporting(path)) return here ?? []
    for (const { to, names } of importsOf.get(path) ?? []) {
      const found = to !== null && (names.includes(name) || names.includes('*')) ? reach(to, name, depth + 1) : []
      if (found.length) return found
    }
    return []
  }
  return reach
}

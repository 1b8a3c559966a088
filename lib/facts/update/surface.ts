import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { ParsedFile } from '#lib/facts/parse/parsed-file.ts'

/** What other files may see of a file. */
export interface Visible {
  /** As they are in the facts; none for tests. */
  symbols: SymbolFact[]
  parsed: ParsedFile | null
  imports: ImportFact[]
}

/** Every line of the surface of a file with the names it is found by. */
type Surface = Map<string, string[]>

/** Names by which something else is found now, and whether it may be any name: another file is passed on whole. */
export function namesChanged(before: Visible, after: Visible): { names: Set<string>; isOpen: boolean } {
  const [old, now] = [surfaceOf(before), surfaceOf(after)]
  const lists = [...[...old].filter(([line]) => !now.has(line)), ...[...now].filter(([line]) => !old.has(line))].map(
    ([, names]) => names,
  )
  return { names: new Set(lists.flat()), isOpen: lists.some((names) => names.includes('*')) }
}

function surfaceOf({ symbols, parsed, imports }: Visible): Surface {
  const surface: Surface = new Map()
  const add = (names: string[], ...line: unknown[]) => surface.set(JSON.stringify(line), names)
  for (const { name, id, kind, parent, signature, returns } of symbols)
    add([name], 'symbol', id, kind, parent, signature, returns)
  for (const [offered, declared] of parsed?.references?.exportedAs ?? [])
    add([offered, declared], 'as', offered, declared)
  for (const { symbol, name, relation } of parsed?.references?.heritage ?? []) {
    const type = parsed?.symbols[symbol]
    add([type?.name ?? ''], 'heritage', type?.id, name, relation)
  }
  for (const { specifier, names, reexports, alias, renames } of parsed?.imports ?? [])
    add(
      [...names, ...(renames ?? []).flat(), ...(alias === null ? [] : [alias])],
      'raw',
      specifier,
      names,
      reexports,
      alias,
      renames,
    )
  for (const { specifier, to, names } of imports) add(names, 'import', specifier, to, names)
  return surface
}

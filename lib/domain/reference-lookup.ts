import { type Facts, type FileRole, REFERENCE_KINDS, type ReferenceKind } from './facts.ts'

/** One use of a symbol. */
export interface SymbolUse {
  path: string
  role: FileRole
  /** First line of the use. */
  line: number
  /** Id of the symbol the use stands in; null outside, and in tests and examples. */
  symbol: string | null
  /** Id of what is used. */
  target: string
  kind: ReferenceKind
  /** The rules of the language lead there; false when only the name does. */
  exact: boolean
}

export interface ReferenceLookup {
  /** Who uses a symbol, in the order of the files. */
  usersOf(symbolId: string): SymbolUse[]
  /** What a symbol uses. */
  usedBy(symbolId: string): SymbolUse[]
}

/** Makes the columns of references askable by symbol id. Made once per facts; an answer costs what it holds. */
export function referenceLookup({ references, files, symbols }: Facts): ReferenceLookup {
  const { file, symbol, line, target, kind, exact } = references
  const indexes = new Map(symbols.map(({ id }, index) => [id, index]))
  const byTarget = grouped(target)
  let bySymbol: Places | null = null

  function uses(places: Places, symbolId: string): SymbolUse[] {
    return (places.get(indexes.get(symbolId) ?? -2) ?? []).flatMap((at) => {
      const [from, used] = [files[file[at] ?? -1], symbols[target[at] ?? -1]]
      if (!from || !used) return []
      return {
        path: from.path,
        role: from.role,
        line: line[at] ?? 1,
        symbol: symbols[symbol[at] ?? -1]?.id ?? null,
        target: used.id,
        kind: REFERENCE_KINDS[kind[at] ?? -1] ?? 'use',
        exact: exact[at] === 1,
      }
    })
  }

  return {
    usersOf: (symbolId) => uses(byTarget, symbolId),
    usedBy(symbolId) {
      bySymbol ??= grouped(symbol)
      return uses(bySymbol, symbolId)
    },
  }
}

/** Where each index of a symbol stands in a column. */
type Places = Map<number, number[]>

function grouped(column: Facts['references']['target']): Places {
  return Map.groupBy(column.keys(), (at) => column[at] ?? -1)
}

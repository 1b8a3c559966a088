import type { SymbolFact } from '#lib/domain/facts.ts'

const C_FILE = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|ipp|tpp)$/i
const HEADER = /\.(?:h|hh|hpp|hxx|ipp|tpp)$/i

/**
 * What a C or C++ project offers is what its headers declare, those in an `include` directory where there is one. A
 * definition in a source file is the same function again: its comment goes to a declaration that has none.
 */
export function withCSurface(symbols: SymbolFact[]): SymbolFact[] {
  const isInclude = (path: string) => HEADER.test(path) && /(?:^|\/)include\//.test(path)
  const hasInclude = symbols.some(({ range, public: open }) => open && isInclude(range.path))
  const isSurface = (path: string) => (hasInclude ? isInclude(path) : HEADER.test(path))
  const hasHeader = symbols.some(({ range, public: open }) => open && isSurface(range.path))
  if (!hasHeader) return symbols
  const defined = new Map(
    symbols.flatMap((one) =>
      one.doc && C_FILE.test(one.range.path) && !HEADER.test(one.range.path) ? [[one.qualified, one]] : [],
    ),
  )
  return symbols.map((symbol) => {
    const { path } = symbol.range
    if (!C_FILE.test(path)) return symbol
    if (!isSurface(path)) return { ...symbol, public: false }
    const doc = symbol.doc ?? defined.get(symbol.qualified)?.doc ?? null
    return doc === symbol.doc ? symbol : { ...symbol, doc }
  })
}

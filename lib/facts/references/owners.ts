import type { SymbolFact } from '#lib/domain/facts.ts'

/** Index of the innermost symbol of each line, by 1-based line; -1 where there is none. */
export function ownersOfLines(symbols: SymbolFact[]): Int32Array {
  const last = symbols.reduce((most, { range }) => Math.max(most, range.end), 0)
  const owners = new Int32Array(last + 1).fill(-1)
  const outermostFirst = symbols
    .map(({ range }, index) => ({ index, start: range.start, lines: range.end - range.start }))
    .sort((a, b) => b.lines - a.lines || a.start - b.start || a.index - b.index)
  for (const { index, start, lines } of outermostFirst) owners.fill(index, start, start + lines + 1)
  return owners
}

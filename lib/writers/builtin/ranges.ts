import type { SourceRange, SymbolFact } from '#lib/domain/facts.ts'

/** Longest range a citation of a declaration or paragraph may span. */
const TIGHT_LINES = 25

/** The narrowest lines that show a symbol's declaration, with its doc comment when both fit. */
export function symbolCitation(symbol: SymbolFact): SourceRange {
  const { declaration, doc } = symbol
  const both = doc && doc.range.path === declaration.path ? union(declaration, doc.range) : declaration
  return linesOf(both) <= TIGHT_LINES ? both : tight(declaration)
}

/** The first lines of a range, at most TIGHT_LINES. */
export function tight(range: SourceRange): SourceRange {
  return { ...range, end: Math.min(range.end, range.start + TIGHT_LINES - 1) }
}

function union(a: SourceRange, b: SourceRange): SourceRange {
  return { path: a.path, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

function linesOf(range: SourceRange): number {
  return range.end - range.start + 1
}

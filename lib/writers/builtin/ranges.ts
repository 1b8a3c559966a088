import type { SourceRange, SymbolFact } from '#lib/domain/facts.ts'

/** Longest range a citation of a declaration or paragraph may span. */
const TIGHT_LINES = 25

/** Where a symbol's doc comment begins, when it does not fit into one citation with the declaration; else null. */
export function summaryCitation(symbol: SymbolFact): SourceRange | null {
  const { doc } = symbol
  if (!doc) return null
  const shown = symbolCitation(symbol)
  const isShown = shown.path === doc.range.path && shown.start <= doc.range.start && shown.end >= doc.range.start
  const [first] = doc.bodyLines ?? []
  const end = first ? Math.max(doc.range.start, first[1] - 1) : doc.range.end
  return isShown ? null : tight({ ...doc.range, end })
}

/** The narrowest lines that show a symbol's declaration, with its doc comment when both fit. */
export function symbolCitation(symbol: SymbolFact): SourceRange {
  const { doc } = symbol
  const declaration = declarationOf(symbol)
  const both = doc && doc.range.path === declaration.path ? union(declaration, doc.range) : declaration
  return linesOf(both) <= TIGHT_LINES ? both : tight(declaration)
}

/** The name of a C typedef stands behind its members: then all of it is shown, or its last line. */
function declarationOf({ declaration, range, signature }: SymbolFact): SourceRange {
  if (!/^typedef (?:struct|union|enum)\b/.test(signature) || range.end === declaration.end) return declaration
  return linesOf(range) <= TIGHT_LINES ? range : { ...range, start: range.end }
}

/** The first lines of a range, at most TIGHT_LINES. */
export function tight(range: SourceRange): SourceRange {
  return { ...range, end: Math.min(range.end, range.start + TIGHT_LINES - 1) }
}

/** From the first line of both to the last. */
export function union(a: SourceRange, b: SourceRange): SourceRange {
  return { path: a.path, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

function linesOf(range: SourceRange): number {
  return range.end - range.start + 1
}

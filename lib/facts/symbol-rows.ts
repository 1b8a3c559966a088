import type { DocComment, ParameterFact, SourceRange, SymbolFact } from '#lib/domain/facts.ts'

/** Places in the list of paths, and lines. */
type PlaceRow = [path: number, start: number, end: number]
type ParamRow = [
  name: string,
  type: ParameterFact['type'],
  standard: ParameterFact['default'],
  optional: boolean,
  doc: ParameterFact['doc'],
]
type DocRow = [
  place: PlaceRow,
  summary: string,
  body: string,
  params: DocComment['params'],
  returns: DocComment['returns'],
  raises: string[],
  examples: string[],
  deprecated: DocComment['deprecated'],
  bodyLines?: DocComment['bodyLines'],
]
type SymbolRow = [
  /** What the id has behind path and qualified name: `~2` of the second overload; all of it when it begins otherwise. */
  id: string | { whole: string },
  name: string,
  qualified: string,
  kind: SymbolFact['kind'],
  isPublic: boolean,
  signature: string,
  params: (ParamRow | ParameterFact)[],
  returns: SymbolFact['returns'],
  /** A row above, or an id. */
  parent: number | string | null,
  doc: DocRow | DocComment | null,
  range: PlaceRow,
  declaration: PlaceRow,
  hash: string,
]

/** Symbols without the names of their fields and without a path in each: a third of their JSON, read twice as fast. */
export interface SymbolRows {
  paths: string[]
  rows: SymbolRow[]
}

/** Plain data that `symbolsOf` makes equal symbols of, field by field in the same order. */
export function symbolRows(symbols: SymbolFact[]): SymbolRows {
  const paths = new Numbered()
  const ids = new Map<string, number>()
  const place = ({ path, start, end }: SourceRange): PlaceRow => [paths.numberOf(path), start, end]
  const rows = symbols.map((symbol, at): SymbolRow => {
    const { id, name, qualified, kind, signature, params, returns, parent, doc, range, declaration, hash } = symbol
    const usual = `${range.path}#${qualified}`
    const row: SymbolRow = [
      id.startsWith(usual) ? id.slice(usual.length) : { whole: id },
      name,
      qualified,
      kind,
      symbol.public,
      signature,
      params.map(paramRow),
      returns,
      parent === null ? null : (ids.get(parent) ?? parent),
      doc && (isUsual(doc) ? docRow(doc, place(doc.range)) : doc),
      place(range),
      place(declaration),
      hash,
    ]
    ids.set(id, at)
    return row
  })
  return { paths: paths.all, rows }
}

/** The symbols of rows; those of one file share the text of its path. */
export function symbolsOf({ paths, rows }: SymbolRows): SymbolFact[] {
  const symbols: SymbolFact[] = []
  const rangeOf = ([path, start, end]: PlaceRow): SourceRange => ({ path: paths[path] ?? '', start, end })
  for (const row of rows) {
    const [id, name, qualified, kind, isPublic, signature, params, returns, parent, doc, place, declaration, hash] = row
    const range = rangeOf(place)
    symbols.push({
      id: typeof id === 'string' ? `${range.path}#${qualified}${id}` : id.whole,
      name,
      qualified,
      kind,
      public: isPublic,
      signature,
      params: params.map(paramOf),
      returns,
      parent: typeof parent === 'number' ? (symbols[parent]?.id ?? null) : parent,
      doc: Array.isArray(doc) ? docOf(doc, rangeOf(doc[0])) : doc,
      range,
      declaration: rangeOf(declaration),
      hash,
    })
  }
  return symbols
}

/** Not every language says the same fields in the same order; what is unusual is kept as it is. */
function isUsual(value: DocComment | ParameterFact): boolean {
  const fields = Object.keys(value).join()
  return fields === DOC_FIELDS || fields === `${DOC_FIELDS},bodyLines` || fields === PARAM_FIELDS
}

const DOC_FIELDS = 'summary,body,params,returns,raises,examples,deprecated,range'
const PARAM_FIELDS = 'name,type,default,optional,doc'

function docRow(doc: DocComment, place: PlaceRow): DocRow {
  const { summary, body, params, returns, raises, examples, deprecated, bodyLines } = doc
  const row: DocRow = [place, summary, body, params, returns, raises, examples, deprecated]
  if (bodyLines) row.push(bodyLines)
  return row
}

function docOf(row: DocRow, range: SourceRange): DocComment {
  const [, summary, body, params, returns, raises, examples, deprecated, bodyLines] = row
  const doc = { summary, body, params, returns, raises, examples, deprecated, range }
  return bodyLines ? { ...doc, bodyLines } : doc
}

function paramRow(param: ParameterFact): ParamRow | ParameterFact {
  return isUsual(param) ? [param.name, param.type, param.default, param.optional, param.doc] : param
}

function paramOf(param: ParamRow | ParameterFact): ParameterFact {
  if (!Array.isArray(param)) return param
  const [name, type, standard, optional, doc] = param
  return { name, type, default: standard, optional, doc }
}

class Numbered {
  readonly all: string[] = []
  private readonly numbers = new Map<string, number>()
  private last = -1

  numberOf(text: string): number {
    if (this.all[this.last] === text) return this.last
    this.last = this.numbers.get(text) ?? this.all.push(text) - 1
    this.numbers.set(text, this.last)
    return this.last
  }
}

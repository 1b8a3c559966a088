import { type DocComment, type ParameterFact, SYMBOL_KINDS, type SymbolFact } from '#lib/domain/facts.ts'
import { type Packed, PackedReader, PackedWriter, type Position, type WrittenValues } from './packed-values.ts'

const PUBLIC = 1
const NAMED_WHOLE = 2
const WHOLE_ID = 4
const PARENT_ABOVE = 8
const PARENT_ID = 16
const DOC = 32
const ODD_DOC = 64
const MOVED_DECLARATION = 128
const KIND_AT = 256

/** How many numbers tell a place. */
const PLACE_NUMBERS = 3

const OPTIONAL = 1
const ODD_PARAM = 2

const DOC_FIELDS = 'summary,body,params,returns,raises,examples,deprecated,range'
const DOC_FIELDS_WITH_LINES = `${DOC_FIELDS},bodyLines`
const PARAM_FIELDS = 'name,type,default,optional,doc'

/**
 * Texts and numbers, a third of the JSON and read without an object in between: plain data that `unpackSymbols` makes equal
 * symbols of, field by field in the same order. `note` is told where each of them begins.
 */
export function packSymbols(symbols: SymbolFact[], note?: (position: Position) => void): WrittenValues {
  const writer = new PackedWriter()
  const above = new Map<string, number>()
  for (const [at, symbol] of symbols.entries()) {
    note?.(writer.position)
    writeSymbol(writer, symbol, symbol.parent === null ? undefined : above.get(symbol.parent))
    above.set(symbol.id, at)
  }
  return writer.packed()
}

/** The symbols of packed ones; those of one file share the text of its path. */
export function unpackSymbols(packed: Packed): SymbolFact[] {
  const reader = new PackedReader(packed)
  const symbols: SymbolFact[] = []
  const idAbove = (at: number) => symbols[at]?.id ?? null
  while (!reader.isAtEnd) symbols.push(readSymbol(reader, idAbove))
  return symbols
}

/** The one symbol that begins at a position; `idAbove` tells the ids of those in front of it, by their place. */
export function unpackSymbol(packed: Packed, position: Position, idAbove: (at: number) => string | null): SymbolFact {
  return readSymbol(new PackedReader(packed, position), idAbove)
}

/** Its name alone. */
export function unpackName(packed: Packed, position: Position): string {
  const reader = new PackedReader(packed, position)
  const shape = reader.number()
  reader.skip(PLACE_NUMBERS)
  const qualified = reader.text()
  return (shape & NAMED_WHOLE) === 0 ? reader.text() : qualified
}

function writeSymbol(writer: PackedWriter, symbol: SymbolFact, parentAbove: number | undefined): void {
  const { id, name, qualified, kind, signature, params, returns, parent, doc, range, declaration, hash } = symbol
  const usual = `${range.path}#${qualified}`
  const isUsualId = id.startsWith(usual)
  const isOddDoc = doc !== null && !isUsualDoc(doc)
  writer.number(
    (symbol.public ? PUBLIC : 0) |
      (name === qualified ? NAMED_WHOLE : 0) |
      (isUsualId ? 0 : WHOLE_ID) |
      (parentAbove === undefined ? 0 : PARENT_ABOVE) |
      (parentAbove === undefined && parent !== null ? PARENT_ID : 0) |
      (doc ? DOC : 0) |
      (isOddDoc ? ODD_DOC : 0) |
      (declaration.path === range.path ? 0 : MOVED_DECLARATION) |
      (SYMBOL_KINDS.indexOf(kind) * KIND_AT),
  )
  writer.place(range)
  writer.text(qualified)
  if (name !== qualified) writer.text(name)
  writer.text(isUsualId ? id.slice(usual.length) : id)
  writer.text(signature)
  writer.number(params.length)
  for (const param of params) writeParam(writer, param)
  writer.textOrNull(returns)
  if (parentAbove !== undefined) writer.number(parentAbove)
  else if (parent !== null) writer.text(parent)
  if (isOddDoc) writer.text(JSON.stringify(doc))
  else if (doc) writeDoc(writer, doc)
  if (declaration.path === range.path) {
    writer.number(declaration.start)
    writer.number(declaration.end)
  } else writer.place(declaration)
  writer.text(hash)
}

function readSymbol(reader: PackedReader, idAbove: (at: number) => string | null): SymbolFact {
  const shape = reader.number()
  const range = reader.place()
  const qualified = reader.text()
  const name = (shape & NAMED_WHOLE) === 0 ? reader.text() : qualified
  const id = reader.text()
  return {
    id: (shape & WHOLE_ID) === 0 ? `${range.path}#${qualified}${id}` : id,
    name,
    qualified,
    kind: SYMBOL_KINDS[shape >> 8] ?? 'function',
    public: (shape & PUBLIC) !== 0,
    signature: reader.text(),
    params: reader.list(readParam),
    returns: reader.textOrNull(),
    parent: readParent(reader, shape, idAbove),
    doc: readDoc(reader, shape),
    range,
    declaration:
      (shape & MOVED_DECLARATION) === 0
        ? { path: range.path, start: reader.number(), end: reader.number() }
        : reader.place(),
    hash: reader.text(),
  }
}

function readParent(reader: PackedReader, shape: number, idAbove: (at: number) => string | null): string | null {
  if ((shape & PARENT_ABOVE) !== 0) return idAbove(reader.number())
  return (shape & PARENT_ID) === 0 ? null : reader.text()
}

/** Not every language says the same fields in the same order; what is unusual is kept as it is. */
function isUsualDoc(doc: DocComment): boolean {
  const fields = Object.keys(doc).join()
  return fields === DOC_FIELDS || fields === DOC_FIELDS_WITH_LINES
}

function writeDoc(writer: PackedWriter, doc: DocComment): void {
  writer.place(doc.range)
  writer.text(doc.summary)
  writer.text(doc.body)
  const params = Object.entries(doc.params)
  writer.number(params.length)
  for (const [name, text] of params) {
    writer.text(name)
    writer.text(text)
  }
  writer.textOrNull(doc.returns)
  writer.texts(doc.raises)
  writer.texts(doc.examples)
  writer.textOrNull(doc.deprecated)
  writer.number(doc.bodyLines ? doc.bodyLines.length : -1)
  for (const [at, line] of doc.bodyLines ?? []) {
    writer.number(at)
    writer.number(line)
  }
}

function readDoc(reader: PackedReader, shape: number): DocComment | null {
  if ((shape & ODD_DOC) !== 0) return JSON.parse(reader.text()) as DocComment
  if ((shape & DOC) === 0) return null
  const range = reader.place()
  const doc: DocComment = {
    summary: reader.text(),
    body: reader.text(),
    params: reader.record(),
    returns: reader.textOrNull(),
    raises: reader.list(readText),
    examples: reader.list(readText),
    deprecated: reader.textOrNull(),
    range,
  }
  const lines = reader.number()
  if (lines < 0) return doc
  const bodyLines: [number, number][] = []
  for (let left = lines; left > 0; left -= 1) bodyLines.push([reader.number(), reader.number()])
  return { ...doc, bodyLines }
}

function readText(reader: PackedReader): string {
  return reader.text()
}

function writeParam(writer: PackedWriter, param: ParameterFact): void {
  if (Object.keys(param).join() !== PARAM_FIELDS) {
    writer.number(ODD_PARAM)
    writer.text(JSON.stringify(param))
    return
  }
  writer.number(param.optional ? OPTIONAL : 0)
  writer.text(param.name)
  writer.textOrNull(param.type)
  writer.textOrNull(param.default)
  writer.textOrNull(param.doc)
}

function readParam(reader: PackedReader): ParameterFact {
  const shape = reader.number()
  if ((shape & ODD_PARAM) !== 0) return JSON.parse(reader.text()) as ParameterFact
  return {
    name: reader.text(),
    type: reader.textOrNull(),
    default: reader.textOrNull(),
    optional: (shape & OPTIONAL) !== 0,
    doc: reader.textOrNull(),
  }
}

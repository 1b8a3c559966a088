const PIECE = 500

/**
 * The text `JSON.stringify(value)` gives, in pieces: lists of many thousand entries never stand in memory as one text.
 * Fields that are lists, and those inside fields that are objects, are cut.
 */
export function* jsonPieces(value: unknown, depth = 2): Generator<string> {
  if (Array.isArray(value)) yield* listPieces(value)
  else if (depth > 0 && typeof value === 'object' && value !== null) yield* fieldPieces(value, depth)
  else yield JSON.stringify(value)
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  yield '['
  for (let from = 0; from < list.length; from += PIECE) {
    const text = JSON.stringify(list.slice(from, from + PIECE)).slice(1, -1)
    yield from === 0 ? text : `,${text}`
  }
  yield ']'
}

function* fieldPieces(fields: object, depth: number): Generator<string> {
  let before = '{'
  for (const [key, field] of Object.entries(fields)) {
    if (field === undefined) continue
    yield `${before}${JSON.stringify(key)}:`
    yield* jsonPieces(field, depth - 1)
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}

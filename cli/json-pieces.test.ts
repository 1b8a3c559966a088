import { expect, it } from 'vitest'
import { jsonPieces } from '#cli/json-pieces.ts'

const many = Array.from({ length: 1234 }, (_, at) => ({ at, 'ä"\n': [at, null, undefined], left: undefined }))

it.each([
  [{ empty: {}, none: [], nothing: null, left: undefined, text: 'ä"\u2028', deep: { deeper: { list: many } } }],
  [{ many, inside: { many, few: [1, undefined] } }],
  [many],
  [[]],
  [{}],
  ['text'],
  [null],
])('gives the text that JSON.stringify gives, %#', (value) => {
  expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value))
})

it('holds no long list as one piece', () => {
  const longest = Math.max(...Array.from(jsonPieces({ many, inside: { many } }), (piece) => piece.length))
  expect(longest).toBeLessThan(JSON.stringify(many).length / 2)
})

import { expect, it } from 'vitest'
import { type ArrowHead, arrowHeads } from './arrow-heads.ts'

/** What a head is, said by a regular expression. */
const HEAD = /\(([^()]{1,300})\)\s*(?::\s*[^=;{}]{1,80})?=>|(?<![\w$])([\w$]{1,100})\s*=>/g

function byExpression(text: string): ArrowHead[] {
  return Array.from(text.matchAll(HEAD), ({ index, 1: list, 2: word }) => ({
    start: index,
    names: word ?? list ?? '',
  }))
}

const PARTS = [
  '(',
  ')',
  '=>',
  ':',
  ' ',
  '\n',
  '\u00a0',
  'a',
  'b$1',
  ',',
  '=',
  ';',
  '{',
  'x'.repeat(50),
  'y '.repeat(40),
]
const LONG = [' '.repeat(90), 'z'.repeat(149), ')=>', '(a, b)', ': Type =>']

/** Texts of a few parts each, always the same ones. */
function* oddTexts(count: number): Generator<string> {
  const parts = [...PARTS, ...LONG]
  let state = 7
  const upTo = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * most)
  }
  for (let left = count; left > 0; left -= 1)
    yield Array.from({ length: 2 + upTo(14) }, () => parts[upTo(parts.length)] ?? '').join('')
}

it('finds parameters in brackets, single ones, and the outermost where arrows stand in parameters', () => {
  const text = 'run((a, b): Way => a, c => c, (d = e => 1) => d, (f = g()) => f)'
  expect(arrowHeads(text).map(({ names }) => names)).toEqual(['a, b', 'c', 'd = e => 1'])
})

it('finds the same as a regular expression over the whole text, also in what is no code', () => {
  for (const text of oddTexts(20_000)) expect(arrowHeads(text), text).toEqual(byExpression(text))
})

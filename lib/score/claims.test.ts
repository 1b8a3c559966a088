import { describe, expect, it } from 'vitest'
import { claimsOf } from '#lib/score/claims.ts'

describe('claimsOf', () => {
  it('finds links and code with their lines, also in lists and tables, and nothing in code blocks', () => {
    const text = [
      '# Title of `x`',
      '',
      'See [a](b.md) and `c < d`.',
      'More `e`.',
      '',
      '```ts',
      '`no`',
      '```',
      '',
      '- one `f`',
      '- two [g](h.md#i)',
      '',
      '| a | b |',
      '| - | - |',
      '| `j` | [k](source:l#L1) |',
    ].join('\n')
    expect(claimsOf(text).map(({ kind, line, text: claim }) => [kind, line, claim])).toEqual([
      ['heading', 1, 'Title of x'],
      ['code', 1, 'x'],
      ['link', 3, 'b.md'],
      ['code', 3, 'c < d'],
      ['code', 4, 'e'],
      ['code', 10, 'f'],
      ['link', 11, 'h.md#i'],
      ['code', 15, 'j'],
      ['link', 15, 'source:l#L1'],
    ])
  })
})

import { expect, it } from 'vitest'
import { gitAttributes } from './git-attributes.ts'

it('reads what attributes declare, inner folders last, and takes back what is negated', () => {
  const declared = gitAttributes([
    {
      dir: '',
      text: '*.gen.ts linguist-generated\nthird/** linguist-vendored=true\nguide/** linguist-documentation\n# a',
    },
    { dir: 'src/a+b', text: '/made linguist-generated\nkept.gen.ts -linguist-generated\n*.js text' },
  ])
  const paths = [
    'x.gen.ts',
    'src/a+b/kept.gen.ts',
    'src/a+b/made/c.ts',
    'made/c.ts',
    'third/x/y.c',
    'guide/a.ts',
    'src/a+b/a.js',
  ]
  expect(paths.map(declared)).toEqual(['generated', null, 'generated', null, 'vendored', 'docs', null])
})

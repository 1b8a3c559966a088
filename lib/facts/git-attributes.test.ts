import { expect, it } from 'vitest'
import { gitAttributes } from './git-attributes.ts'
import { roleOfPath } from './roles.ts'

it('reads what attributes declare, inner folders last, and says what is negated', () => {
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
  expect(paths.map(declared)).toEqual(['generated', 'not-generated', 'generated', null, 'vendored', 'docs', null])
})

it('lets a negated attribute win over what the path says, and over nothing else', () => {
  const declared = gitAttributes([
    { dir: '', text: 'vendor/own/** -linguist-vendored\ndocs/*.ts linguist-documentation=false' },
  ])
  const roles = [
    'vendor/own/a.ts',
    'vendor/own/a.test.ts',
    'vendor/other/a.ts',
    'docs/a.ts',
    'docs/a.md',
    'a.min.js',
  ].map((path) => roleOfPath(path, declared(path)))
  expect(roles).toEqual(['source', 'test', 'vendored', 'source', 'docs', 'generated'])
})

it('takes a folder of integration tests at the root for tests, and no package of that name', () => {
  const paths = [
    'integration/server.js',
    'internal/integration/slack.go',
    'integrations/slack.ts',
    'src/integration.ts',
  ]
  expect(paths.map((path) => roleOfPath(path))).toEqual(['test', 'source', 'source', 'source'])
})

it('takes formulas of package managers and built assets of the web for no source, wherever they lie', () => {
  const paths = ['pkg/brew/walk.rb', 'Formula/walk.rb', 'priv/static/walk.mjs', 'lib/walk.rb', 'assets/js/walk.mjs']
  expect(paths.map((path) => roleOfPath(path))).toEqual(['config', 'config', 'generated', 'source', 'source'])
})

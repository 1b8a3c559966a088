import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

it('reads types, methods, constants and their docs with exact lines', async () => {
  const source = [
    '// Copyright 2026 Somebody.',
    '',
    '// Package home finds the way.',
    'package home',
    '',
    '// Way leads home.',
    '//',
    '// Deprecated: use Road.',
    'type Way[T any] struct {',
    '\tio.Reader',
    '\t// Length in metres.',
    '\tLength, width int `json:"l"`',
    '}',
    '',
    '// Walk goes on.',
    'func (w *Way[T]) Walk(ctx context.Context, a, b int, more ...string) (n int, err error) {',
    '\treturn',
    '}',
    '',
    'const (',
    '\t// Far is far.',
    '\tFar = iota',
    '\tnear',
    ')',
    'type Walker interface { Walk(to string) error }',
  ].join('\n')
  const parsed = await parseFile(source, 'home/way.go')
  if (typeof parsed === 'string') throw new Error(parsed)
  expect(parsed.header).toEqual({
    text: 'Package home finds the way.',
    range: { path: 'home/way.go', start: 3, end: 3 },
  })
  expect(parsed.symbols.map((one) => [one.qualified, one.kind, one.public, one.range.start, one.range.end])).toEqual([
    ['Way', 'type', true, 9, 13],
    ['Way.Reader', 'property', true, 10, 10],
    ['Way.Length', 'property', true, 12, 12],
    ['Way.width', 'property', false, 12, 12],
    ['Far', 'constant', true, 22, 22],
    ['near', 'constant', false, 23, 23],
    ['Walker', 'interface', true, 25, 25],
    ['Walker.Walk', 'method', true, 25, 25],
    ['Way.Walk', 'method', true, 16, 18],
  ])
  const way = parsed.symbols[0]
  const walk = parsed.symbols.at(-1)
  expect(way).toMatchObject({
    signature: 'type Way[T any] struct',
    doc: { summary: 'Way leads home.', deprecated: 'use Road.' },
  })
  expect(walk).toMatchObject({
    parent: 'home/way.go#Way',
    signature: 'func (w *Way[T]) Walk(ctx context.Context, a, b int, more ...string) (n int, err error)',
    returns: '(n int, err error)',
    params: [
      { name: 'ctx' },
      { name: 'a', type: 'int' },
      { name: 'b', type: 'int' },
      { name: 'more', type: '...string' },
    ],
  })
})

it('reads indented lines of doc comments as code, or as the items of a list', async () => {
  const source = `package home

// Walk goes home:
//
//\tfor step := range steps {
//\t\tgo(step)
//
//\t}
//
// It stops when
//   - it is home,
//     or nearly so
//   - it is lost.
// Not otherwise.
func Walk() {}

type Way struct {
	/*
		Far is far.

		See the map.
	*/
	Far int
}
`
  const parsed = await parseFile(source, 'home/walk.go')
  const docs = typeof parsed === 'string' ? [] : parsed.symbols.map(({ name, doc }) => [name, doc?.summary, doc?.body])
  const body = [
    '    for step := range steps {',
    '    \tgo(step)',
    '',
    '    }',
    '',
    'It stops when',
    '',
    '- it is home,',
    '   or nearly so',
    '- it is lost.',
    '',
    'Not otherwise.',
  ]
  expect(docs).toContainEqual(['Far', 'Far is far.', 'See the map.'])
  expect(docs).toContainEqual(['Walk', 'Walk goes home:', body.join('\n')])
})

it('reads links of doc comments as the names they lead to, and no types for links', async () => {
  const source = `package home

// Walk returns a [Way], ready for [Step]s of [*Way.Go] (see [io.Reader]) in a map[string]Way, [N]int or [Way](x).
//
// Deprecated: use [Run].
func Walk() {}
`
  const parsed = await parseFile(source, 'home/walk.go')
  expect(parsed).toMatchObject({
    symbols: [
      {
        doc: {
          summary: 'Walk returns a Way, ready for Steps of Way.Go (see io.Reader) in a map[string]Way, [N]int or Way.',
          deprecated: 'use Run.',
        },
      },
    ],
  })
})

import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

it('reads shell functions in every form, sourced files and variables with a default', async () => {
  const lines = [
    '#!/usr/bin/env bash',
    '# Finds the way.',
    '',
    'source "$(dirname "$0")/lib/road.sh"',
    '. ./feet.sh',
    `: "\${WAY_DIR:=/home}"`,
    'readonly FAR=1',
    '# Walks home.',
    'walk() { local steps=$1; inner() { :; }; }',
    'function run { :; }',
    'if true; then function hop() { :; }; fi',
    '_own() { :; }',
  ]
  const file = await parseFile(lines.join('\n'), 'way.sh')
  if (typeof file === 'string') throw new Error(file)
  expect(file.header?.text).toBe('Finds the way.')
  expect(file.imports.map(({ specifier }) => specifier)).toEqual(['./lib/road.sh', './feet.sh'])
  expect(file.environment).toMatchObject([{ name: 'WAY_DIR', default: '/home' }])
  expect(file.symbols.map(({ name, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${name}`)).toEqual([
    '+ constant FAR',
    '+ function walk',
    '+ function run',
    '+ function hop',
    '- function _own',
  ])
  expect(file.symbols[1]?.doc?.summary).toBe('Walks home.')
  expect((await parseFile('@test "goes home" {\n  run way\n}\n', 'test/way.bats')) as object).toMatchObject({
    tests: { framework: 'bats', cases: ['goes home'] },
  })
})

it('finds functions in a stretch that does not parse', async () => {
  const lines = ['lost() { # <array>', '  if [[ (( ]]', '}', 'function after {', '  echo 1', '}']
  const file = await parseFile(lines.join('\n'), 'lib/a.bash')
  if (typeof file === 'string') throw new Error(file)
  expect(file.hasErrors).toBe(true)
  expect(file.symbols.map(({ name, range }) => [name, range.start, range.end])).toEqual([
    ['after', 4, 6],
    ['lost', 1, 3],
  ])
})

import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function symbolsOf(path: string, lines: string[]) {
  const parsed = await parseFile(lines.join('\n'), path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return new Map(parsed.symbols.map((symbol) => [symbol.qualified, symbol]))
}

it('ends the summary where a list, an example or a fence begins, not at a dash inside a sentence', async () => {
  const python = await symbolsOf('a.py', [
    'def listed():',
    '    """Knows ways:',
    '    - the near one',
    '    - the far one',
    '    """',
    'def shown():',
    '    """Adds one - or two',
    '    >>> shown()',
    '    3',
    '    """',
  ])
  expect(python.get('listed')?.doc).toMatchObject({ summary: 'Knows ways:', body: '- the near one\n- the far one' })
  expect(python.get('shown')?.doc).toMatchObject({ summary: 'Adds one - or two', body: '>>> shown()\n3' })
  const script = await symbolsOf('a.ts', [
    '/** Runs:',
    ' * ```js',
    ' * run()',
    ' * ```',
    ' */',
    'export function run() {}',
  ])
  expect(script.get('run')?.doc?.summary).toBe('Runs:')
})

it('reads JSDoc of a parameter whose default has brackets, and takes no licence for documentation', async () => {
  const symbols = await symbolsOf('a.js', [
    '/**',
    ' * Copyright (c) Somebody.',
    ' *',
    ' * Licensed under the MIT licence.',
    ' */',
    '',
    'export function first() {}',
    '/**',
    ' * Shows the copyright of a page.',
    " * @param {Array} [seen=[1, ['a']]] What was seen",
    ' * @param {string} name - The name',
    ' */',
    'export function second(seen, name) {}',
  ])
  expect(symbols.get('first')?.doc).toBeNull()
  expect(symbols.get('second')?.doc?.summary).toBe('Shows the copyright of a page.')
  expect(symbols.get('second')?.params.map(({ doc }) => doc)).toEqual(['What was seen', 'The name'])
})

it('reads parameters of PHP whose types have blanks and lines, and no members that a class makes up', async () => {
  const symbols = await symbolsOf('A.php', [
    '<?php',
    '/**',
    ' * A way.',
    ' *',
    ' * @property int $id The number',
    ' * @property-read string $name',
    ' * @method static find(int $id)',
    ' */',
    'class A',
    '{',
    '    /**',
    '     * @param callable(string, A): bool $when Whether it counts',
    '     * @param array{',
    '     *   type: string,',
    '     * } $data What is sent',
    '     * @return $this',
    '     */',
    '    public function go(callable $when, array $data)',
    '    {',
    '    }',
    '}',
  ])
  expect(symbols.get('A')?.doc).toMatchObject({ summary: 'A way.', params: {} })
  const go = symbols.get('A::go')
  expect(go?.params.map(({ name, doc }) => [name, doc])).toEqual([
    ['$when', 'Whether it counts'],
    ['$data', 'What is sent'],
  ])
  expect(go?.declaration).toEqual({ path: 'A.php', start: 18, end: 18 })
})

it('reads every tag of LDoc that names a parameter, all values that come back, and three dashes as the beginning', async () => {
  const symbols = await symbolsOf('a.lua', [
    'local M = {}',
    '--- Moves.',
    '-- @array dest where to',
    '-- @int[opt=#src] n how many',
    "-- @string[opt='[x]'] kind of what",
    '-- @param ... the rest',
    '-- @return how many there are',
    '-- @return why not',
    '-- @see other',
    'function M.move(dest, n, kind, ...)',
    '  return n',
    'end',
    '-- TODO(me): rename this',
    '--               and that',
    '--- Keeps.',
    'function M.keep()',
    'end',
    '-- FIXME later',
    'function M.later() end',
    'return M',
  ])
  const move = symbols.get('M.move')
  expect(move?.doc).toMatchObject({ summary: 'Moves.', returns: 'how many there are; why not' })
  expect(move?.params.map(({ name, doc }) => [name, doc])).toEqual([
    ['dest', 'where to'],
    ['n', 'how many'],
    ['kind', 'of what'],
    ['...', 'the rest'],
  ])
  expect(move?.declaration).toMatchObject({ start: 10, end: 10 })
  expect(symbols.get('M.keep')?.doc?.summary).toBe('Keeps.')
  expect(symbols.get('M.later')?.doc).toBeNull()
})

it('leaves out what people of Ruby and the shell write for themselves, and headings between rules', async () => {
  const ruby = await symbolsOf('a.rb', [
    'class Way',
    '  # TODO: drop this',
    '  # one day.',
    '  def go',
    '    1',
    '  end',
    '',
    '  # Stops. TODO lists are kept elsewhere.',
    '  def stop',
    '  end',
    'end',
  ])
  expect(ruby.get('Way#go')).toMatchObject({ doc: null, declaration: { start: 4, end: 4 } })
  expect(ruby.get('Way#stop')?.doc?.summary).toBe('Stops. TODO lists are kept elsewhere.')
  const shell = await symbolsOf('a.sh', [
    '########## Public functions ##########',
    '# name value',
    'one() { :; }',
    '#### Two at once',
    'two() { :; }',
    '########## Private functions ##########',
    'three() { :; }',
  ])
  expect([...shell.values()].map(({ doc }) => doc?.summary ?? null)).toEqual(['name value', 'Two at once', null])
})

it('hides what a behaviour of Elixir calls unless it is documented, and calls parameters by their names', async () => {
  const symbols = await symbolsOf('a.ex', [
    'defmodule Way do',
    '  @moduledoc "Leads home."',
    '  @impl GenServer',
    '  def init(%State{} = state), do: state',
    '  @doc "Stops."',
    '  @impl true',
    '  def stop(opts = %{a: 1}), do: opts',
    '  def go({a, b}), do: a + b',
    'end',
  ])
  const shown = [...symbols.values()].slice(1).map((one) => [one.name, one.public, one.params.map(({ name }) => name)])
  expect(shown).toEqual([
    ['init', false, ['state']],
    ['stop', true, ['opts']],
    ['go', true, ['{a, b}']],
  ])
})

it('folds type parameters that stand on lines of their own without the comma behind the last', async () => {
  const symbols = await symbolsOf('a.ts', [
    'export function go<',
    '  A extends Map<',
    "    'a',",
    "    'b'",
    '  >,',
    '  B,',
    '>(a: A, isMore = 1 >',
    '  2): B {}',
  ])
  expect(symbols.get('go')?.signature).toBe("function go<A extends Map<'a', 'b'>, B>(a: A, isMore = 1 > 2): B")
})

it('knows names that Python sets several at once, and what Rails puts into a class that includes a module', async () => {
  const python = await symbolsOf('a.py', [
    'OPEN, (A, CLOSED) = 1, (2, 3)',
    '_, last = 1, 2',
    'last, next_one = 3, 4',
    'x[0], y.z = 1, 2',
  ])
  expect([...python.values()].map(({ name, kind, signature }) => [name, kind, signature])).toEqual([
    ['OPEN', 'constant', 'OPEN, (A, CLOSED) = 1, (2, 3)'],
    ['last', 'variable', '_, last = 1, 2'],
    ['next_one', 'variable', 'last, next_one = 3, 4'],
  ])
  const ruby = await symbolsOf('a.rb', [
    'module Way',
    '  included do',
    '    attr_reader :far',
    '  end',
    '  class_methods do',
    '    def make; end',
    '  end',
    '  it do',
    '    def none; end',
    '  end',
    'end',
  ])
  expect([...ruby.keys()]).toEqual(['Way', 'Way#far', 'Way.make'])
  const elixir = await symbolsOf('a.ex', [
    'defmodule Way do',
    '  cond do',
    '    loaded?(JSON) -> defdelegate decode(text), to: JSON',
    '    true -> raise "no"',
    '  end',
    'end',
  ])
  expect([...elixir.keys()]).toEqual(['Way', 'Way.decode'])
})

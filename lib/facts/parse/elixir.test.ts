import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path = 'lib/home/path.ex') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const listed = (file: Awaited<ReturnType<typeof parse>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads Elixir modules with functions, macros, types, specifications and docs', async () => {
  const file = await parse([
    'defmodule Home.Path do',
    '  @moduledoc """',
    '  Leads home.',
    '  """',
    '  use GenServer',
    '  alias Home.{Door, Roof}',
    '  alias Home.Road, as: Way',
    '  @type t :: %__MODULE__{}',
    '  @typep own :: integer',
    '  @callback go(x :: integer) :: :ok',
    '  defstruct [:a, b: 1]',
    '',
    '  @doc """',
    '  Walks.',
    '',
    '      iex> walk(1)',
    '      :ok',
    '  """',
    '  @deprecated "go by train"',
    '  @spec walk(integer, keyword) :: {:ok, t} | :error when t: var',
    '  def walk(x, opts \\\\ []) when is_integer(x) do',
    '    x',
    '  end',
    '  def walk(:a, _), do: 1',
    '  def walk(x), do: x',
    '  defp own(x), do: x',
    '  @doc false',
    '  def hidden, do: 1',
    '  defmacro m(x), do: x',
    '  defguard is_far(y) when y > 1',
    '  defdelegate size(x), to: Map',
    '  def a + b, do: a',
    '  if true do',
    '    def inside, do: 1',
    '  end',
    'end',
    'defprotocol Home.Walk do',
    '  @doc "Goes."',
    '  def go(x)',
    'end',
    'defmodule Home.Secret do',
    '  @moduledoc false',
    '  def open, do: 1',
    'end',
  ])
  expect(listed(file)).toEqual([
    '+ class Home.Path',
    '+ type Home.Path.t',
    '- type Home.Path.own',
    '+ method Home.Path.go',
    '+ type Home.Path.__struct__',
    '+ method Home.Path.walk',
    '+ method Home.Path.walk',
    '- method Home.Path.own',
    '- method Home.Path.hidden',
    '+ method Home.Path.m',
    '+ method Home.Path.is_far',
    '+ method Home.Path.size',
    '+ method Home.Path.+',
    '+ method Home.Path.inside',
    '+ interface Home.Walk',
    '+ method Home.Walk.go',
    '- class Home.Secret',
    '- method Home.Secret.open',
  ])
  expect(file.symbols[5]).toMatchObject({
    signature: 'def walk(x, opts \\\\ []) when is_integer(x)',
    returns: '{:ok, t} | :error',
    params: [
      { name: 'x', type: 'integer', default: null, optional: false },
      { name: 'opts', type: 'keyword', default: '[]', optional: true },
    ],
    doc: { summary: 'Walks.', deprecated: 'go by train', examples: ['iex> walk(1)\n:ok'] },
    range: { start: 21, end: 23 },
  })
  expect(file.header?.text).toBe('Leads home.')
  expect(file.imports.map(({ specifier, alias }) => [specifier, alias])).toEqual([
    ['GenServer', 'GenServer'],
    ['Home.Door', 'Door'],
    ['Home.Roof', 'Roof'],
    ['Home.Road', 'Way'],
  ])
})

it('keeps what stands around syntax errors, CRLF and tabs', async () => {
  const file = await parse([
    'defmodule A do\r',
    '\tdef one, do: 1\r',
    '\tdef two(, do: 2\r',
    'end\r',
    'defmodule B do\r',
    'end\r',
  ])
  expect(file.hasErrors).toBe(true)
  expect(listed(file)).toContain('+ method A.one')
  expect((await parse([''])).symbols).toEqual([])
})

it('lists the cases of an ExUnit file', async () => {
  const file = await parse(
    ['defmodule PathTest do', '  test "walks home", %{a: a} do', '  end', 'end'],
    'test/path_test.exs',
  )
  expect(file.tests).toEqual({ framework: 'exunit', cases: ['walks home'] })
})

it('keeps code of a comment in one block, however deep its lines stand', async () => {
  const code = ['      config :way, %{', '        far: 1', '', '      }', '', '  Then walk.']
  const source = ['defmodule Way do', '  @moduledoc """', '  Walks.', '', ...code, '  """', 'end'].join('\n')
  const file = await parseFile(source, 'lib/way.ex')
  expect(file).toMatchObject({
    symbols: [{ doc: { body: '```elixir\nconfig :way, %{\n  far: 1\n\n}\n```\n\nThen walk.' } }],
  })
})

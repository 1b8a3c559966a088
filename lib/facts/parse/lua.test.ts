import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path = 'src/home/path.lua') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const listed = (file: Awaited<ReturnType<typeof parse>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads a Lua module: what it returns is public, LDoc and EmmyLua comments are taken apart', async () => {
  const file = await parse([
    '#!/usr/bin/lua',
    '-- Leads home.',
    '',
    'local M = {}',
    'local util = require("home.util")',
    'local road = require "home.road"',
    '',
    '--- Walks.',
    '-- @param x how far',
    '-- @tparam {string,...} y where',
    '-- @treturn number the rest',
    '-- @raise when dark',
    'function M.walk(x, y, ...)',
    '  return x',
    'end',
    '---@param z integer how wide',
    '---@param w? fun(a: string): boolean whether',
    '---@return string|nil rest what is left',
    'function M:go(z, w) end',
    'local function own(a) end',
    'M.far = function(q) end',
    'M.MAX = 1',
    'function M._hidden() end',
    'M.inner = { turn = function() end, n = 1 }',
    'local Hidden = {}',
    'function Hidden.secret() end',
    'function global() end',
    'return M',
  ])
  expect(file.header?.text).toBe('Leads home.')
  expect(listed(file)).toEqual([
    '+ constant M',
    '+ method M.walk',
    '+ method M:go',
    '- function own',
    '+ method M.far',
    '+ constant M.MAX',
    '- method M._hidden',
    '+ constant M.inner',
    '+ method M.inner.turn',
    '- method Hidden.secret',
    '+ function global',
  ])
  expect(file.symbols[1]).toMatchObject({
    signature: 'function M.walk(x, y, ...)',
    params: [
      { name: 'x', doc: 'how far' },
      { name: 'y', doc: 'where' },
      { name: '...', optional: true },
    ],
    doc: { summary: 'Walks.', returns: 'the rest', raises: ['when dark'], range: { start: 8, end: 12 } },
    range: { start: 13, end: 15 },
  })
  expect(file.symbols[2]).toMatchObject({
    params: [
      { name: 'z', doc: 'how wide' },
      { name: 'w', doc: 'whether' },
    ],
    doc: { returns: 'rest what is left' },
  })
  expect(file.imports.map(({ specifier, alias }) => [specifier, alias])).toEqual([
    ['home.util', 'util'],
    ['home.road', 'road'],
  ])
})

it('takes functions that a table returns at the end as public, and knows metatables', async () => {
  const file = await parse(['local function open() end', 'local function close() end', 'return { open = open }'])
  expect(listed(file)).toEqual(['+ function open', '- function close'])
  const wrapped = await parse(['local P = {}', 'function P.a() end', 'return setmetatable(P, {})'])
  expect(listed(wrapped)).toEqual(['+ constant P', '+ method P.a'])
})

it('keeps what stands around syntax errors, CRLF, tabs and names that JavaScript knows', async () => {
  const file = await parse([
    'function constructor() end\r',
    '\tfunction __proto__x() end\r',
    'local = = (\r',
    'function b() end\r',
  ])
  expect(file.hasErrors).toBe(true)
  expect(listed(file)).toContain('+ function constructor')
  expect((await parse([''])).symbols).toEqual([])
})

it('lists the cases of busted', async () => {
  const file = await parse(
    ['describe("path", function()', '  it("walks home", function() end)', 'end)'],
    'spec/path_spec.lua',
  )
  expect(file.tests).toEqual({ framework: 'busted', cases: ['path', 'walks home'] })
})

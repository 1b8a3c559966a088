import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadGrammar, withTree } from './grammar.ts'
import { parseFile } from './parse-file.ts'
import type { ParsedFile } from './parsed-file.ts'

const FOLDER = new URL('.', import.meta.url).pathname

async function parse(content: string, path = 'src/a.ts'): Promise<ParsedFile> {
  const parsed = await parseFile(content, path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}

/** A signature is code once the body stands behind it that it leaves out, alone or as a member. */
function isCode(signature: string): boolean {
  const endings = ['', ' {}', ' => {}', ' = x', ' { type: x }']
  const members = endings.map((ending) => `abstract class X { ${signature}${ending} }`)
  const texts = [...endings.map((ending) => signature + ending), ...members, `enum X { ${signature} }`]
  return texts.some((text) => withTree('typescript', text, (root) => !root.hasError))
}

it('separates members that line breaks separated, also inside parameters, defaults and comments', async () => {
  const { symbols } = await parse(
    [
      'export function f(options: {',
      '  a: string // one',
      '  /* two */',
      '  b: { c: number',
      '       d(): void }',
      '}, run = function () {',
      '  go()',
      '  return 1',
      '}): Promise<{',
      '  x: string,',
      '  y: number }> { return a }',
    ].join('\n'),
  )
  expect(symbols[0]).toMatchObject({
    signature:
      'function f(options: { a: string; b: { c: number; d(): void } }, run = function () { go(); return 1 }): Promise<{ x: string, y: number }>',
    params: [{ type: '{ a: string; b: { c: number; d(): void } }' }, { default: 'function () { go(); return 1 }' }],
    returns: 'Promise<{ x: string, y: number }>',
  })
})

it('ends a signature before the value when a type is declared or something is wrapped around the function', async () => {
  const { symbols } = await parse(
    [
      'export const tag: Tag = ((strings: string[]) => {',
      '  return 1',
      '}) as Tag',
      'export const cast = ((a: number) => {',
      '}) as any',
      'export const head = (a: number): number => a',
      'export class C { on: Handler = (a) => 1; off = (a: number) => 1 }',
    ].join('\n'),
  )
  expect(symbols.map(({ signature }) => signature)).toEqual([
    'const tag: Tag',
    'const cast',
    'const head = (a: number): number',
    'class C',
    'on: Handler',
    'off = (a: number)',
  ])
})

it('adds the properties that calls define: defineProperty, defineGetter, __defineGetter__', async () => {
  const { symbols } = await parse(
    [
      'var req = Object.create(proto)',
      'module.exports = req',
      '/** Protocol of it. */',
      "defineGetter(req, 'protocol', function protocol() { return 1 })",
      "Object.defineProperty(exports, 'json', { get: make('json') })",
      "req.__defineGetter__('old', function () {})",
      "Object.defineProperty(exports, '__esModule', { value: true })",
      "defineGetter(unknown, 'nope', function () {})",
    ].join('\n'),
    'lib/request.js',
  )
  expect(symbols.map(({ qualified, kind, public: open }) => [qualified, kind, open])).toEqual([
    ['req', 'variable', true],
    ['req.protocol', 'property', true],
    ['json', 'constant', true],
    ['req.old', 'property', true],
  ])
  expect(symbols[1]?.doc?.summary).toBe('Protocol of it.')
})

it('gives only signatures that are code, on the files of this folder', async () => {
  await loadGrammar('typescript')
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
  const files = await Promise.all(names.map((name) => parse(readFileSync(FOLDER + name, 'utf8'), name)))
  const signatures = files.flatMap(({ symbols }) => symbols.map(({ signature }) => signature))
  expect(signatures.length).toBeGreaterThan(300)
  expect(signatures.filter((signature) => !isCode(signature))).toEqual([])
})

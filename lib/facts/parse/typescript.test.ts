import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'
import type { ParsedFile } from './parsed-file.ts'

async function parse(content: string, path = 'src/a.ts'): Promise<ParsedFile> {
  const parsed = await parseFile(content, path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}

async function symbol(content: string, qualified: string, path?: string) {
  const { symbols } = await parse(content, path)
  return symbols.find((one) => one.qualified === qualified)
}

it('gives a function its signature without body, its parameters, its doc and exact lines', async () => {
  const source = [
    "import x from 'x'",
    '',
    '/**',
    ' * Adds things up. Slowly.',
    ' *',
    ' * More about it.',
    ' * @param left - what to add {@link to}',
    ' * @param {number} [right=2] how much',
    ' * @returns the sum',
    ' * @throws {RangeError} when it is too much',
    ' * @example',
    ' * add(1)',
    ' */',
    'export async function add<T extends number>(',
    '  left: T, // first',
    '  right = 2,',
    '  ...rest: T[]',
    '): Promise<T> {',
    '  return left',
    '}',
  ].join('\n')
  expect(await symbol(source, 'add')).toMatchObject({
    id: 'src/a.ts#add',
    kind: 'function',
    public: true,
    signature: 'async function add<T extends number>(left: T, right = 2, ...rest: T[]): Promise<T>',
    params: [
      { name: 'left', type: 'T', default: null, optional: false, doc: 'what to add to' },
      { name: 'right', type: null, default: '2', optional: true, doc: 'how much' },
      { name: '...rest', type: 'T[]', default: null, optional: false, doc: null },
    ],
    returns: 'Promise<T>',
    doc: {
      summary: 'Adds things up. Slowly.',
      body: 'More about it.',
      returns: 'the sum',
      raises: ['RangeError when it is too much'],
      examples: ['add(1)'],
      range: { start: 3, end: 13 },
    },
    range: { path: 'src/a.ts', start: 14, end: 20 },
    declaration: { start: 14, end: 18 },
  })
})

it('counts as public what a module exports, in whichever way', async () => {
  const { symbols } = await parse(
    [
      'function a() {}',
      'const b = 1',
      'class C { d() {} private e() {} #f = 1; _g = 2; constructor(readonly h: string) {} }',
      'function hidden() {}',
      '/** @internal */ export function inside() {}',
      'export { a as first, b }',
      'export default C',
      "export { other } from './other'",
    ].join('\n'),
  )
  expect(symbols.filter((one) => one.public).map((one) => one.qualified)).toEqual([
    'a',
    'b',
    'C',
    'C.d',
    'C.constructor',
    'C.h',
  ])
  expect(symbols.map((one) => one.qualified)).toContain('hidden')
})

it('reads CommonJS: exported functions, whole objects, prototype and assigned methods', async () => {
  const { symbols, imports } = await parse(
    [
      "const { one } = require('./one')",
      'const app = exports = module.exports = {}',
      'app.use = function use(fn) {}',
      'function Layer() {}',
      'Layer.prototype.match = function match(path) {}',
      'exports.make = (a, b) => a',
      "exports.two = require('./two')",
    ].join('\n'),
    'lib/a.js',
  )
  expect(symbols.map((one) => [one.qualified, one.kind, one.public])).toEqual([
    ['app', 'constant', true],
    ['Layer', 'function', false],
    ['app.use', 'method', true],
    ['Layer.match', 'method', false],
    ['make', 'function', true],
  ])
  expect(imports.map((one) => [one.specifier, one.names, one.reexports])).toEqual([
    ['./one', ['one'], false],
    ['./two', ['*'], true],
  ])
})

it('calls an exported capitalised function that returns JSX a component', async () => {
  const source = 'export const Card = memo(({ title }: Props) => <h1>{title}</h1>)\nexport const Total = () => 1'
  expect(await symbol(source, 'Card', 'a.tsx')).toMatchObject({ kind: 'component', params: [{ name: '{ title }' }] })
  expect(await symbol(source, 'Total', 'a.tsx')).toMatchObject({ kind: 'function' })
})

it('tells overloads apart and keeps one of a getter and a setter', async () => {
  const { symbols } = await parse(
    'export function f(a: string): void\nexport function f(a: number): void\nexport function f(a: unknown) {}\nexport class A { get x() { return 1 } set x(v) {} }',
  )
  expect(symbols.map((one) => one.id)).toEqual([
    'src/a.ts#f',
    'src/a.ts#f~2',
    'src/a.ts#f~3',
    'src/a.ts#A',
    'src/a.ts#A.x',
  ])
})

it('reads members of interfaces and object types, and namespaces as prefixes', async () => {
  const { symbols } = await parse(
    'export interface I {\n  /** One. */\n  a?: string\n  <T>(x: T): void\n  b(): void\n}\nexport type O = { c: 1 } & I\ndeclare namespace N { export type P = 1 }\nexport = N',
  )
  expect(symbols.map((one) => [one.qualified, one.public, one.signature])).toEqual([
    ['I', true, 'interface I'],
    ['I.a', true, 'a?: string'],
    ['I.b', true, 'b(): void'],
    ['O', true, 'type O = { c: 1 } & I'],
    ['O.c', true, 'c: 1'],
    ['N.P', true, 'type P = 1'],
  ])
})

it('reads around syntax errors, byte order marks are cut before, and CRLF moves nothing', async () => {
  const broken = await parse('export function a() {}\n\nconst = = (\n\nexport function b() {}\n')
  expect(broken.hasErrors).toBe(true)
  expect(broken.symbols.map((one) => one.name)).toEqual(expect.arrayContaining(['a']))
  const crlf = await symbol('// x\r\n\r\n/** Doc.\r\n * More. */\r\nexport const a = {\r\n  b: 1,\r\n}\r\n', 'a')
  expect(crlf).toMatchObject({ range: { start: 5, end: 7 }, doc: { summary: 'Doc. More.' } })
  expect((await parse('')).symbols).toEqual([])
})

it('takes the comment at the top as header, but neither a licence nor the doc of the first declaration', async () => {
  const text = '/* Copyright 2026 Somebody */\n\n// Finds the way home.\n// Always.\n\nimport a from "a"'
  expect((await parse(text)).header).toEqual({
    text: 'Finds the way home. Always.',
    range: { path: 'src/a.ts', start: 3, end: 4 },
  })
  expect((await parse('/** Doc of a. */\nexport const a = 1')).header).toBeNull()
})

it('lists the cases of a test file and what it uses', async () => {
  const { tests, references } = await parse(
    "import { it } from 'vitest'\ndescribe('home', () => { it.each([1])('skipped', f); it('is found', () => walk()) })",
    'src/a.test.ts',
  )
  expect(tests).toEqual({ framework: 'vitest', cases: ['home', 'is found'] })
  expect(references?.words).toContain('walk')
})

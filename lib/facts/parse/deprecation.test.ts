import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function docsOf(path: string, lines: string[]) {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file.symbols.map(({ name, doc }) => [name, doc?.summary ?? null, doc?.deprecated ?? null])
}

it('knows what an annotation says of something that nobody described', async () => {
  expect(
    await docsOf('A.java', ['class A {', '  @Deprecated // since 2', '  void go() {}', '  void run() {}', '}']),
  ).toEqual([
    ['A', null, null],
    ['go', '', 'Deprecated'],
    ['run', null, null],
  ])
  const kotlin = [
    'package a',
    '@Deprecated("use run")',
    'fun go() {}',
    '/** Runs. */',
    '@Deprecated("walk")',
    'fun run() {}',
  ]
  expect(await docsOf('a.kt', kotlin)).toEqual([
    ['go', '', 'use run'],
    ['run', 'Runs.', 'walk'],
  ])
  const csharp = ['class A {', '  [Obsolete("use Run")]', '  void Go() {}', '  [Serializable]', '  void Run() {}', '}']
  expect(await docsOf('A.cs', csharp)).toEqual([
    ['A', null, null],
    ['Go', '', 'use Run'],
    ['Run', null, null],
  ])
  const swift = [
    '@available(*, deprecated, message: "use run")',
    'func go() {}',
    '@available(iOS 13, *)',
    'func run() {}',
  ]
  expect(await docsOf('a.swift', swift)).toEqual([
    ['go', '', 'use run'],
    ['run', null, null],
  ])
})

it('ends a list of parameters of Swift at a paragraph that is not indented', async () => {
  const lines = [
    '/// Goes.',
    '///',
    '/// - Parameters:',
    '///   - far: How far',
    '///     it goes.',
    '///',
    '/// It may rain.',
  ]
  const file = await parseFile([...lines, 'func go(far: Int) {}'].join('\n'), 'a.swift')
  if (typeof file === 'string') throw new Error(file)
  expect(file.symbols[0]?.doc).toMatchObject({ params: { far: 'How far it goes.' }, body: 'It may rain.' })
})

it('reads the escapes of a rustdoc attribute, and leaves pragmas of C# out of signatures', async () => {
  const rust = await parseFile('#[doc = "Goes.\\n\\n Far \\"away\\"."]\npub fn go() {}\n', 'src/lib.rs')
  if (typeof rust === 'string') throw new Error(rust)
  expect(rust.symbols[0]?.doc).toMatchObject({ summary: 'Goes.', body: 'Far "away".' })
  const csharp = await parseFile('class A {\n  int Go(int a)\n#pragma warning restore S1\n  { return 1; }\n}\n', 'A.cs')
  if (typeof csharp === 'string') throw new Error(csharp)
  expect(csharp.symbols[1]?.signature).toBe('int Go(int a)')
})

import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

it('reads C# types, members, operators and XML comments, across conditions and Windows line ends', async () => {
  const lines = [
    'using System;',
    'using Way = Home.Roads.Way;',
    'namespace Home.Feet {',
    '  /// <summary>Leads <see cref="T:Home.Door"/>.</summary>',
    '  /// <remarks>Slowly.</remarks>',
    '  [Serializable]',
    '  public abstract class Path<T> : Road where T : class {',
    '    public const int Far = 1;',
    '    public int Length { get; private set; } = 1;',
    '#if NET',
    '    /// <param name="steps">how many</param>',
    '    /// <returns>the rest</returns>',
    '    /// <exception cref="T:System.IO.IOException">when dark</exception>',
    '    [Obsolete("use Run")]',
    '    public Task<int> Walk(int steps, string on = "x", params int[] more) { return null; }',
    '#endif',
    '    public static Path<T> operator +(Path<T> a, int b) => a;',
    '    public class Step { internal void Own() {} }',
    '    private int width;',
    '  }',
    '  public interface IWalker { int Go(); }',
    '  internal class Hidden { public void Go() {} }',
    '}',
  ]
  const file = await parseFile(lines.join('\r\n'), 'src/Path.cs')
  if (typeof file === 'string') throw new Error(file)
  expect(file.packageName).toBe('Home.Feet')
  expect(file.imports.map(({ specifier, names }) => [specifier, names])).toEqual([
    ['System', ['*']],
    ['Home.Roads.Way', ['Way']],
  ])
  expect(file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)).toEqual([
    '+ class Path',
    '+ constant Path.Far',
    '+ property Path.Length',
    '+ method Path.Walk',
    '+ method Path.operator +',
    '+ class Path.Step',
    '- method Path.Step.Own',
    '- property Path.width',
    '+ interface IWalker',
    '+ method IWalker.Go',
    '- class Hidden',
    '- method Hidden.Go',
  ])
  expect(file.symbols[0]).toMatchObject({
    signature: 'public abstract class Path<T> : Road where T : class',
    doc: { summary: 'Leads Door.', body: 'Slowly.' },
  })
  expect(file.symbols[3]).toMatchObject({
    signature: 'public Task<int> Walk(int steps, string on = "x", params int[] more)',
    returns: 'Task<int>',
    params: [
      { name: 'steps', doc: 'how many' },
      { name: 'on', default: '"x"' },
      { name: 'more', type: 'params int[]' },
    ],
    doc: { returns: 'the rest', raises: ['IOException: when dark'], deprecated: 'use Run' },
  })
})

it('names the cases of a C# test file', async () => {
  const lines = ['class WayTests {', '  [Test]', '  public async Task Goes() {}', '  public void Helper() {}', '}']
  const file = await parseFile(lines.join('\n'), 'Home.Tests/WayTests.cs')
  expect(file).toMatchObject({ tests: { framework: 'nunit', cases: ['Goes'] } })
})

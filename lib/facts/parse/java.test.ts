import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parsed(lines: string[], path = 'src/main/java/home/Way.java') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

it('reads types, members, overloads and Javadoc with the visibility Java gives them', async () => {
  const { header, symbols, packageName, imports } = await parsed([
    '/* Copyright 2026 Somebody. */',
    'package home.way;',
    'import java.util.List;',
    'import static home.feet.Foot.*;',
    'import home.shoes.*;',
    '/**',
    ' * Leads {@link Home home}.',
    ' * <p>Uses {@code List<T>}:',
    ' * <pre>{@code',
    ' * new Way<>().walk(1);',
    ' * }</pre>',
    ' * @param <T> what walks',
    ' */',
    '@Foo(name = "x")',
    'public abstract class Way<T extends Shoe> extends Road implements Walkable {',
    '  /** In metres. */ public static final int FAR = 1, NEAR = 2;',
    '  private int width;',
    '  protected Way() {}',
    '  /**',
    '   * Walks.',
    '   * @param steps how many',
    '   * @return the rest',
    '   * @throws java.io.IOException when it is dark',
    '   */',
    '  @Deprecated @Override public <R> List<R> walk(final int steps, String... on) throws java.io.IOException { return null; }',
    '  public void walk() {}',
    '  void own() {}',
    '  public enum Turn { /** Not right. */ LEFT(1), RIGHT; Turn(int x) {} }',
    '  public interface Walker { int go(); int MAX = 3; }',
    '}',
    'record Point(int x, int y) {}',
    '@interface Mark { String value() default "x"; }',
  ])
  expect(header?.text).toBe('Leads home.')
  expect(packageName).toBe('home.way')
  expect(imports.map(({ specifier, names }) => [specifier, names])).toEqual([
    ['java.util.List', ['List']],
    ['home.feet.Foot', ['Foot']],
    ['home.shoes.*', ['*']],
  ])
  expect(symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)).toEqual([
    '+ class Way',
    '+ constant Way.FAR',
    '+ constant Way.NEAR',
    '- property Way.width',
    '+ method Way.Way',
    '+ method Way.walk',
    '+ method Way.walk',
    '- method Way.own',
    '+ enum Way.Turn',
    '+ property Way.Turn.LEFT',
    '+ property Way.Turn.RIGHT',
    '- method Way.Turn.Turn',
    '+ interface Way.Walker',
    '+ method Way.Walker.go',
    '+ constant Way.Walker.MAX',
    '- class Point',
    '- interface Mark',
    '- method Mark.value',
  ])
  expect(symbols[0]).toMatchObject({
    signature: 'public abstract class Way<T extends Shoe> extends Road implements Walkable',
    doc: { summary: 'Leads home.', body: 'Uses `List<T>`:\n\n```\nnew Way<>().walk(1);\n```' },
  })
  expect(symbols[5]).toMatchObject({
    id: 'src/main/java/home/Way.java#Way.walk',
    signature: 'public <R> List<R> walk(final int steps, String... on) throws java.io.IOException',
    returns: 'List<R>',
    params: [
      { name: 'steps', type: 'int', doc: 'how many' },
      { name: 'on', type: 'String...' },
    ],
    doc: { returns: 'the rest', raises: ['java.io.IOException when it is dark'], deprecated: 'Deprecated' },
  })
  expect(symbols[6]?.id).toBe('src/main/java/home/Way.java#Way.walk~2')
})

it('names test cases, the main class and what a module exports', async () => {
  const test = await parsed(
    ['class WayTest {', '  @Test public void goes() {}', '  void helper() {}', '}'],
    'src/test/java/WayTest.java',
  )
  expect(test.tests).toEqual({ framework: 'junit', cases: ['goes'] })
  const main = await parsed(
    ['package a;', 'public class Main { public static void main(String[] args) {} }'],
    'src/a/Main.java',
  )
  expect(main.entryPoints).toMatchObject([{ kind: 'main', name: 'a.Main' }])
  const module = await parsed(['module a { exports a.open; exports a.friends to b; }'], 'src/module-info.java')
  expect(module.offered).toEqual(['a.open'])
})

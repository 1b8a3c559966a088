import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path = 'src/main/kotlin/Path.kt') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const listed = (file: Awaited<ReturnType<typeof parse>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads Kotlin types, members, extensions and KDoc with generics, defaults and imports', async () => {
  const file = await parse([
    'package home.way',
    'import home.Road',
    'import home.doors.*',
    'import home.Roof as Top',
    '/**',
    ' * Leads [home][Road].',
    ' *',
    ' * @param T what walks',
    ' */',
    '@Deprecated("go by train")',
    'public sealed class Path<out T : Any>(val parts: List<T>, private var width: Int = 1, plain: Int) : Road(plain), Walk by way {',
    '  /** Walks with [plus]. @return the rest */',
    '  inline fun <reified R> List<R>.walk(steps: Int = 1, vararg on: String, block: (Int) -> Unit): R? where R : B { return null }',
    '  protected open val far: Int get() = 1',
    '  private fun own() = 2',
    '  companion object { const val MAX = 3; fun of(): Path<*> = TODO() }',
    '  internal class Inner { fun hidden() {} }',
    '}',
    'fun interface Run { fun run() }',
    'enum class Turn(val n: Int) {',
    '  LEFT(1),',
    '  /** Right. */',
    '  RIGHT(2) { override fun f() {} };',
    '  abstract fun f()',
    '}',
    'typealias Ways<T> = Map<String, T>',
    'val String.size2: Int get() = 1',
    'suspend operator fun Path<*>.plus(o: Path<*>) = o',
    'fun main(args: Array<String>) {}',
  ])
  expect(file.packageName).toBe('home.way')
  expect(file.imports.map(({ specifier, names, alias }) => [specifier, names, alias])).toEqual([
    ['home.Road', ['Road'], null],
    ['home.doors.*', ['*'], null],
    ['home.Roof', ['Roof'], 'Top'],
  ])
  expect(listed(file)).toEqual([
    '+ class Path',
    '+ property Path.parts',
    '- property Path.width',
    '+ method Path.walk',
    '+ property Path.far',
    '- method Path.own',
    '+ constant Path.MAX',
    '+ method Path.of',
    '- class Path.Inner',
    '- method Path.Inner.hidden',
    '+ interface Run',
    '+ method Run.run',
    '+ enum Turn',
    '+ property Turn.n',
    '+ property Turn.LEFT',
    '+ property Turn.RIGHT',
    '+ method Turn.f',
    '+ type Ways',
    '+ property size2',
    '+ function plus',
    '+ function main',
  ])
  expect(file.symbols[0]).toMatchObject({
    signature:
      'public sealed class Path<out T : Any>(val parts: List<T>, private var width: Int = 1, plain: Int) : Road(plain), Walk by way',
    doc: { summary: 'Leads home.', deprecated: 'go by train', params: { T: 'what walks' } },
    range: { start: 10, end: 18 },
  })
  expect(file.symbols[3]).toMatchObject({
    signature:
      'inline fun <reified R> List<R>.walk(steps: Int = 1, vararg on: String, block: (Int) -> Unit): R? where R : B',
    returns: 'R?',
    params: [
      { name: 'steps', type: 'Int', default: '1', optional: true },
      { name: 'on', type: 'vararg String', optional: true },
      { name: 'block', type: '(Int) -> Unit', optional: false },
    ],
  })
  expect(file.symbols[10]?.signature).toBe('fun interface Run')
  expect(file.entryPoints.map(({ name }) => name)).toEqual(['home.way.PathKt'])
})

it('keeps what stands around syntax errors, CRLF, tabs and names that JavaScript knows', async () => {
  const file = await parse([
    'class A {\r',
    '\tfun constructor2() {}\r',
    '\tfun broken( {\r',
    '}\r',
    'fun __proto__() {}\r',
    'fun toString2() {}\r',
  ])
  expect(file.hasErrors).toBe(true)
  expect(listed(file)).toContain('+ function toString2')
  expect((await parse([''])).symbols).toEqual([])
})

it('lists test cases by annotation, also with names in backticks', async () => {
  const file = await parse(
    [
      'import kotlin.test.Test',
      'class PathTest {',
      '  @Test fun `walks home`() {}',
      '  @Test',
      '  fun walks() {}',
      '  fun not() {}',
      '}',
    ],
    'src/test/kotlin/PathTest.kt',
  )
  expect(file.tests).toEqual({ framework: 'kotlin.test', cases: ['walks home', 'walks'] })
})

it('reads classes whose constructor stands on a line of its own', async () => {
  const file = await parse([
    'expect open class Low',
    '// Not copied.',
    'internal constructor(data: Int) : Base<Int> {',
    '  fun inside(): Int',
    '}',
    'class Near internal actual constructor(val a: Int) { fun near() = 1 }',
  ])
  expect(file.hasErrors).toBe(false)
  expect(listed(file)).toEqual([
    '+ class Low',
    '+ method Low.inside',
    '+ class Near',
    '+ property Near.a',
    '+ method Near.near',
  ])
  expect(file.symbols[0]?.signature).toBe('expect open class Low internal constructor(data: Int) : Base<Int>')
})

it('reads properties of constructors with their comments, also those marked actual', async () => {
  const file = await parseFile(
    [
      'public actual class Way private constructor(public actual val length: Int) {',
      '  /** Whole. */',
      '  public actual val sum: Int',
      '    get() = length',
      '}',
      'class Stop(',
      '  /** Where it is. */',
      '  val place: String,',
      '  public actual val hour: Int,',
      ')',
    ].join('\n'),
    'src/Way.kt',
  )
  if (typeof file === 'string') throw new Error(file)
  expect(file.symbols.map(({ qualified, signature, doc }) => [qualified, signature, doc?.summary ?? null])).toEqual([
    ['Way', 'public actual class Way private constructor(public actual val length: Int)', null],
    ['Way.length', 'public actual val length: Int', null],
    ['Way.sum', 'public actual val sum: Int', 'Whole.'],
    ['Stop', 'class Stop(val place: String, public actual val hour: Int)', null],
    ['Stop.place', 'val place: String', 'Where it is.'],
    ['Stop.hour', 'public actual val hour: Int', null],
  ])
})

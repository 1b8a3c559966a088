import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path = 'src/main/scala/Path.scala') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const listed = (file: Awaited<ReturnType<typeof parse>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads Scala 2 and 3: types, members, givens, extensions, Scaladoc and grouped imports', async () => {
  const file = await parse([
    'package home',
    'package way',
    'import home.Road',
    'import home.doors._',
    'import home.{Roof => Top, Wall, Hidden => _}',
    'import home.given',
    '/** Leads [[home.Road home]].',
    '  * {{{',
    '  * walk(1)',
    '  * }}}',
    '  * @param x how far',
    '  * @tparam T what walks',
    '  */',
    '@deprecated("go by train", "1.0")',
    'sealed abstract class Path[+T](val x: Int, private var width: Int = 1, plain: Int) extends Road(plain) with Walk {',
    '  def this(x: Int) = this(x, 1, 2)',
    '  protected def walk[R <: T](steps: Int = 1, on: String*)(implicit way: Way): Option[R] = None',
    '  private[home] def near = 2',
    '  lazy val far = 1',
    '  val (a, b) = (1, 2)',
    '  type Way = Int',
    '}',
    'object Path { def apply(x: Int): Path[Int] = ??? }',
    'case class Step(n: Int, to: String = "home")',
    'trait Walk { def go(): Int }',
    'enum Turn(val n: Int) { case Left extends Turn(1); case Right, Back }',
    'given order: Ordering[Int] = ???',
    'extension (s: String) def homeward: String = s',
    'opaque type Id = Int',
    'private val hidden = 1',
  ])
  expect(file.packageName).toBe('home.way')
  expect(listed(file)).toEqual([
    '+ class Path',
    '+ property Path.x',
    '- property Path.width',
    '+ method Path.constructor',
    '+ method Path.walk',
    '- method Path.near',
    '+ property Path.far',
    '+ property Path.a',
    '+ property Path.b',
    '+ type Path.Way',
    '+ class Path',
    '+ method Path.apply',
    '+ class Step',
    '+ property Step.n',
    '+ property Step.to',
    '+ interface Walk',
    '+ method Walk.go',
    '+ enum Turn',
    '+ property Turn.n',
    '+ property Turn.Left',
    '+ property Turn.Right',
    '+ property Turn.Back',
    '+ constant order',
    '+ function homeward',
    '+ type Id',
    '- constant hidden',
  ])
  expect(file.symbols[0]).toMatchObject({
    doc: {
      summary: 'Leads home.',
      params: { x: 'how far', T: 'what walks' },
      deprecated: 'go by train',
      range: { start: 7, end: 13 },
    },
  })
  expect(file.symbols[4]).toMatchObject({
    signature: 'protected def walk[R <: T](steps: Int = 1, on: String*)(implicit way: Way): Option[R]',
    returns: 'Option[R]',
    params: [{ name: 'steps', default: '1' }, { name: 'on', type: 'String*', optional: true }, { name: 'way' }],
  })
  expect(file.imports.map(({ specifier, names, alias }) => [specifier, names, alias])).toEqual([
    ['home.Road', ['Road'], null],
    ['home.doors.*', ['*'], null],
    ['home.Roof', ['Roof'], 'Top'],
    ['home.Wall', ['Wall'], null],
    ['home.*', ['*'], null],
  ])
})

it('keeps what stands around syntax errors, CRLF and tabs', async () => {
  const file = await parse([
    'class A {\r',
    '\tdef one = 1\r',
    '}\r',
    'class = = (\r',
    'object constructor { def __proto__ = 1 }\r',
  ])
  expect(file.hasErrors).toBe(true)
  expect(listed(file)).toEqual(expect.arrayContaining(['+ class A', '+ method A.one']))
  expect((await parse([''])).symbols).toEqual([])
})

it('knows the programs of a file: objects with a main or of App, and nothing that looks like them', async () => {
  const lines = [
    'package way',
    'object Home {',
    '  def main(args: Array[String]): Unit = {}',
    '}',
    'object Old extends App {',
    '}',
    'class Near {',
    '  def main(args: Array[String]): Unit = {}',
    '}',
    'object Other extends Apple with X {}',
    'object Number { def main(a: Int) = 1 }',
    '@main def walk(times: Int): Unit = ()',
    '/** Like `@main def no`. */',
    'def near(@mainly times: Int) = 1 // @main',
    'object In {',
    '  @main',
    '  def run() = 1',
    '}',
  ]
  const file = await parseFile(lines.join('\n'), 'src/Home.scala')
  if (typeof file === 'string') throw new Error(file)
  expect(file.entryPoints.map(({ kind, name, range }) => [kind, name, range.start])).toEqual([
    ['main', 'way.Home', 3],
    ['main', 'way.Old', 5],
    ['main', 'way.walk', 12],
    ['main', 'way.run', 16],
  ])
})

it('ends a definition without braces at its own last line; what follows keeps its comment', async () => {
  const file = await parse([
    'class Way {',
    '  def far: Int =',
    '    1 // one',
    '',
    '  /** How near. */',
    '  def near: Int =',
    '    2',
    '',
    '  /** Home. */',
    '  val home =',
    '    3',
    '}',
    'extension (way: Way)',
    '  /** Back. */',
    '  def back: Int =',
    '    4',
    '',
    '  /** Again. */',
    '  def again: Int = 5',
  ])
  expect(file.symbols.map(({ name, range, doc }) => [name, range.start, range.end, doc?.summary ?? null])).toEqual([
    ['Way', 1, 12, null],
    ['far', 2, 3, null],
    ['near', 6, 7, 'How near.'],
    ['home', 10, 11, 'Home.'],
    ['back', 15, 16, 'Back.'],
    ['again', 19, 19, 'Again.'],
  ])
})

it('knows a package by the name that stands in marks', async () => {
  const file = await parse(['package home.`export`', 'trait Way'])
  expect(file.packageName).toBe('home.export')
})

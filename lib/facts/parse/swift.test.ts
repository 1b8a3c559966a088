import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path = 'Sources/Home/Path.swift') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const listed = (file: Awaited<ReturnType<typeof parse>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads Swift types, extensions, conditions and markup with labels, defaults and access levels', async () => {
  const file = await parse([
    '#if canImport(Road)',
    'import Road',
    '#endif',
    '@testable import struct Home.Door',
    '',
    '/// Leads home.',
    '///',
    '/// More of it.',
    '///',
    '/// - Parameters:',
    '///   - x: how far,',
    '///     in metres',
    '/// - Returns: the rest',
    '/// - Throws: `Lost` when dark',
    '@available(*, deprecated, message: "go by train")',
    '@discardableResult',
    'public func walk<T: Any>(_ x: Int = 1, to y: String..., z: inout T) async throws -> T? where T: Walk { nil }',
    'open class Path<T>: Road, Walk {',
    '  public static let far = 1',
    '  public private(set) var width: Int = 2',
    '  var own: Int { 1 }',
    '  public init?(x: Int) {}',
    '  public subscript(i: Int) -> Int { 1 }',
    '  #if os(Linux)',
    '  public func linux() {}',
    '  #else',
    '  public func other() {}',
    '  #endif',
    '  struct Inner { public func hidden() {} }',
    '}',
    'public enum Turn: String { case left = "l", right; indirect case back(Int, y: String) }',
    'public protocol Walk: AnyObject { associatedtype Way; func go() -> Int; var far: Int { get } }',
    'public extension Path { func added() {}; private func secret() {} }',
    'extension String { public func homeward() -> String { self } }',
    'public typealias Ways<T> = [String: T]',
    'actor Hidden {}',
  ])
  expect(listed(file)).toEqual([
    '+ function walk',
    '+ class Path',
    '+ property Path.far',
    '+ property Path.width',
    '- property Path.own',
    '+ method Path.init',
    '+ method Path.subscript',
    '+ method Path.linux',
    '+ method Path.other',
    '- class Path.Inner',
    '- method Path.Inner.hidden',
    '+ enum Turn',
    '+ property Turn.left',
    '+ property Turn.right',
    '+ property Turn.back',
    '+ interface Walk',
    '+ type Walk.Way',
    '+ method Walk.go',
    '+ property Walk.far',
    '+ method Path.added',
    '- method Path.secret',
    '+ method String.homeward',
    '+ type Ways',
    '- class Hidden',
  ])
  expect(file.symbols[0]).toMatchObject({
    signature: 'public func walk<T: Any>(_ x: Int = 1, to y: String..., z: inout T) async throws -> T? where T: Walk',
    returns: 'T?',
    params: [
      { name: 'x', type: 'Int', default: '1', optional: true, doc: 'how far, in metres' },
      { name: 'y', type: 'String...', optional: true },
      { name: 'z', type: 'inout T', optional: false },
    ],
    doc: {
      summary: 'Leads home.',
      body: 'More of it.',
      returns: 'the rest',
      raises: ['Lost when dark'],
      deprecated: 'go by train',
    },
    range: { start: 15, end: 17 },
  })
  expect(file.symbols.find(({ name }) => name === 'back')?.signature).toBe('case back(Int, y: String)')
  expect(file.imports.map(({ specifier, names }) => [specifier, names])).toEqual([
    ['Road', ['*']],
    ['Home.Door', ['Door']],
  ])
})

it('keeps what stands around syntax errors, CRLF and tabs', async () => {
  const file = await parse(['public func a() {}\r', 'public let = = (\r', '\tpublic func b() {}\r'])
  expect(file.hasErrors).toBe(true)
  expect(listed(file)).toContain('+ function a')
  expect((await parse([''])).symbols).toEqual([])
})

it('lists the cases of XCTest and of Swift Testing', async () => {
  const xctest = await parse(
    ['class T: XCTestCase { ', '  func testHome() {}', '  func other() {}', '}'],
    'Tests/HomeTests/T.swift',
  )
  expect(xctest.tests).toEqual({ framework: 'xctest', cases: ['testHome'] })
  const testing = await parse(
    ['@Test("walks home") func walks() {}', '@Test func runs() {}'],
    'Tests/HomeTests/S.swift',
  )
  expect(testing.tests).toEqual({ framework: 'swift-testing', cases: ['walks home', 'runs'] })
})

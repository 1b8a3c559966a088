import { javascriptEnvironment } from '#lib/facts/interfaces/environment.ts'
import { headerText, isNotice } from './doc-text.ts'
import { commentLines, parseJsdoc } from './jsdoc.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { typescriptImports } from './typescript-imports.ts'
import { typescriptSymbols } from './typescript-symbols.ts'

/** Reads a TypeScript or JavaScript file. `isTest` adds cases. */
export function parseTypescript(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const imports = typescriptImports(root, source)
  const packages = new Set(imports.map(({ specifier }) => specifier))
  return {
    ...emptyParsedFile(),
    header: headerOf(root, source),
    symbols: typescriptSymbols(root, source),
    imports,
    environment: javascriptEnvironment(root, source),
    tests: isTest ? testsOf(root, packages) : null,
    hasErrors: root.hasError,
  }
}

const FILE_TAG = /@(?:file|fileoverview|overview|module|packageDocumentation)\b/

/** The comment at the top that is about the file: it has a file tag, or does not touch a declaration. */
function headerOf(root: Node, source: SourceText): ParsedFile['header'] {
  const top = root.namedChildren.filter(({ type }) => type !== 'hash_bang_line')
  for (let at = 0; at < top.length; at += 1) {
    const comment = top[at]
    if (comment?.type !== 'comment') return null
    let last = comment
    while (comment.text.startsWith('//') && isNextLineComment(last, top[at + 1])) last = top[++at] ?? last
    const text = source.content.slice(comment.startIndex, last.endIndex)
    if (isNotice(text.replace(/^[\s/*!]+/, ''))) continue
    const next = top[at + 1]
    const isAttached = next !== undefined && next.startPosition.row <= last.endPosition.row + 1 && isDeclaration(next)
    if (isAttached && !FILE_TAG.test(text)) return null
    const range = source.range(comment, last)
    const header = headerText(text.startsWith('/*') ? fileDoc(text, range) : commentLines(text).join('\n'))
    if (header) return { text: header, range }
  }
  return null
}

function fileDoc(text: string, range: { path: string; start: number; end: number }): string {
  const { summary } = parseJsdoc(text, range)
  return summary
}

function isNextLineComment(last: Node, next: Node | undefined): boolean {
  return next?.type === 'comment' && next.text.startsWith('//') && next.startPosition.row === last.endPosition.row + 1
}

function isDeclaration(node: Node): boolean {
  return !/^(?:import_statement|comment)$/.test(node.type) && !/^['"]use /.test(node.text.slice(0, 8))
}

const CASE = /^(?:it|test|describe|suite|specify|context|bench|t|tap)$/

const FRAMEWORKS = [
  'vitest',
  'jest',
  '@jest/globals',
  'mocha',
  '@playwright/test',
  'node:test',
  'ava',
  'tap',
  'bun:test',
]

function testsOf(root: Node, packages: Set<string>): ParsedFile['tests'] {
  const cases = root.descendantsOfType('call_expression').flatMap((call) => {
    const title = titleOf(call)?.text.slice(1, -1).replace(/\s+/g, ' ').trim()
    return title ? [title] : []
  })
  if (cases.length === 0) return null
  const framework = FRAMEWORKS.find((name) => packages.has(name))
  return { framework: framework?.replace(/^@jest\/globals$/, 'jest') ?? '', cases }
}

/** First argument of `it('title', …)`, `test.only('title', …)`. */
function titleOf(call: Node): Node | null {
  const called = call.childForFieldName('function')
  const callee = called?.type === 'member_expression' ? called.childForFieldName('object') : called
  if (callee?.type !== 'identifier' || !CASE.test(callee.text)) return null
  const given = call.childForFieldName('arguments')
  const first = given?.type === 'arguments' ? given.firstNamedChild : null
  return first && /^(?:string|template_string)$/.test(first.type) ? first : null
}

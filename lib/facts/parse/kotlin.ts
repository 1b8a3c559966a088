import { commentHeader } from './comment-header.ts'
import { environmentLines } from './environment-lines.ts'
import { kotlinSymbols } from './kotlin-symbols.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { usedWords } from './used-words.ts'

const READ = /\bSystem\.getenv\(\s*"(?<name>[A-Za-z_]\w*)"\s*\)(?:\s*\?:\s*"(?<fallback>[^"\n]*)")?/g

/** Reads a Kotlin file. `isTest` adds cases. */
export function parseKotlin(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = kotlinSymbols(root, source)
  const main = symbols.find(({ name, kind, parent }) => name === 'main' && kind === 'function' && parent === null)
  const packageName = textOf(root.namedChildren.find(({ type }) => type === 'package_header'))
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => /^(?:package_header|file_annotation)$/.test(type)),
    symbols,
    imports: importsOf(root, source),
    environment: environmentLines(source, READ, '//'),
    entryPoints:
      main && !isTest
        ? [{ kind: 'main', name: mainName(source.path, packageName), path: source.path, range: main.declaration }]
        : [],
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    packageName,
    hasErrors: root.hasError,
  }
}

function textOf(clause: Node | undefined): string | null {
  return clause?.namedChildren.find(({ type }) => type === 'identifier')?.text.replace(/\s/g, '') ?? null
}

/** The class that a file's top-level functions are compiled into. */
function mainName(path: string, packageName: string | null): string {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.kts?$/, '')
  return [packageName, `${stem.charAt(0).toUpperCase()}${stem.slice(1)}Kt`].filter(Boolean).join('.')
}

function importsOf(root: Node, source: SourceText): RawImport[] {
  return root.descendantsOfType('import_header').flatMap((node) => {
    const path = textOf(node)
    if (!path) return []
    const isWild = node.namedChildren.some(({ type }) => type === 'wildcard_import')
    const alias = node.namedChildren.find(({ type }) => type === 'import_alias')?.namedChildren[0]?.text ?? null
    const names = [isWild ? '*' : path.slice(path.lastIndexOf('.') + 1)]
    const identifier = node.namedChildren.find(({ type }) => type === 'identifier') ?? node
    const range = source.range(node, identifier)
    return [{ specifier: isWild ? `${path}.*` : path, names, reexports: false, alias, range }]
  })
}

const CASE = /^\s*(?:@\w[^\n]*?\s)*?@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest)\b/
const NAME = /\bfun\s+(?:`([^`]+)`|(\w+))\s*\(/
const MAX_LINES_BETWEEN = 8

function testsOf(content: string): ParsedFile['tests'] {
  const lines = content.split('\n')
  const cases = lines.flatMap((line, at) => {
    const head = CASE.test(line) ? lines.slice(at, at + MAX_LINES_BETWEEN).find((one) => NAME.test(one)) : undefined
    const match = head === undefined ? null : NAME.exec(head)
    const name = match?.[1] ?? match?.[2]
    return name ? [name] : []
  })
  if (cases.length === 0) return null
  return { framework: /\bkotlin\.test\b/.test(content) ? 'kotlin.test' : 'junit', cases }
}

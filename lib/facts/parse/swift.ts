import { commentHeader } from './comment-header.ts'
import { environmentLines } from './environment-lines.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { swiftSymbols } from './swift-symbols.ts'
import { usedWords } from './used-words.ts'

const READ =
  /\b(?:ProcessInfo\.processInfo\.environment\[\s*"(?<name>[A-Za-z_]\w*)"\s*\])(?:\s*\?\?\s*"(?<fallback>[^"\n]*)")?/g

/** Reads a Swift file. `isTest` adds cases. */
export function parseSwift(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = swiftSymbols(root, source)
  const main = /^[^\S\n]*@main\b[^\n]*\n?[^\n]*?\b(?:struct|class|enum|actor)\s+(\w+)/m.exec(source.content)?.[1]
  const entry = symbols.find(({ name, parent }) => name === main && parent === null)
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => type === 'import_declaration'),
    symbols,
    imports: importsOf(root, source),
    environment: environmentLines(source, READ, '//'),
    entryPoints:
      entry && !isTest ? [{ kind: 'main', name: entry.name, path: source.path, range: entry.declaration }] : [],
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    hasErrors: root.hasError,
  }
}

/** `import Module`, `import struct Module.Name`. */
function importsOf(root: Node, source: SourceText): RawImport[] {
  return root.descendantsOfType('import_declaration').flatMap((node) => {
    const path = node.namedChildren.find(({ type }) => type === 'identifier')?.text
    if (!path) return []
    const isPart = /\bimport\s+(?:struct|class|enum|protocol|typealias|func|let|var)\s/.test(node.text)
    const names = [isPart ? (path.split('.').at(-1) ?? path) : '*']
    const reexports = /@_exported\b/.test(node.text)
    return [{ specifier: path, names, reexports, alias: null, range: source.range(node) }]
  })
}

function testsOf(content: string): ParsedFile['tests'] {
  const methods = Array.from(content.matchAll(/^\s*(?:\w+\s+)*func\s+(test\w*)\s*\(/gm), ([, name]) => name ?? '')
  if (methods.length > 0) return { framework: 'xctest', cases: methods }
  const marked = Array.from(
    content.matchAll(/@Test\b(?:\(\s*"((?:[^"\\\n]|\\.)*)"[^\n]*?\))?[^\n]*?\n?[^\n]*?\bfunc\s+(\w+)/g),
    ([, title, name]) => title ?? name ?? '',
  )
  return marked.length > 0 ? { framework: 'swift-testing', cases: marked } : null
}

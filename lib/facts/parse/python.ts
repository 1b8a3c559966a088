import { pythonEnvironment } from '#lib/facts/interfaces/environment.ts'
import { headerText, isNotice } from './doc-text.ts'
import { matchesOf } from './grammar.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile } from './parsed-file.ts'
import { withoutTitle } from './python-docstring.ts'
import { pythonImports } from './python-imports.ts'
import { docstringNode, stringContent } from './python-shapes.ts'
import { pythonSymbols } from './python-symbols.ts'
import type { SourceText } from './source-text.ts'

/** Reads a Python file. `isTest` adds cases. */
export function parsePython(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const imports = pythonImports(root, source)
  const packages = new Set(imports.map(({ specifier }) => specifier))
  const offered = offeredNames(root)
  return {
    ...emptyParsedFile(),
    header: headerOf(root, source),
    symbols: pythonSymbols(root, source, offered),
    imports,
    offered,
    environment: pythonEnvironment(root, source),
    entryPoints: isTest ? [] : mainOf(root, source),
    tests: isTest ? testsOf(root, source, packages) : null,
    hasErrors: root.hasError,
  }
}

/** The module docstring, else the comment block at the top. */
function headerOf(root: Node, source: SourceText): ParsedFile['header'] {
  const statement = root.namedChildren.find(({ type }) => type !== 'comment')
  const string = docstringNode(statement)
  if (string) {
    const text = headerText(withoutTitle(stringContent(string).split('\n')).join('\n'))
    if (text && !isNotice(stringContent(string))) return { text, range: source.range(string) }
  }
  return commentHeader(root, source)
}

function commentHeader(root: Node, source: SourceText): ParsedFile['header'] {
  const blocks: Node[][] = []
  let previousRow = -2
  for (const node of root.namedChildren) {
    if (node.type !== 'comment') break
    if (node.startPosition.row === previousRow + 1) blocks.at(-1)?.push(node)
    else blocks.push([node])
    previousRow = node.startPosition.row
  }
  for (const block of blocks) {
    const lines = block
      .map(({ text }) => text.replace(/^#+!?:? ?/, ''))
      .filter((line) => !isNotice(line) && !/^\/\S*(?:bin|python)/.test(line))
    const [first, last] = [block[0], block.at(-1)]
    const text = headerText(lines.join('\n'))
    if (text && first && last && lines.length === block.length) return { text, range: source.range(first, last) }
  }
  return null
}

/** Strings of `__all__ = […]`, `+=`, `.extend` and `.append`; null when there is no such list or it is computed. */
function offeredNames(root: Node): string[] | null {
  const names = new Set<string>()
  let isComplete = true
  let isFound = false
  for (const statement of root.namedChildren) {
    const expression = statement.type === 'expression_statement' ? statement.firstNamedChild : null
    const target = expression?.childForFieldName('left') ?? expression?.childForFieldName('function')
    if (!expression || !target || !/^__all__(?:\.|$)/.test(target.text)) continue
    const value = expression.childForFieldName('right') ?? expression.childForFieldName('arguments')
    isFound = true
    if (!value || /^(?:binary_operator|call|list_comprehension|identifier)$/.test(value.type)) isComplete = false
    for (const string of value?.descendantsOfType('string') ?? []) names.add(stringContent(string))
  }
  return isFound && isComplete ? [...names] : null
}

/** `__main__.py`, or what runs below `if __name__ == "__main__"`. */
function mainOf(root: Node, source: SourceText): ParsedFile['entryPoints'] {
  const { path } = source
  const guard = root.namedChildren.find(
    (node) =>
      node.type === 'if_statement' &&
      /__name__\s*==\s*["']__main__/.test(node.childForFieldName('condition')?.text ?? ''),
  )
  const isMainFile = /(?:^|\/)__main__\.py$/.test(path)
  const place = guard ?? (isMainFile ? root.firstNamedChild : null)
  if (!place) return []
  const module = path
    .replace(/^(?:src|lib)\//, '')
    .replace(/(?:\/__main__)?\.py$/, '')
    .replaceAll('/', '.')
  return [
    { kind: 'main', name: isMainFile ? `python -m ${module}` : `python ${path}`, path, range: source.range(place) },
  ]
}

const CASES = `
(function_definition name: (identifier) @name (#match? @name "^test"))
`

function testsOf(root: Node, source: SourceText, packages: Set<string>): ParsedFile['tests'] {
  const cases = matchesOf(source.grammar, CASES, root).flatMap((captures) => captures.get('name')?.text ?? [])
  if (cases.length === 0) return null
  const isUnittest = packages.has('unittest') && !packages.has('pytest')
  return { framework: isUnittest ? 'unittest' : 'pytest', cases }
}

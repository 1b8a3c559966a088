import { goEnvironment } from '#lib/facts/interfaces/environment.ts'
import { headerText, isNotice } from './doc-text.ts'
import { goSymbols } from './go-symbols.ts'
import { commentLines } from './jsdoc.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

/** Reads a Go file. `isTest` adds cases. */
export function parseGo(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const imports = goImports(root, source)
  const clause = root.namedChildren.find(({ type }) => type === 'package_clause')
  const packageName = clause?.firstNamedChild?.text ?? null
  const main = root.namedChildren.find(
    (node) => node.type === 'function_declaration' && node.childForFieldName('name')?.text === 'main',
  )
  const isMain =
    packageName === 'main' && main !== undefined && !isTest && !IGNORED.test(source.content.slice(0, 2_000))
  return {
    ...emptyParsedFile(),
    header: headerOf(root, source),
    symbols: goSymbols(root, source),
    imports,
    environment: goEnvironment(root, source),
    entryPoints: isMain
      ? [{ kind: 'main', name: programName(source.path), path: source.path, range: source.range(main) }]
      : [],
    tests: isTest ? testsOf(root, source) : null,
    ...namesOf(root, source),
    packageName,
    hasErrors: root.hasError,
  }
}

/** A Go program is named for its directory; empty at the root, where the module's path names it. */
function programName(path: string): string {
  return path.split('/').at(-2) ?? ''
}

/** A file the build leaves out: a generator run by hand. */
const IGNORED = /^\/\/(?:go:build|\s*\+build)\s+ignore\b/m

/** The package comment, else a comment at the top that is neither licence nor build constraint. */
function headerOf(root: Node, source: SourceText): ParsedFile['header'] {
  const blocks: Node[][] = []
  let previousRow = -2
  for (const node of root.namedChildren) {
    if (node.type !== 'comment') break
    if (node.startPosition.row === previousRow + 1) blocks.at(-1)?.push(node)
    else blocks.push([node])
    previousRow = node.endPosition.row
  }
  for (const block of blocks.reverse()) {
    const [first, last] = [block[0], block.at(-1)]
    const lines = block.flatMap(({ text }) => commentLines(text))
    const text = isNotice(lines.join('\n')) ? null : headerText(lines.join('\n'))
    if (text && first && last) return { text, range: source.range(first, last) }
  }
  return null
}

function goImports(root: Node, source: SourceText): RawImport[] {
  const declarations = root.namedChildren.filter(({ type }) => type === 'import_declaration')
  return declarations.flatMap((declaration) =>
    declaration.descendantsOfType('import_spec').flatMap((spec) => {
      const specifier = spec.childForFieldName('path')?.text.slice(1, -1)
      const alias = spec.childForFieldName('name')?.text ?? null
      return specifier ? [{ specifier, names: [], reexports: false, alias, range: source.range(spec) }] : []
    }),
  )
}

interface Names {
  uses: ParsedFile['uses']
  selected: ParsedFile['selected']
}

const NAMES = ['identifier', 'type_identifier', 'field_identifier', 'package_identifier']

/** Names that the code uses, and those it selects from a name in front of a dot. One walk over the tree. */
function namesOf(root: Node, { content }: SourceText): Names {
  const uses = new Set<string>()
  const found = new Map<string, Set<string>>()
  let before = { text: '', type: '', end: 0 }
  for (const node of root.descendantsOfType(NAMES)) {
    const { type, startIndex, endIndex } = node
    const text = content.slice(startIndex, endIndex)
    if (type !== 'package_identifier') uses.add(text)
    const isSelected = type === 'field_identifier' ? before.type === 'identifier' : isOfPackage(type, before.type)
    if (isSelected && /^\p{Lu}/u.test(text) && /^\s*\.\s*$/.test(content.slice(before.end, startIndex)))
      found.set(before.text, (found.get(before.text) ?? new Set()).add(text))
    before = { text, type, end: endIndex }
  }
  const selected = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return { uses: [...uses].sort(), selected: selected.map(([alias, names]) => [alias, [...names].sort()]) }
}

function isOfPackage(type: string, before: string): boolean {
  return type === 'type_identifier' && before === 'package_identifier'
}

const TEST_NAME = /^(?:Test|Benchmark|Example|Fuzz)(?:\P{Ll}|$)/u

function testsOf(root: Node, source: SourceText): ParsedFile['tests'] {
  if (!source.path.endsWith('_test.go')) return null
  const cases = root.namedChildren
    .filter(({ type }) => type === 'function_declaration')
    .map((node) => node.childForFieldName('name')?.text ?? '')
    .filter((name) => TEST_NAME.test(name))
  return cases.length ? { framework: 'testing', cases } : null
}

import type { SourceRange } from '#lib/domain/facts.ts'
import { cSymbols, isCHeader } from './c-symbols.ts'
import { commentHeader } from './comment-header.ts'
import { matchesOf } from './grammar.ts'
import type { Node } from './node.ts'
import { type EnvironmentRead, emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { usedWords } from './used-words.ts'

/** Reads a C or C++ file. `isTest` adds cases and used names. */
export function parseC(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = cSymbols(root, source)
  const main = symbols.find(({ qualified, kind }) => qualified === 'main' && kind === 'function')
  const stem =
    source.path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? 'main'
  const isMain = main !== undefined && !isTest && !isCHeader(source.path)
  const start = main ? main.declaration : isTest || isCHeader(source.path) ? null : lostMain(source)
  const isProgram = start !== null && !isTest && !isCHeader(source.path) && !isOfTest(source.content, start.start)
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => type.startsWith('preproc_')),
    symbols: symbols.filter((symbol) => symbol !== main || !isMain),
    imports: includesOf(source),
    environment: environmentOf(root, source),
    entryPoints: isProgram ? [{ kind: 'main', name: stem, path: source.path, range: start }] : [],
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    hasErrors: root.hasError,
  }
}

/** `main` that the tree does not know, since a condition chooses between it and another name. */
function lostMain({ content, path }: SourceText): SourceRange | null {
  const before = /^int[ \t]+main[ \t]*\([^;{}]{0,200}\)\s{0,80}\{/m.exec(content)?.index
  if (before === undefined) return null
  const line = content.slice(0, before).split('\n').length
  return { path, start: line, end: line }
}

const CONDITION = /^[ \t]*#[ \t]*(if(?:n?def)?\b.*|else|elif\b.*|endif)/

/** Whether a line stands below `#ifdef SDS_TEST_MAIN` and the like: a library that can test itself is no program. */
function isOfTest(content: string, line: number): boolean {
  const open: string[] = []
  for (const text of content.split('\n', line - 1)) {
    const directive = text.includes('#') ? CONDITION.exec(text)?.[1] : undefined
    if (directive?.startsWith('if')) open.push(directive)
    else if (directive === 'endif') open.pop()
  }
  return open.some((directive) => /TEST|BENCH|DEMO|EXAMPLE|_MAIN\b/i.test(directive))
}

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(?:(<[^>\n]+>)|"([^"\n]+)")/

function includesOf({ content, path }: SourceText): RawImport[] {
  return content.split('\n').flatMap((line, at) => {
    const match = line.includes('include') ? INCLUDE.exec(line) : null
    const specifier = match?.[1] ?? match?.[2]
    if (!specifier) return []
    const range = { path, start: at + 1, end: at + 1 }
    return [{ specifier, names: ['*'], reexports: isCHeader(path), alias: null, range }]
  })
}

const READS = `
(call_expression function: [(identifier) (qualified_identifier)] @callee arguments: (argument_list . (string_literal) @key)
  (#match? @callee "^(std::)?(secure_)?getenv$")) @read
`

function environmentOf(root: Node, source: SourceText): EnvironmentRead[] {
  if (!source.content.includes('getenv')) return []
  return matchesOf(source.grammar, READS, root).flatMap((captures) => {
    const [key, read] = [captures.get('key'), captures.get('read')]
    const name = key?.text.slice(1, -1) ?? ''
    return read && /^[A-Za-z_]\w*$/.test(name) ? [{ name, default: null, help: null, range: source.range(read) }] : []
  })
}

const GOOGLE = /^[ \t]*(?:TYPED_)?TEST(?:_[FP])?\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)/gm
const CATCH = /^[ \t]*(?:TEST_CASE|SCENARIO)(?:_TEMPLATE)?\s*\(\s*"((?:[^"\\\n]|\\.)*)"/gm

function testsOf(content: string): ParsedFile['tests'] {
  const google = Array.from(content.matchAll(GOOGLE), ([, suite, name]) => `${suite}.${name}`)
  if (google.length > 0) return { framework: 'googletest', cases: google }
  const cases = Array.from(content.matchAll(CATCH), ([, name]) => name ?? '')
  if (cases.length > 0) return { framework: /doctest/.test(content) ? 'doctest' : 'catch2', cases }
  return /\bmain\s*\(/.test(content) ? { framework: '', cases: [] } : null
}

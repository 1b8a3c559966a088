import type { DocComment, SymbolFact } from '#lib/domain/facts.ts'
import { commentHeader } from './comment-header.ts'
import { declare, type Scope } from './declare.ts'
import { proseDoc, withoutRemarks } from './doc-text.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

/** Reads a shell script: functions, constants, sourced files, variables with a default. */
export function parseBash(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const list = new SymbolList(source)
  addAll(root, { list, source, parent: null, prefix: null, separator: '.' }, 0)
  if (root.hasError) addLostFunctions(list, source)
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => type !== 'function_definition'),
    symbols: list.all,
    imports: sourcedBy(source),
    environment: environmentOf(source, list.all),
    tests: isTest ? testsOf(source.content) : null,
    hasErrors: root.hasError,
  }
}

const MAX_DEPTH = 20

function addAll(container: Node, scope: Scope, depth: number): void {
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (node.type === 'function_definition') addFunction(item, scope)
    else if (node.type === 'declaration_command' && /^(?:readonly|declare\s+-\w*r)/.test(node.text))
      addConstants(item, scope)
    else if (
      depth < MAX_DEPTH &&
      /^(?:if_statement|else_clause|elif_clause|compound_statement|case_statement|case_item|list|ERROR)$/.test(
        node.type,
      )
    )
      addAll(node, scope, depth + 1)
  }
}

function addFunction(item: Documented, scope: Scope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  if (!name) return
  declare(scope, node, {
    name,
    kind: 'function',
    public: !name.startsWith('_') && depthOf(node) === 0,
    signature: `${name}()`,
    body: node.childForFieldName('body'),
    doc: docOf(item, scope.source),
  })
}

const HEAD = /^(?:function[ \t]+([\w:.-]+)[ \t]*(?:\(\))?|([\w:.-]+)[ \t]*\(\))[ \t]*\{?[ \t]*(?:#.*)?$/

/** Functions at the margin that a stretch with syntax errors swallowed; each ends where a brace stands at the margin. */
function addLostFunctions(list: SymbolList, source: SourceText): void {
  const lines = source.content.split('\n')
  for (const [at, line] of lines.entries()) {
    const match = HEAD.exec(line.trimEnd())
    const name = match?.[1] ?? match?.[2]
    if (!name || list.find(name)) continue
    const length = lines.slice(at).findIndex((one) => /^\}/.test(one))
    const start = at + 1
    const range = { path: source.path, start, end: length === -1 ? start : at + length + 1 }
    const declaration = { ...range, end: start }
    list.add({ name, kind: 'function', public: !name.startsWith('_'), signature: `${name}()`, range, declaration })
  }
}

/** A function inside a function is a detail of that. */
function depthOf(node: Node): number {
  let depth = 0
  for (let above = node.parent; above; above = above.parent) if (above.type === 'function_definition') depth += 1
  return depth
}

function addConstants(item: Documented, scope: Scope): void {
  for (const assignment of item.node.namedChildren) {
    const name = assignment.type === 'variable_assignment' ? assignment.childForFieldName('name')?.text : undefined
    if (!name) continue
    const isShort = item.node.text.length < 80 && !item.node.text.includes('\n')
    declare(scope, item.node, {
      name,
      kind: 'constant',
      public: !name.startsWith('_'),
      signature: isShort ? undefined : name,
      doc: docOf(item, scope.source),
    })
  }
}

function docOf({ comments }: Documented, source: SourceText): DocComment | null {
  // A heading among rules speaks of all that follows.
  const heading = comments.findLastIndex(({ text }) => /^#{5,}.*\w.*#{5,}\s*$/.test(text))
  const own = comments.slice(heading + 1).filter(({ text }) => !/^#\s*(?:shellcheck\b|!|[-=#*]{4,}\s*$)/.test(text))
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  const prose = withoutRemarks(own.map(({ text }) => text.replace(/^#+ ?/, '')))
  const doc = proseDoc(prose.join('\n'), source.range(first, last))
  return doc.summary ? doc : null
}

const SOURCED = /^\s*(?:source|\.)\s+(\S.*)$/
const VARIABLE_PART = /^(?:\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$\{[^}]*\}|\$\w+)\/?/

/** Files read with `source` or `.`; what a variable holds in front of the path is left out. */
function sourcedBy({ content, path }: SourceText): RawImport[] {
  return content.split('\n').flatMap((line, at) => {
    const written = SOURCED.exec(line)?.[1]?.replace(/["']/g, '').replace(VARIABLE_PART, './')
    const specifier = written?.split(/[\s;&|]/)[0]
    if (!specifier || /[$`*]/.test(specifier)) return []
    return [{ specifier, names: ['*'], reexports: true, alias: null, range: { path, start: at + 1, end: at + 1 } }]
  })
}

const DEFAULTED =
  /^\s*(?::\s+"?\$\{([A-Z][A-Z0-9_]*):?=((?:[^{}]|\$\{[^{}]*\})*)\}|(?:export\s+)?([A-Z][A-Z0-9_]*)="?\$\{\3:?-((?:[^{}]|\$\{[^{}]*\})*)\})/
/** What a script gives a value itself, or a word of the shell does. */
const ASSIGNED = /(?<![\w$-])([A-Z][A-Z0-9_]*)\+?=(?!=)/g
const NAMED = /(?:^|[;&|{(])\s*(?:local|declare|typeset|readonly|for|(?:while\s+)?(?:IFS=\S*\s+)?read)\s+([^;|&<]*)/
const OF_SHELL = /^(?:REPLY|OPTARG|OPTIND|IFS|RANDOM|LINENO|SECONDS|PIPESTATUS|FUNCNAME|BASH_\w+)$/

/** Variables that are given a default because they may be set outside: `: "${NAME:=value}"`, `NAME=${NAME:-value}`. */
function environmentOf({ content, path }: SourceText, symbols: SymbolFact[]): ParsedFile['environment'] {
  const own = new Set(symbols.map(({ name }) => name))
  return content.split('\n').flatMap((line, at) => {
    if (/^\s*#/.test(line)) return []
    const match = DEFAULTED.exec(line)
    const name = match?.[1] ?? match?.[3]
    if (!match || !name || own.has(name) || OF_SHELL.test(name)) {
      for (const [, assigned = ''] of line.matchAll(ASSIGNED)) own.add(assigned)
      for (const word of NAMED.exec(line)?.[1]?.match(/\b[A-Z][A-Z0-9_]*\b/g) ?? []) own.add(word)
      return []
    }
    const value = match[2] ?? match[4] ?? ''
    const range = { path, start: at + 1, end: at + 1 }
    return [{ name, default: value.replace(/^["']|["']$/g, '') || null, help: null, range }]
  })
}

function testsOf(content: string): ParsedFile['tests'] {
  const cases = Array.from(content.matchAll(/^\s*@test\s+(["'])((?:(?!\1).)*)\1/gm), ([, , name]) => name ?? '')
  return cases.length > 0 ? { framework: 'bats', cases } : null
}

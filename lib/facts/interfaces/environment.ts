import type { EnvironmentFact } from '#lib/domain/facts.ts'
import { byPlace, byText } from '#lib/facts/order.ts'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, keywordsOf, type StringConstant, shownValue, stringConstants, stringValue } from './arguments.ts'

const PYTHON = `
(subscript value: [(attribute) (identifier)] @object subscript: [(string) (identifier)] @key
  (#match? @object "^(os\\\\.)?environ$")) @read
(call function: [(attribute) (identifier)] @callee arguments: (argument_list . [(string) (identifier)] @key)
  (#match? @callee "^(os\\\\.)?(environ\\\\.get|getenv|environ\\\\.setdefault)$")) @call
(call function: (attribute object: (identifier) @o attribute: (identifier) @callee) (#eq? @o "click") (#eq? @callee "option")) @click
`
const GO = `
(call_expression
  function: (selector_expression operand: (identifier) @o field: (field_identifier) @callee)
  arguments: (argument_list . [(interpreted_string_literal) (identifier)] @key)
  (#eq? @o "os") (#match? @callee "^(Getenv|LookupEnv)$")) @read
`

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Names the bundler sets by itself. */
const BUNDLER = /^(?:DEV|PROD|MODE|SSR|BASE_URL)$/

const JAVASCRIPT_READS = ['member_expression', 'subscript_expression', 'variable_declarator']

/**
 * Environment variables a TypeScript or JavaScript file reads. Without a query: preparing one takes longer than the few
 * reads of most repositories.
 */
export function javascriptEnvironment(root: Node, source: SourceText): EnvironmentRead[] {
  if (!/process\.env|import\.meta\.env/.test(source.content)) return []
  const constants = constantsOf(root, source)
  const statements = statementsWith({ root, source }, /process|import\.meta\.env/)
  return statements.flatMap((statement) =>
    statement.descendantsOfType(JAVASCRIPT_READS).flatMap((read) => {
      if (read.type === 'variable_declarator') return destructured(read, source)
      const key = javascriptKey(read, constants)
      if (!key || !NAME.test(key.name) || isWritten(read)) return []
      return [{ name: key.name, default: fallbackOf(read), help: null, range: source.range(key.place) }]
    }),
  )
}

/** What `process.env.NAME`, `process.env['NAME']` or `import.meta.env.NAME` reads; null for anything else. */
function javascriptKey(read: Node, constants: Constants): Key | null {
  const object = read.childForFieldName('object')
  if (object?.type !== 'member_expression') return null
  const isProcess = isProcessEnv(object)
  const index = read.childForFieldName('index')
  if (index) return isProcess && /^(?:string|identifier)$/.test(index.type) ? keyOf(index, read, constants) : null
  const property = read.childForFieldName('property')
  const isMeta = !isProcess && object.text === 'import.meta.env'
  if (property?.type !== 'property_identifier' || !(isProcess || isMeta)) return null
  return isMeta && BUNDLER.test(property.text) ? null : { name: property.text, place: read }
}

function isProcessEnv(node: Node | null): boolean {
  if (node?.type !== 'member_expression') return false
  const object = node.childForFieldName('object')
  const property = node.childForFieldName('property')
  if (object?.type !== 'identifier' || property?.type !== 'property_identifier') return false
  return property.text === 'env' && object.text === 'process'
}

/** Matches in the statements whose text has a word: most of a file need not be walked. */
function matchesIn(file: { root: Node; source: SourceText }, query: string, word: RegExp) {
  return statementsWith(file, word).flatMap((statement) => matchesOf(file.source.grammar, query, statement))
}

function statementsWith({ root, source }: { root: Node; source: SourceText }, word: RegExp): Node[] {
  return root.namedChildren.filter((statement) => word.test(source.written(statement)))
}

type Constants = () => Map<string, StringConstant>

/** Looked for when the first variable goes by a constant. */
function constantsOf(root: Node, source: SourceText): Constants {
  let found: Map<string, StringConstant> | null = null
  return () => {
    found ??= stringConstants(root, source)
    return found
  }
}

interface Key {
  name: string
  /** Where the name stands in the text: the read, or the constant it goes by. */
  place: Node
}

function keyOf(key: Node | undefined, read: Node, constants: Constants): Key | null {
  const constant = key?.type === 'identifier' ? constants().get(key.text) : undefined
  if (constant) return { name: constant.value, place: constant.node }
  const name = stringValue(key)
  return name === null ? null : { name, place: read }
}

function isWritten(read: Node): boolean {
  const parent = read.parent
  if (parent?.type === 'unary_expression') return parent.text.startsWith('delete')
  return parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === read.id
}

/** A pattern, a condition, another variable: none is what the variable has when nobody sets it. */
const NO_DEFAULT = /^\/|[<>=!]=|&&|\b(?:process|import\.meta)\.env\b/

/** `read ?? 'x'`, `read || 'x'`. */
function fallbackOf(read: Node): string | null {
  const parent = read.parent
  const operator = parent?.type === 'binary_expression' ? parent.childForFieldName('operator')?.text : null
  const isFallback = operator === '??' || operator === '||'
  const value = parent?.childForFieldName('right')
  return isFallback && value && parent?.childForFieldName('left')?.id === read.id && !NO_DEFAULT.test(value.text)
    ? shownValue(value)
    : null
}

/** `const { NAME } = process.env`. */
function destructured(declarator: Node, source: SourceText): EnvironmentRead[] {
  const pattern = declarator.childForFieldName('name')
  if (pattern?.type !== 'object_pattern' || !isProcessEnv(declarator.childForFieldName('value'))) return []
  return pattern.namedChildren.flatMap((child) => {
    const name = (child.childForFieldName('key') ?? child.childForFieldName('left') ?? child).text
    const value = child.type === 'object_assignment_pattern' ? child.childForFieldName('right') : null
    return NAME.test(name) ? [{ name, default: shownValue(value), help: null, range: source.range(child) }] : []
  })
}

/** Environment variables a Python file reads; also those its click options name. */
export function pythonEnvironment(root: Node, source: SourceText): EnvironmentRead[] {
  if (!/environ|getenv|envvar/.test(source.content)) return []
  const constants = constantsOf(root, source)
  return matchesIn({ root, source }, PYTHON, /environ|getenv|option/).flatMap((captures) => {
    const click = captures.get('click')
    if (click) return clickVariables(click, source)
    const read = captures.get('read') ?? captures.get('call')
    const key = read ? keyOf(captures.get('key'), read, constants) : null
    if (!read || !key || !NAME.test(key.name) || isSet(read)) return []
    const fallback = captures.has('call') ? shownValue(argumentsOf(read)[1]) : null
    return [{ name: key.name, default: fallback, help: null, range: source.range(key.place) }]
  })
}

function isSet(read: Node): boolean {
  const parent = read.parent
  if (parent?.type === 'delete_statement') return true
  return parent?.type === 'assignment' && parent.childForFieldName('right')?.id !== read.id
}

function clickVariables(call: Node, source: SourceText): EnvironmentRead[] {
  const keywords = keywordsOf(call)
  const name = stringValue(keywords.get('envvar'))
  if (!name) return []
  const help = stringValue(keywords.get('help'))
  return [{ name, default: shownValue(keywords.get('default')), help, range: source.range(call) }]
}

/** Environment variables a Go file reads. */
export function goEnvironment(root: Node, source: SourceText): EnvironmentRead[] {
  if (!/os\.(?:Getenv|LookupEnv)/.test(source.content)) return []
  const constants = constantsOf(root, source)
  return matchesIn({ root, source }, GO, /Getenv|LookupEnv/).flatMap((captures) => {
    const read = captures.get('read')
    const key = read ? keyOf(captures.get('key'), read, constants) : null
    if (!key || !NAME.test(key.name)) return []
    return [{ name: key.name, default: null, help: null, range: source.range(key.place) }]
  })
}

/** One fact per variable. `defined` are places that list variables (`.env.example`); they come first. */
export function mergeEnvironment(defined: EnvironmentRead[], reads: EnvironmentRead[]): EnvironmentFact[] {
  const inOrder = [...defined.toSorted(byRange), ...reads.toSorted(byRange)]
  return [...Map.groupBy(inOrder, ({ name }) => name)]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, places]) => ({
      name,
      default: firstDefault(places.filter((place) => reads.includes(place))) ?? firstDefault(places),
      help: places.find(({ help }) => help !== null)?.help ?? null,
      ranges: distinct(places),
    }))
}

function firstDefault(places: EnvironmentRead[]): string | null {
  return places.find((place) => place.default !== null)?.default ?? null
}

function distinct(places: EnvironmentRead[]): EnvironmentFact['ranges'] {
  const seen = new Set<string>()
  return places.flatMap(({ range }) => {
    const key = JSON.stringify([range.path, range.start])
    if (seen.has(key)) return []
    seen.add(key)
    return [range]
  })
}

function byRange(a: EnvironmentRead, b: EnvironmentRead): number {
  return byPlace(a.range, b.range)
}

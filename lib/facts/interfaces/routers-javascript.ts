import type { Node } from '#lib/facts/parse/node.ts'
import { argumentsOf, objectEntries, stringValue } from './arguments.ts'

const MAKES_ROUTER =
  /^(?:await\s+)?(?:new\s+)?(?:(?:express|fastify|Fastify)\s*\(|(?:express|\w*\.default)\.Router\s*\(|(?:Koa)?Router\s*[(<]|(?:OpenAPI)?Hono\s*[(<]|require\(['"](?:express|fastify)['"]\)(?:\.Router)?\s*\()/
const ROUTER_TYPE =
  /^:\s*(?:express\.)?(?:Express|Application|Router|IRouter|FastifyInstance|FastifyPluginAsync|Hono|OpenAPIHono|KoaRouter)\b/
const USUAL_PARAMETER = /^(?:app|router|server|fastify|instance|api)$/

/** Without one of these no expression makes a router, no parameter is typed as one, none has such a name. */
const MAKING_TEXT = /(?:express|[Ff]astify)\s*\(|Router\s*[(<]|Hono\s*[(<]|require\(['"](?:express|fastify)['"]\)/
const TYPE_TEXT =
  /:\s*(?:express\.)?(?:Express|Application|I?Router|FastifyInstance|FastifyPluginAsync|Hono|OpenAPIHono|KoaRouter)\b/
const PARAMETER_TEXT =
  /(?:[(,/\n]|\b(?:public|private|protected|readonly|override)\b|@[\w.]+)\s*(?:app|router|server|fastify|instance|api)\s*[,):=?/]/

/** What a walk over the tree could find, by the text alone: routers that are made here, routers that are handed in. */
export function mayHoldRouter(content: string): { make: boolean; take: boolean } {
  return { make: MAKING_TEXT.test(content) || TYPE_TEXT.test(content), take: PARAMETER_TEXT.test(content) }
}

/** Names of a file that hold a router, with the prefix the router was made with. */
export function routersOf(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const node of root.descendantsOfType([
    'variable_declarator',
    'assignment_expression',
    'public_field_definition',
  ])) {
    const name = node.childForFieldName('name') ?? node.childForFieldName('left')
    const value = node.childForFieldName('value') ?? node.childForFieldName('right')
    const made = value ? madeRouter(value) : null
    const key = node.type === 'public_field_definition' ? `this.${name?.text}` : name?.text
    if (key && made !== null && /^[\w.#]+$/.test(key)) found.set(key, made)
  }
  for (const parameter of root.descendantsOfType(['required_parameter', 'optional_parameter'])) {
    const name = parameter.childForFieldName('pattern')?.text
    if (name && ROUTER_TYPE.test(parameter.childForFieldName('type')?.text ?? '')) found.set(name, '')
  }
  return found
}

/** Plain parameters that are named as people name a router: `function (fastify, options) {…}`. */
export function usualParameters(root: Node): Set<string> {
  const lists = root.descendantsOfType('formal_parameters')
  const names = lists.flatMap((list) =>
    list.namedChildren.map((one) => (one.type === 'identifier' ? one : one.childForFieldName('pattern'))?.text ?? ''),
  )
  return new Set(names.filter((name) => USUAL_PARAMETER.test(name)))
}

const MAX_CHAIN = 60

/** Prefix of the router an expression makes, its chained calls included; null when it makes none. */
export function madeRouter(value: Node): string | null {
  const base = value.type === 'await_expression' ? (value.firstNamedChild ?? value) : value
  let current: Node = base
  let prefix = ''
  for (let depth = 0; depth < MAX_CHAIN; depth += 1) {
    const callee = current.childForFieldName('function')
    const object = callee?.childForFieldName('object')
    const isChained =
      callee?.type === 'member_expression' &&
      !/^require\(.express.\)\.Router$/.test(callee.text) &&
      /^(?:call|new)_expression$/.test(object?.type ?? '')
    if (!isChained || !object) break
    if (callee.childForFieldName('property')?.text === 'basePath')
      prefix = (stringValue(argumentsOf(current)[0]) ?? '') + prefix
    current = object
  }
  if (!/^(?:call|new)_expression$/.test(current.type) || !MAKES_ROUTER.test(current.text.slice(0, 80))) return null
  const options = objectEntries(argumentsOf(current)[0])
  return (stringValue(options.get('prefix')) ?? '') + prefix
}

/** Where a name of the file comes from: its module, and the name there (`default` for the whole). */
export function importedNames(root: Node): Map<string, { specifier: string; name: string }> {
  const found = new Map<string, { specifier: string; name: string }>()
  for (const statement of root.namedChildren) {
    if (statement.type === 'import_statement') addImport(statement, found)
    if (!/^(?:lexical|variable)_declaration$/.test(statement.type)) continue
    for (const declarator of statement.namedChildren) addRequire(declarator, found)
  }
  return found
}

type Imported = ReturnType<typeof importedNames>

function addImport(statement: Node, found: Imported): void {
  const specifier = stringValue(statement.childForFieldName('source'))
  const clause = statement.namedChildren.find(({ type }) => type === 'import_clause')
  if (specifier === null || !clause) return
  for (const part of clause.namedChildren) {
    if (part.type === 'identifier') found.set(part.text, { specifier, name: 'default' })
    if (part.type === 'namespace_import') found.set(part.firstNamedChild?.text ?? '', { specifier, name: '*' })
    for (const one of part.type === 'named_imports' ? part.namedChildren : []) {
      const name = one.childForFieldName('name')?.text
      if (name) found.set(one.childForFieldName('alias')?.text ?? name, { specifier, name })
    }
  }
}

function addRequire(declarator: Node, found: Imported): void {
  const [pattern, value] = [declarator.childForFieldName('name'), declarator.childForFieldName('value')]
  const specifier = value ? requiredModule(value) : null
  if (specifier === null || !pattern) return
  if (pattern.type === 'identifier') found.set(pattern.text, { specifier, name: 'default' })
  for (const one of pattern.type === 'object_pattern' ? pattern.namedChildren : []) {
    const name = one.childForFieldName('key')?.text ?? one.text
    found.set(one.childForFieldName('value')?.text ?? name, { specifier, name })
  }
}

/** Module of `require('./x')`, also when it is called or entered at once; null for anything else. */
export function requiredModule(node: Node): string | null {
  let current: Node | null = node
  for (let depth = 0; current && depth < 4; depth += 1) {
    const callee: Node | null = current.childForFieldName('function')
    if (current.type === 'call_expression' && callee?.text === 'require') return stringValue(argumentsOf(current)[0])
    current = current.type === 'member_expression' ? current.childForFieldName('object') : callee
  }
  return null
}

import type { Node } from './node.ts'
import { addObjectNames, exportTarget } from './typescript-exports.ts'

/** What a script wraps into a function that runs at once: the library itself, and the names it lets out. */
export interface WrappedLibrary {
  body: Node
  exported: Set<string>
  /** Objects whose members are let out: the parameter that the function gives back, what the browser shares. */
  holders: Set<string>
}

/** A smaller part of the file is something the script does, not what it is. */
const LEAST_SHARE = 0.5
const SHARED = ['window', 'root', 'global', 'globalThis', 'self', 'this']

/** The library inside `(function (root, factory) { … })(this, function () { … })`, or in a function that is called at once. */
export function wrappedLibrary(root: Node): WrappedLibrary | null {
  for (const statement of root.namedChildren) {
    if (/^(?:import|export)_statement$/.test(statement.type)) return null
    if (statement.type !== 'expression_statement') continue
    const size = statement.endIndex - statement.startIndex
    if (size < (root.endIndex - root.startIndex) * LEAST_SHARE) continue
    const factory = factoryOf(unwrapped(statement.firstNamedChild))
    const body = factory?.childForFieldName('body')
    if (factory && body?.type === 'statement_block') return library(factory, body)
  }
  return null
}

/** `!f()`, `(f())` and `(f)()` are written so that the function is an expression. */
function unwrapped(node: Node | null): Node | null {
  let current = node
  while (current && /^(?:parenthesized|unary)_expression$/.test(current.type)) current = current.firstNamedChild
  return current
}

/** The function handed to the wrapper, else the wrapper itself. */
function factoryOf(call: Node | null): Node | null {
  if (call?.type !== 'call_expression') return null
  const called = unwrapped(call.childForFieldName('function'))
  const bound =
    called?.type === 'member_expression' && /^(?:call|apply)$/.test(called.childForFieldName('property')?.text ?? '')
  const wrapper = bound ? unwrapped(called.childForFieldName('object')) : called
  const isAmd = wrapper?.type === 'identifier' && wrapper.text === 'define'
  if (!isAmd && !isFunction(wrapper)) return null
  const given = (call.childForFieldName('arguments')?.namedChildren ?? []).map(unwrapped).findLast(isFunction)
  return given ?? (isAmd ? null : wrapper)
}

function isFunction(node: Node | null): boolean {
  return node !== null && /^(?:function_expression|arrow_function)$/.test(node.type)
}

function library(factory: Node, body: Node): WrappedLibrary | null {
  const exported = new Set<string>()
  const statements = body.namedChildren
  const returned = statements.findLast(({ type }) => type === 'return_statement')?.firstNamedChild
  if (returned?.type === 'identifier') exported.add(returned.text)
  else if (returned?.type === 'object') addObjectNames(returned, exported)
  const holders = new Set([...SHARED, ...parametersOf(factory).filter((name) => exported.has(name))])
  for (const statement of statements)
    for (const assignment of assignmentsOf(statement)) addAssigned(assignment, { exported, holders })
  return exported.size > 0 ? { body, exported, holders } : null
}

function parametersOf(factory: Node): string[] {
  const list = factory.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => param.childForFieldName('pattern')?.text ?? [])
}

/** Those that stand alone, that set a variable on the way, and those behind a condition. */
function assignmentsOf(statement: Node): Node[] {
  if (statement.type === 'if_statement') return statement.descendantsOfType('assignment_expression')
  if (statement.type === 'expression_statement') return statement.namedChildren.filter(isAssignment)
  if (!/^(?:lexical|variable)_declaration$/.test(statement.type)) return []
  return statement.namedChildren.flatMap((declarator) => {
    const value = declarator.childForFieldName('value')
    return value && isAssignment(value) ? [declarator, value] : []
  })
}

function isAssignment({ type }: Node): boolean {
  return type === 'assignment_expression'
}

/** `root.Way = Way`, `module.exports = Way`, `var Road = Way.Road = function () { … }`. */
function addAssigned(node: Node, { exported, holders }: Pick<WrappedLibrary, 'exported' | 'holders'>): void {
  const isDeclarator = node.type === 'variable_declarator'
  const value = node.childForFieldName(isDeclarator ? 'value' : 'right')
  const target = exportTarget(
    isDeclarator ? (value?.childForFieldName('left') ?? null) : node.childForFieldName('left'),
    holders,
  )
  if (target === null) return
  if (isDeclarator) exported.add(node.childForFieldName('name')?.text ?? '')
  else if (value?.type === 'identifier') exported.add(value.text)
  else if (value?.type === 'object' && target === '') addObjectNames(value, exported)
  else if (value && isAssignment(value)) addAssigned(value, { exported, holders })
  else if (target !== '') exported.add(target)
}

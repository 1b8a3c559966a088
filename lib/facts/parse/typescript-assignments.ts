import type { SymbolFact } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import type { SymbolList } from './symbol-list.ts'
import { addDefinedProperty } from './typescript-defined.ts'
import { exportTarget } from './typescript-exports.ts'
import {
  callableOf,
  type Documented,
  declarationRange,
  docOf,
  documentedChildren,
  isMarkedPrivate,
  paramsOf,
  returnsOf,
  signatureEnd,
} from './typescript-shapes.ts'

interface Target {
  list: SymbolList
  source: SourceText
  exported: Set<string>
  /** Objects besides `exports` whose members are offered. */
  holders?: ReadonlySet<string>
}

/** Symbols made by assignment: `exports.a = …`, `module.exports = { a() {} }`, `A.prototype.b = function`, `app.use = function`. */
export function addAssignedSymbols(root: Node, target: Target): void {
  for (const statement of documentedChildren(root)) {
    const expression = statement.node.type === 'expression_statement' ? statement.node.firstNamedChild : null
    if (expression?.type === 'assignment_expression') addAssignment(statement, expression, target)
    else if (expression?.type === 'call_expression') {
      addDefinedProperty(statement, target)
      addMixedIn(expression, target)
    }
  }
}

/** `_.extend(Way.prototype, { go() {} })`, `Object.assign(Way.prototype, …)`. */
function addMixedIn(call: Node, target: Target): void {
  if (!/(?:^|\.)(?:extend|assign|mixin)$/.test(call.childForFieldName('function')?.text.slice(-20) ?? '')) return
  const [first, ...rest] = call.childForFieldName('arguments')?.namedChildren ?? []
  const isPrototype = first?.type === 'member_expression' && first.childForFieldName('property')?.text === 'prototype'
  const parent = isPrototype ? target.list.find(first.childForFieldName('object')?.text ?? '') : undefined
  if (!parent) return
  for (const object of rest) if (object.type === 'object') addFunctionsOf(object, target, parent)
}

function addAssignment(statement: Documented, expression: Node, target: Target): void {
  const left = expression.childForFieldName('left')
  const right = lastRight(expression)
  if (!left || !right) return
  const exportName = exportTarget(left, target.holders)
  if (exportName === '') addWholeModule(statement, right, target)
  else if (exportName !== null) addExported(exportName, { statement, right }, target)
  else addMethod(left, { statement, right }, target)
}

/** The value at the end of `a = b = value`. */
function lastRight(expression: Node): Node | null {
  const right = expression.childForFieldName('right')
  return right?.type === 'assignment_expression' ? lastRight(right) : right
}

function addWholeModule(statement: Documented, right: Node, target: Target): void {
  const callable = callableOf(right)
  const name = callable?.childForFieldName('name')?.text
  if (callable && name) add({ name, callable, first: statement.node, node: statement.node, statement }, target)
  if (right.type === 'object') addFunctionsOf(right, target)
}

function addFunctionsOf(object: Node, target: Target, parent?: SymbolFact): void {
  for (const entry of documentedChildren(object)) {
    const value =
      entry.node.type === 'method_definition' ? entry.node : callableOf(entry.node.childForFieldName('value'))
    const key = entry.node.childForFieldName(entry.node.type === 'pair' ? 'key' : 'name')
    if (value && key?.type === 'property_identifier')
      add({ name: key.text, callable: value, first: entry.node, node: entry.node, statement: entry, parent }, target)
  }
}

interface Assigned {
  statement: Documented
  right: Node
}

function addExported(name: string, { statement, right }: Assigned, target: Target): void {
  if (target.holders && target.list.find(name)) return
  const isAlias = right.type === 'identifier' || /^require\s*\(/.test(right.text.slice(0, 20))
  if (isAlias || right.type === 'member_expression' || /^(?:__esModule|undefined)$/.test(name)) return
  add({ name, callable: callableOf(right), first: statement.node, node: statement.node, statement }, target)
}

function addMethod(left: Node, { statement, right }: Assigned, target: Target): void {
  const callable = callableOf(right)
  const property = left.type === 'member_expression' ? left.childForFieldName('property')?.text : undefined
  const owner = left.childForFieldName('object')?.text.replace(/\.prototype$/, '')
  const parent = owner ? target.list.find(owner) : undefined
  if (callable && property && parent)
    add({ name: property, callable, first: statement.node, node: statement.node, statement, parent }, target)
}

const MAX_SHOWN_STATEMENT = 120

interface Found {
  name: string
  callable: Node | null
  first: Node
  node: Node
  statement: Documented
  parent?: SymbolFact
}

function add({ name, callable, node, statement, parent }: Found, { list, source }: Target): void {
  const isPlain = callable !== null && /^(?:assignment_expression|pair|object)$/.test(callable.parent?.type ?? '')
  const end = isPlain ? signatureEnd(callable) : node.endIndex
  const text = source.content.slice(node.startIndex, end)
  const isShort = isPlain || (text.length <= MAX_SHOWN_STATEMENT && !text.includes('\n'))
  list.add({
    name,
    kind: parent ? 'method' : callable ? 'function' : 'constant',
    public: (parent ? parent.public && !name.startsWith('_') : true) && !isMarkedPrivate(statement.comment),
    signature: isShort
      ? source.folded(node, node.startIndex, end).replace(/;$/, '')
      : `${parent?.qualified ?? 'exports'}.${name}`,
    params: callable ? paramsOf(callable, source) : [],
    returns: callable ? returnsOf(callable, source) : null,
    parent: parent ?? null,
    doc: docOf(statement.comment, source),
    range: source.range(node),
    declaration: callable ? declarationRange(node, end, source) : source.range(node),
  })
}

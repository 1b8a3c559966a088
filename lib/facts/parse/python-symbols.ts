import type { SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import { docOfBody, docOfComments, docOfStatement, pythonParams, pythonSignature } from './python-shapes.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

interface Scope {
  list: SymbolList
  source: SourceText
  /** Names in `__all__`; null when the file has none. */
  offered: string[] | null
  parent: SymbolFact | null
}

interface Definition {
  node: Node
  /** The decorated definition, or the definition itself. */
  outer: Node
  decorators: string[]
}

/** Symbols of a Python file: what the module and its classes define, also below `if` and `try`. */
export function pythonSymbols(root: Node, source: SourceText, offered: string[] | null): SymbolFact[] {
  const list = new SymbolList(source)
  addBlock(root, { list, source, offered, parent: null })
  return list.all
}

function addBlock(block: Node, scope: Scope): void {
  const statements = block.namedChildren.filter(({ type }) => type !== 'comment')
  for (const [at, node] of statements.entries()) {
    if (node.type === 'expression_statement') addAssignment(node, statements[at + 1], scope)
    else if (node.type === 'type_alias_statement') addTypeAlias(node, scope)
    else if (/^(?:if_statement|try_statement|with_statement)$/.test(node.type)) addConditional(node, scope)
    else addDefinition(definitionOf(node), scope)
  }
}

/** Blocks of `if … else` and `try … except`: what they define belongs to the module or class around them. */
function addConditional(statement: Node, scope: Scope): void {
  if (/__name__/.test(statement.childForFieldName('condition')?.text ?? '')) return
  for (const child of statement.namedChildren) {
    if (child.type === 'block') addBlock(child, scope)
    else if (/_clause$/.test(child.type)) addConditional(child, scope)
  }
}

function definitionOf(node: Node): Definition {
  if (node.type !== 'decorated_definition') return { node, outer: node, decorators: [] }
  return {
    node: node.childForFieldName('definition') ?? node,
    outer: node,
    decorators: node.namedChildren.filter(({ type }) => type === 'decorator').map(({ text }) => text.slice(1).trim()),
  }
}

function addDefinition(definition: Definition, scope: Scope): void {
  if (definition.node.type === 'function_definition') addFunction(definition, scope)
  else if (definition.node.type === 'class_definition') addClass(definition, scope)
}

function isPublic(name: string, { parent, offered }: Scope): boolean {
  if (parent) return parent.public && !name.startsWith('_')
  return offered ? offered.includes(name) : !name.startsWith('_')
}

const ACCESSOR = /\.(?:setter|deleter|getter)$/
const PROPERTY = /(?:^|\.)(?:cached_)?property(?:\(|$)/

function addFunction({ node, outer, decorators }: Definition, scope: Scope): void {
  const { list, source, parent } = scope
  const name = node.childForFieldName('name')?.text
  if (!name || decorators.some((decorator) => ACCESSOR.test(decorator))) return
  const isProperty = parent !== null && decorators.some((decorator) => PROPERTY.test(decorator))
  const result = node.childForFieldName('return_type')
  list.add({
    ...pythonSignature(node, source),
    name,
    kind: isProperty ? 'property' : parent ? 'method' : 'function',
    public: isPublic(name, scope),
    params: isProperty ? [] : pythonParams(node, source, parent !== null && !decorators.includes('staticmethod')),
    returns: result ? source.text(result) : null,
    parent,
    doc: docOfBody(node.childForFieldName('body'), source),
    range: source.range(outer, node),
  })
}

function addClass({ node, outer }: Definition, scope: Scope): void {
  const { list, source } = scope
  const name = node.childForFieldName('name')?.text
  const body = node.childForFieldName('body')
  if (!name) return
  const bases = node.childForFieldName('superclasses')?.text ?? ''
  const parent = list.add({
    ...pythonSignature(node, source),
    name,
    kind: /\b(?:Int|Str)?(?:Enum|Flag)\b/.test(bases) ? 'enum' : /\bProtocol\b/.test(bases) ? 'interface' : 'class',
    public: isPublic(name, scope),
    params: initParams(body, source),
    parent: scope.parent,
    doc: docOfClass(body, source),
    range: source.range(outer, node),
  })
  if (body) addBlock(body, { ...scope, parent })
}

function initOf(body: Node | null): Node | undefined {
  return body?.namedChildren
    .map((child) => definitionOf(child))
    .find(({ node }) => node.type === 'function_definition' && node.childForFieldName('name')?.text === '__init__')
    ?.node
}

/** A class is called with the parameters of its `__init__`. */
function initParams(body: Node | null, source: SourceText) {
  const init = initOf(body)
  return init ? pythonParams(init, source, true) : []
}

/** The class's docstring; parameters may be documented at `__init__` instead. */
function docOfClass(body: Node | null, source: SourceText) {
  const doc = docOfBody(body, source)
  const init = initOf(body)
  const ofInit = init ? docOfBody(init.childForFieldName('body'), source) : null
  return doc && ofInit && Object.keys(doc.params).length === 0 ? { ...doc, params: ofInit.params } : doc
}

function addAssignment(statement: Node, next: Node | undefined, scope: Scope): void {
  const assignment = statement.firstNamedChild
  const { list, source, parent } = scope
  if (assignment?.type !== 'assignment') return
  const left = assignment.childForFieldName('left')
  const type = assignment.childForFieldName('type')
  const right = assignment.childForFieldName('right')
  if (left && /^(?:pattern_list|tuple_pattern)$/.test(left.type)) addUnpacked(left, assignment, scope)
  if (left?.type !== 'identifier' || /^__\w+__$/.test(left.text)) return
  const isShort = right !== null && right.text.length <= 80 && !right.text.includes('\n')
  const end = isShort ? assignment.endIndex : (type ?? left).endIndex
  list.add({
    name: left.text,
    kind: assignedKind(left.text, type?.text ?? null, scope),
    public: isPublic(left.text, scope) && !isTypingPlumbing(right),
    signature: source.folded(assignment, assignment.startIndex, end),
    parent,
    doc: docOfStatement(next, source) ?? docOfComments(statement, source),
    range: source.range(statement),
    declaration: source.range(left, isShort ? assignment : (type ?? left)),
  })
}

/** `OPEN, CLOSED = range(2)`: the names that are set for the first time. */
function addUnpacked(left: Node, assignment: Node, scope: Scope): void {
  const { list, source, parent } = scope
  const range = source.range(assignment)
  const isShort = assignment.text.length <= 80 && !assignment.text.includes('\n')
  for (const { type, text: name } of left.namedChildren) {
    const isKnown = list.find(parent ? `${parent.qualified}.${name}` : name) !== undefined
    if (type !== 'identifier' || isKnown || /^(?:_+|__\w+__)$/.test(name)) continue
    list.add({
      name,
      kind: assignedKind(name, null, scope),
      public: isPublic(name, scope),
      signature: isShort ? source.text(assignment) : name,
      parent,
      range,
      declaration: isShort ? range : source.range(left),
    })
  }
}

/** Type variables stand in signatures only: nobody imports them to use the package. */
function isTypingPlumbing(value: Node | null): boolean {
  const called = value?.type === 'call' ? value.childForFieldName('function')?.text : undefined
  return called !== undefined && /(?:^|\.)(?:TypeVar|ParamSpec|TypeVarTuple)$/.test(called)
}

function assignedKind(name: string, type: string | null, { parent }: Scope): SymbolKind {
  if (parent) return 'property'
  if (type && /\bTypeAlias\b/.test(type)) return 'type'
  return /^_*[A-Z][A-Z0-9_]*$/.test(name) ? 'constant' : 'variable'
}

function addTypeAlias(node: Node, scope: Scope): void {
  const name = node.childForFieldName('left')?.text.replace(/\[.*$/s, '')
  if (!name) return
  scope.list.add({
    name,
    kind: 'type',
    public: isPublic(name, scope),
    signature: scope.source.text(node),
    parent: scope.parent,
    range: scope.source.range(node),
    declaration: scope.source.range(node),
  })
}

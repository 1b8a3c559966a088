import type { SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { addAssignedSymbols } from './typescript-assignments.ts'
import { exportedNames } from './typescript-exports.ts'
import { wrappedLibrary } from './typescript-library.ts'
import { addMembers } from './typescript-members.ts'
import {
  behindDecorators,
  callableOf,
  type Documented,
  declarationRange,
  docOf,
  documentedChildren,
  initializedEnd,
  isMarkedPrivate,
  paramsOf,
  returnsOf,
  signatureEnd,
} from './typescript-shapes.ts'

/** Where a declaration stands: what makes it public, and the names in front of it. */
interface Scope {
  list: SymbolList
  source: SourceText
  exported: Set<string>
  /** Everything here is offered without saying so: ambient modules and global declarations. */
  isAmbient: boolean
  /** False below a namespace that is not offered itself. */
  isOffered: boolean
  prefix: string | null
}

interface Declared extends Documented {
  /** The whole statement, `export` included. */
  outer: Node
  isExported: boolean
}

/** Symbols of a TypeScript or JavaScript file: top-level declarations and the members of what they declare. */
export function typescriptSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const exported = exportedNames(root)
  const isModule = root.namedChildren.some(({ type }) => /^(?:export|import)_statement$/.test(type))
  const isAmbient = /\.d\.[cm]?ts$/.test(source.path) && !isModule
  const scope = { list, source, exported, isAmbient, isOffered: true, prefix: null }
  addStatements(root, scope)
  addAssignedSymbols(root, { list, source, exported })
  const library = isModule || list.all.length > 0 ? null : wrappedLibrary(root)
  if (library) {
    addStatements(library.body, { ...scope, exported: library.exported })
    addAssignedSymbols(library.body, { list, source, ...library })
  }
  return list.all
}

function addStatements(block: Node, scope: Scope): void {
  for (const statement of documentedChildren(block)) {
    if (statement.node.type === 'export_statement') addExport(statement, scope)
    else if (statement.node.type === 'ERROR') addBehindError(statement.node, scope)
    else addDeclaration({ ...statement, outer: statement.node, isExported: false }, scope)
  }
}

/** What can still be read inside a stretch with syntax errors: declarations that begin in the first column. */
function addBehindError(stretch: Node, scope: Scope): void {
  for (const statement of documentedChildren(stretch)) {
    if (statement.node.startPosition.column > 0) continue
    if (statement.node.type === 'export_statement') addExport(statement, scope)
    else addDeclaration({ ...statement, outer: statement.node, isExported: false }, scope)
  }
}

function addExport(statement: Documented, scope: Scope): void {
  const outer = statement.node
  const node = outer.childForFieldName('declaration')
  if (node) {
    addDeclaration({ ...statement, node, outer, isExported: true }, scope)
    return
  }
  const value = outer.childForFieldName('value')
  if (value && value.type !== 'identifier') addDefault(value, { ...statement, outer, isExported: true }, scope)
}

function addDeclaration(declared: Declared, scope: Scope): void {
  const { node } = declared
  switch (node.type) {
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_signature':
      addFunction(declared, scope)
      break
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'interface_declaration':
    case 'enum_declaration':
      addType(declared, scope)
      break
    case 'type_alias_declaration':
      addAlias(declared, scope)
      break
    case 'lexical_declaration':
    case 'variable_declaration':
      for (const declarator of node.namedChildren)
        if (declarator.type === 'variable_declarator') addVariable(declarator, declared, scope)
      break
    case 'ambient_declaration':
      addAmbient(declared, scope)
      break
    case 'module':
    case 'internal_module':
      addNamespace(declared, scope)
      break
    case 'expression_statement':
      if (node.firstNamedChild?.type === 'internal_module')
        addNamespace({ ...declared, node: node.firstNamedChild }, scope)
      break
  }
}

/** `declare …`: a declaration, or a block of global ones. */
function addAmbient(declared: Declared, scope: Scope): void {
  for (const inner of declared.node.namedChildren) {
    if (inner.type === 'statement_block') addStatements(inner, { ...scope, isAmbient: true })
    else if (inner.type !== 'comment') addDeclaration({ ...declared, node: inner }, scope)
  }
}

function addNamespace(declared: Declared, scope: Scope): void {
  const body = declared.node.childForFieldName('body')
  const name = declared.node.childForFieldName('name')
  if (!body || !name) return
  const isExternal = name.type === 'string'
  addStatements(body, {
    ...scope,
    exported: new Set(),
    isAmbient: isExternal || scope.isAmbient || /\.d\.[cm]?ts$/.test(scope.source.path),
    isOffered: isExternal || isOffered(name.text, declared, scope),
    prefix: isExternal ? scope.prefix : [scope.prefix, name.text].filter(Boolean).join('.'),
  })
}

function isOffered(name: string, { isExported, comment }: Declared, scope: Scope): boolean {
  return scope.isOffered && !isMarkedPrivate(comment) && (isExported || scope.isAmbient || scope.exported.has(name))
}

/** What every symbol of a statement shares. */
function common({ first, outer, comment, node }: Declared, end: number, scope: Scope) {
  const start = behindDecorators(node)
  return {
    signature: scope.source.folded(node, start.startIndex, end).replace(/;$/, ''),
    doc: docOf(comment, scope.source),
    range: scope.source.range(first.startIndex < outer.startIndex ? first : outer, outer),
    declaration: declarationRange(start, end, scope.source),
    prefix: scope.prefix,
  }
}

function addFunction(declared: Declared, scope: Scope): void {
  const { node } = declared
  const name = node.childForFieldName('name')?.text ?? 'default'
  const isPublic = isOffered(name, declared, scope)
  scope.list.add({
    ...common(declared, signatureEnd(node), scope),
    name,
    kind: functionKind(name, isPublic, node),
    public: isPublic,
    params: paramsOf(node, scope.source),
    returns: returnsOf(node, scope.source),
  })
}

/** Exported, capitalised and made of JSX: a React component. */
function functionKind(name: string, isPublic: boolean, callable: Node): SymbolKind {
  const mayBe = isPublic && (/^[A-Z]/.test(name) || name === 'default')
  const hasJsx = mayBe && callable.descendantsOfType(['jsx_element', 'jsx_self_closing_element']).length > 0
  return hasJsx ? 'component' : 'function'
}

const TYPE_KINDS = new Map<string, SymbolKind>([
  ['interface_declaration', 'interface'],
  ['enum_declaration', 'enum'],
])

function addType(declared: Declared, scope: Scope): void {
  const { node } = declared
  const name = node.childForFieldName('name')?.text ?? 'default'
  const body = node.childForFieldName('body')
  const parent = scope.list.add({
    ...common(declared, body?.startIndex ?? node.endIndex, scope),
    name,
    kind: TYPE_KINDS.get(node.type) ?? 'class',
    public: isOffered(name, declared, scope),
    params: constructorParams(body, scope.source),
  })
  addMembers(body, { list: scope.list, source: scope.source, parent })
}

function constructorParams(body: Node | null, source: SourceText) {
  if (body?.type !== 'class_body') return []
  const method = body.namedChildren.find(
    (member) => member.type === 'method_definition' && member.childForFieldName('name')?.text === 'constructor',
  )
  return method ? paramsOf(method, source) : []
}

const MAX_SHOWN_TYPE = 400

function addAlias(declared: Declared, scope: Scope): void {
  const { node } = declared
  const name = node.childForFieldName('name')
  const value = node.childForFieldName('value')
  if (!name || !value) return
  const isCut = value.type === 'object_type' || value.text.length > MAX_SHOWN_TYPE
  const end = isCut ? (node.childForFieldName('type_parameters') ?? name).endIndex : node.endIndex
  const parent = scope.list.add({
    ...common(declared, end, scope),
    name: name.text,
    kind: 'type',
    public: isOffered(name.text, declared, scope),
  })
  const bodies = value.type === 'intersection_type' ? value.namedChildren : [value]
  for (const body of bodies)
    if (body.type === 'object_type') addMembers(body, { list: scope.list, source: scope.source, parent })
}

function addVariable(declarator: Node, declared: Declared, scope: Scope): void {
  const { node } = declared
  const pattern = declarator.childForFieldName('name')
  const value = lastValue(declarator.childForFieldName('value'))
  if (!pattern || isRequire(value)) return
  const keyword = node.childForFieldName('kind')?.text ?? 'var'
  const callable = callableOf(value, true)
  const isClass = value?.type === 'class'
  const body = isClass ? value.childForFieldName('body') : null
  const end = body?.startIndex ?? initializedEnd(declarator, callable)
  const shared = {
    ...common(declared, end, scope),
    signature: `${keyword} ${scope.source.folded(declarator, declarator.startIndex, end)}`,
    declaration: declarationRange(
      declarator.startPosition.row === node.startPosition.row ? node : declarator,
      end,
      scope.source,
    ),
  }
  for (const name of boundNames(pattern)) {
    const isPublic = isOffered(name, declared, scope)
    const plain: SymbolKind = keyword === 'const' ? 'constant' : 'variable'
    const parent = scope.list.add({
      ...shared,
      name,
      kind: callable ? functionKind(name, isPublic, callable) : isClass ? 'class' : plain,
      public: isPublic,
      params: callable ? paramsOf(callable, scope.source) : constructorParams(body, scope.source),
      returns: callable ? returnsOf(callable, scope.source) : null,
    })
    addMembers(body, { list: scope.list, source: scope.source, parent })
  }
}

/** `var Road = Way.Road = function () {}` is that function. */
function lastValue(value: Node | null): Node | null {
  return value?.type === 'assignment_expression' ? lastValue(value.childForFieldName('right')) : value
}

function isRequire(value: Node | null): boolean {
  return value !== null && /^(?:await\s+)?(?:require|import)\s*\(/.test(value.text.slice(0, 30))
}

function boundNames(pattern: Node): string[] {
  if (/^(?:shorthand_property_identifier_pattern|identifier)$/.test(pattern.type)) return [pattern.text]
  // Keys and defaults are expressions: what they name is bound elsewhere.
  const isDefaulted = /assignment_pattern$/.test(pattern.type)
  const part = isDefaulted ? pattern.childForFieldName('left') : pattern.childForFieldName('value')
  const parts = part ? [part] : /pattern$/.test(pattern.type) ? pattern.namedChildren : []
  return parts.flatMap(boundNames)
}

/** `export default <expression>` without a name of its own. */
function addDefault(value: Node, declared: Declared, scope: Scope): void {
  const callable = callableOf(value, true)
  const body = value.type === 'class' ? value.childForFieldName('body') : null
  const name = (callable ?? value).childForFieldName('name')?.text ?? 'default'
  const isPlain = callable !== null && callable.id === value.id
  const end = body?.startIndex ?? (isPlain ? signatureEnd(callable) : defaultEnd(value))
  const start = declared.outer
  const parent = scope.list.add({
    ...common({ ...declared, node: start }, end, scope),
    name,
    kind: callable ? functionKind(name, true, callable) : body ? 'class' : 'constant',
    public: true,
    params: callable ? paramsOf(callable, scope.source) : constructorParams(body, scope.source),
    returns: callable ? returnsOf(callable, scope.source) : null,
  })
  addMembers(body, { list: scope.list, source: scope.source, parent })
}

function defaultEnd(value: Node): number {
  return value.text.length <= 80 && !value.text.includes('\n') ? value.endIndex : value.startIndex
}

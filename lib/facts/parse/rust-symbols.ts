import type { ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope, within } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import { rustDoc } from './rust-doc.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

/** What encloses an item decides whether `pub` reaches outside. */
interface RustScope extends Scope {
  isOpen: boolean
  /** Members of a trait are as public as the trait. */
  isTrait: boolean
}

/** Symbols of a Rust file: functions, types with fields and variants, traits, impl blocks, constants, macros. */
export function rustSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  addItems(root, { list, source, parent: null, prefix: null, separator: '::', isOpen: true, isTrait: false })
  return list.all
}

const KINDS: Record<string, SymbolKind> = {
  struct_item: 'type',
  union_item: 'type',
  enum_item: 'enum',
  trait_item: 'interface',
  type_item: 'type',
  associated_type: 'type',
  const_item: 'constant',
  static_item: 'variable',
}

function addItems(container: Node, scope: RustScope): void {
  const impls: Documented[] = []
  for (const item of documentedChildren(container)) {
    const { node, attributes } = item
    if (attributes.some(({ text }) => /^#\[cfg\((?:all\()?test\b/.test(text))) continue
    if (node.type === 'impl_item') impls.push(item)
    else if (/^function_(?:signature_)?item$/.test(node.type)) addFunction(item, scope)
    else if (node.type === 'macro_definition') addMacro(item, scope)
    else if (node.type === 'mod_item') addModule(node, scope)
    else if (node.type === 'foreign_mod_item') addBody(node, scope)
    else if (KINDS[node.type]) addType(item, scope)
  }
  for (const { node } of impls) addImpl(node, scope)
}

function addBody(node: Node, scope: RustScope): void {
  const body = node.childForFieldName('body')
  if (body) addItems(body, scope)
}

function addModule(node: Node, scope: RustScope): void {
  const name = node.childForFieldName('name')?.text
  if (name) addBody(node, { ...scope, ...within(scope, name), isOpen: scope.isOpen && isMarked(node) })
}

function isMarked(node: Node): boolean {
  return node.namedChildren.find(({ type }) => type === 'visibility_modifier')?.text === 'pub'
}

function isPublic({ node, attributes }: Documented, scope: RustScope): boolean {
  if (isHidden(attributes)) return false
  return scope.isOpen && (scope.isTrait || isMarked(node))
}

/** What its authors keep out of the documentation, though others can reach it. */
function isHidden(attributes: Node[]): boolean {
  return attributes.some(({ text }) => /^#\[doc\(.*\bhidden\b/.test(text))
}

function addFunction(item: Documented, scope: RustScope): void {
  const { node, comments, attributes } = item
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const returns = node.childForFieldName('return_type')
  declare(scope, node, {
    name,
    kind: scope.parent || (scope.prefix && scope.isTrait) ? 'method' : 'function',
    public: isPublic(item, scope),
    first: attributes[0],
    body: node.childForFieldName('body'),
    params: paramsOf(node, scope.source),
    returns: returns ? scope.source.text(returns) : null,
    doc: rustDoc(comments, attributes, scope.source),
  })
}

function paramsOf(node: Node, source: SourceText): ParameterFact[] {
  const list = node.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => {
    if (param.type !== 'parameter') return []
    const [pattern, type] = [param.childForFieldName('pattern'), param.childForFieldName('type')]
    const shared = { default: null, optional: false, doc: null }
    return [{ name: pattern ? source.text(pattern) : '_', type: type ? source.text(type) : null, ...shared }]
  })
}

function addMacro({ node, comments, attributes }: Documented, scope: RustScope): void {
  const name = node.childForFieldName('name')?.text
  if (!name) return
  declare({ ...scope, prefix: null }, node, {
    name,
    kind: 'function',
    public: attributes.some(({ text }) => text.startsWith('#[macro_export')) && !isHidden(attributes),
    first: attributes[0],
    signature: `macro_rules! ${name}`,
    doc: rustDoc(comments, attributes, scope.source),
  })
}

function addType(item: Documented, scope: RustScope): void {
  const { node, comments, attributes } = item
  const name = node.childForFieldName('name')?.text
  const kind = KINDS[node.type]
  if (!name || name === '_' || !kind) return
  const body = node.childForFieldName('body')
  const fields = body && body.type !== 'ordered_field_declaration_list' ? body : null
  const value = node.childForFieldName('value')
  const symbol = declare(scope, node, {
    name,
    kind,
    public: isPublic(item, scope),
    first: attributes[0],
    body: fields,
    signature: isShortValue(value) ? undefined : withoutValue(node, value, scope.source),
    doc: rustDoc(comments, attributes, scope.source),
  })
  const members: RustScope = {
    ...scope,
    ...inside(scope, symbol),
    isOpen: symbol.public,
    isTrait: kind === 'interface',
  }
  if (kind === 'interface' && fields) addItems(fields, members)
  else if (fields) addFields(fields, members)
}

function withoutValue(node: Node, value: Node | null, source: SourceText): string {
  const text = source.content.slice(node.startIndex, value?.startIndex ?? node.endIndex)
  return text.replace(/\s*=\s*$/, '').replace(/\s+/g, ' ')
}

/** Fields are public when marked, variants when the enum is. */
function addFields(body: Node, scope: RustScope): void {
  for (const item of documentedChildren(body)) {
    const { node, comments, attributes } = item
    const isVariant = node.type === 'enum_variant'
    const name = node.childForFieldName('name')?.text
    if (!name || !(isVariant || node.type === 'field_declaration')) continue
    declare(scope, node, {
      name,
      kind: 'property',
      public: scope.isOpen && (isVariant || isMarked(node)),
      first: attributes[0],
      doc: rustDoc(comments, attributes, scope.source),
    })
  }
}

/** Methods belong to their type; what implements a trait is documented there. */
function addImpl(node: Node, scope: RustScope): void {
  const type = node.childForFieldName('type')
  const name = (type?.childForFieldName('type') ?? type)?.text
    .replace(/^.*::|<[\s\S]*$/g, '')
    .replace(/^&(?:mut )?/, '')
  const body = node.childForFieldName('body')
  if (!name || !body || !/^\w+$/.test(name)) return
  const isOpen = scope.isOpen && node.childForFieldName('trait') === null
  const qualified = scope.prefix ? `${scope.prefix}::${name}` : name
  const owner = scope.list.find(qualified)
  const base = owner ? inside(scope, owner) : within(scope, name)
  addItems(body, { ...scope, ...base, isOpen: isOpen && (owner?.public ?? true), isTrait: false })
}

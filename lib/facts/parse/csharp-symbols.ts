import type { DocComment, ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { deprecatedDoc } from './doc-text.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { xmlDoc } from './xml-doc.ts'

interface CsharpScope extends Scope {
  isOpen: boolean
  /** Members of interfaces are public without saying so. */
  isInterface: boolean
  depth: number
}

const MAX_DEPTH = 40

/** Symbols of a C# file: types, nested ones too, with methods, properties, fields, events, operators and delegates. */
export function csharpSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const base = { list, source, parent: null, prefix: null, separator: '.' }
  addMembers(root, { ...base, isOpen: true, isInterface: false, depth: 0 })
  return list.all
}

const TYPES: Record<string, SymbolKind> = {
  class_declaration: 'class',
  record_declaration: 'class',
  record_struct_declaration: 'type',
  struct_declaration: 'type',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
  delegate_declaration: 'type',
}
const CALLABLES = /^(?:method|constructor|destructor|operator|conversion_operator|indexer)_declaration$/
const TRANSPARENT =
  /^(?:preproc_\w+|namespace_declaration|file_scoped_namespace_declaration|declaration_list|ERROR|global_statement)$/

function addMembers(container: Node, outer: CsharpScope): void {
  if (outer.depth > MAX_DEPTH) return
  const scope = { ...outer, depth: outer.depth + 1 }
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (TYPES[node.type]) addType(item, scope)
    else if (CALLABLES.test(node.type)) addMethod(item, scope)
    else if (/^(?:property|event)_declaration$/.test(node.type)) addProperty(item, scope)
    else if (/^(?:event_)?field_declaration$/.test(node.type)) addFields(item, scope)
    else if (node.type === 'enum_member_declaration') addEnumMember(item, scope)
    else if (TRANSPARENT.test(node.type)) addMembers(node, scope)
  }
}

function modifiersOf(node: Node): string[] {
  return node.namedChildren.filter(({ type }) => type === 'modifier').map(({ text }) => text)
}

function isPublic(node: Node, scope: CsharpScope): boolean {
  if (!scope.isOpen) return false
  const words = modifiersOf(node)
  if (words.includes('public') || (words.includes('protected') && !words.includes('private'))) return true
  return scope.isInterface && words.every((word) => !/^(?:private|internal)$/.test(word))
}

function attributesOf(node: Node): Node[] {
  return node.namedChildren.filter(({ type }) => type === 'attribute_list')
}

const OBSOLETE = /\bObsolete(?:Attribute)?\b(?:\(\s*@?"((?:[^"\\]|\\.)*)")?/

function docOf({ node, comments }: Documented, source: SourceText): DocComment | null {
  const mark = attributesOf(node).find(({ text }) => OBSOLETE.test(text))
  const obsolete = mark ? OBSOLETE.exec(mark.text)?.[1] || 'Obsolete' : null
  const doc = xmlDoc(comments, obsolete, source)
  return doc ?? (mark && obsolete ? deprecatedDoc(obsolete, source.range(mark)) : null)
}

/** Where the declaration begins once its attributes are behind. */
function startOf(node: Node): number {
  const last = attributesOf(node).at(-1)
  const next = last?.nextSibling
  return next?.startIndex ?? node.startIndex
}

function bodyOf(node: Node): Node | null {
  const body = node.childForFieldName('body') ?? node.childForFieldName('accessors')
  return (
    body ??
    node.namedChildren.find(({ type }) => /^(?:block|arrow_expression_clause|constructor_initializer)$/.test(type)) ??
    null
  )
}

function addType(item: Documented, scope: CsharpScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  const kind = TYPES[node.type]
  if (!name || !kind) return
  const body = node.childForFieldName('body')
  const symbol = declare(scope, node, {
    name,
    kind,
    public: isPublic(node, scope),
    signatureStart: startOf(node),
    body,
    params: paramsOf(node, scope.source),
    returns: node.type === 'delegate_declaration' ? typeOf(node, scope.source) : null,
    doc: docOf(item, scope.source),
  })
  const isInterface = kind === 'interface'
  if (body) addMembers(body, { ...scope, ...inside(scope, symbol), isOpen: symbol.public, isInterface })
}

function typeOf(node: Node, source: SourceText): string | null {
  const type = node.childForFieldName('returns') ?? node.childForFieldName('type')
  return type ? source.text(type) : null
}

function nameOf(node: Node, source: SourceText): string | null {
  if (node.type === 'indexer_declaration') return 'this[]'
  if (node.type === 'operator_declaration') {
    const symbol = /\boperator\s*(?:checked\s+)?([^\s(]+)\s*\(/.exec(source.text(node).slice(0, 300))?.[1]
    return symbol ? `operator ${symbol}` : null
  }
  if (node.type === 'conversion_operator_declaration') return `operator ${typeOf(node, source)}`
  const name = node.childForFieldName('name')?.text ?? null
  return node.type === 'destructor_declaration' && name ? `~${name}` : name
}

function addMethod(item: Documented, scope: CsharpScope): void {
  const { node } = item
  const name = nameOf(node, scope.source)
  if (!name) return
  const body = bodyOf(node)
  const initializer = node.namedChildren.find(({ type }) => type === 'constructor_initializer')
  const isExplicit = node.namedChildren.some(({ type }) => type === 'explicit_interface_specifier')
  const hasType = !/^(?:constructor|destructor)/.test(node.type)
  declare(scope, node, {
    name,
    kind: scope.parent ? 'method' : 'function',
    public: isPublic(node, scope) && !isExplicit && node.type !== 'destructor_declaration',
    signatureStart: startOf(node),
    body: initializer ?? (node.type === 'indexer_declaration' ? (node.childForFieldName('accessors') ?? body) : body),
    params: paramsOf(node, scope.source),
    returns: hasType ? typeOf(node, scope.source) : null,
    doc: docOf(item, scope.source),
  })
}

function paramsOf(node: Node, source: SourceText): ParameterFact[] {
  const list = node.childForFieldName('parameters') ?? node.namedChildren.find(({ type }) => type === 'parameter_list')
  const params = list?.namedChildren.filter(({ type }) => type === 'parameter') ?? []
  const found = params.flatMap((param): ParameterFact[] => {
    const [name, type] = [param.childForFieldName('name'), param.childForFieldName('type')]
    if (!name) return []
    const equals = param.children.find((child) => child.type === '=')
    const value = equals?.nextNamedSibling ?? null
    const words = modifiersOf(param).join(' ')
    const written = [words, type ? source.text(type) : ''].filter(Boolean).join(' ')
    return [
      {
        name: name.text,
        type: written || null,
        default: value ? source.text(value) : null,
        optional: value !== null,
        doc: null,
      },
    ]
  })
  // The grammar leaves the last `params T[] name` without a node of its own.
  const rest = list?.children.find(({ type }) => type === 'params')
  const [restType, restName] = [list?.childForFieldName('type'), list?.childForFieldName('name')]
  if (!rest || !restType || !restName) return found
  return [
    ...found,
    { name: restName.text, type: `params ${source.text(restType)}`, default: null, optional: true, doc: null },
  ]
}

function addProperty(item: Documented, scope: CsharpScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const accessors = node.childForFieldName('accessors')
  const isExplicit = node.namedChildren.some(({ type }) => type === 'explicit_interface_specifier')
  const isPlain = accessors !== null && !accessors.namedChildren.some((accessor) => accessor.childForFieldName('body'))
  const value = node.childForFieldName('value')
  const end = isPlain ? accessors.endIndex : (accessors ?? value ?? node).startIndex
  const written = source.folded(node, startOf(node), end > startOf(node) ? end : node.endIndex)
  declare(scope, node, {
    name,
    kind: 'property',
    public: isPublic(node, scope) && !isExplicit,
    signature: written.replace(/\s*(?:=>|=)$/, ''),
    body: accessors ?? value,
    returns: typeOf(node, source),
    doc: docOf(item, source),
  })
}

function addFields(item: Documented, scope: CsharpScope): void {
  const { node } = item
  const { source } = scope
  const declaration = node.namedChildren.find(({ type }) => type === 'variable_declaration')
  const declarators = declaration?.namedChildren.filter(({ type }) => type === 'variable_declarator') ?? []
  const words = modifiersOf(node)
  const isConstant = words.includes('const') || (words.includes('static') && words.includes('readonly'))
  const start = source.folded(node, startOf(node), declarators[0]?.startIndex ?? node.endIndex)
  for (const declarator of declarators) {
    const name = declarator.childForFieldName('name')
    if (!name) continue
    const isShort = isShortValue(declarator)
    declare(scope, node, {
      name: name.text,
      kind: isConstant ? 'constant' : 'property',
      public: isPublic(node, scope),
      signature: `${start} ${isConstant && isShort ? source.text(declarator) : name.text}`,
      body: isShort ? null : (declarator.lastNamedChild ?? null),
      doc: docOf(item, source),
    })
  }
}

function addEnumMember(item: Documented, scope: CsharpScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  if (!name) return
  declare(scope, node, {
    name,
    kind: 'property',
    public: scope.isOpen,
    signatureStart: startOf(node),
    doc: docOf(item, scope.source),
  })
}

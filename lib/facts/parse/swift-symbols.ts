import type { SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { swiftDoc } from './swift-doc.ts'
import { modifiersOf, signatureOf, swiftParams, swiftReturns } from './swift-shapes.ts'
import { SymbolList } from './symbol-list.ts'

interface SwiftScope extends Scope {
  isOpen: boolean
  /** Members without a modifier are as public as what holds them: protocols, public extensions. */
  isOpenByDefault: boolean
}

/** Symbols of a Swift file: types with members, also those that extensions add; functions, variables, aliases. */
export function swiftSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  addAll(root, { list, source, parent: null, prefix: null, separator: '.', isOpen: true, isOpenByDefault: false })
  return list.all
}

const FUNCTIONS = /^(?:protocol_)?(?:function|init|subscript)_declaration$/

function addAll(container: Node, scope: SwiftScope): void {
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (/^(?:class|protocol)_declaration$/.test(node.type)) addType(item, scope)
    else if (FUNCTIONS.test(node.type)) addFunction(item, scope)
    else if (/^(?:protocol_)?property_declaration$/.test(node.type)) addProperty(item, scope)
    else if (node.type === 'enum_entry') addCases(item, scope)
    else if (/^(?:typealias|associatedtype)_declaration$/.test(node.type)) addAlias(item, scope)
    else if (node.type === 'macro_declaration') addFunction(item, scope)
    else if (node.type === 'ERROR') addAll(node, scope)
  }
}

function isPublic(node: Node, scope: SwiftScope): boolean {
  if (!scope.isOpen) return false
  const words = modifiersOf(node, scope.source)
  if (/\b(?:private|fileprivate|internal|package)\b(?!\(set\))/.test(words)) return false
  return scope.isOpenByDefault || /\b(?:public|open)\b(?!\(set\))/.test(words)
}

const KINDS: Record<string, SymbolKind> = { protocol: 'interface', enum: 'enum' }

function addType(item: Documented, scope: SwiftScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text.replace(/<[\s\S]*$/, '')
  const word = node.childForFieldName('declaration_kind')?.text ?? 'class'
  if (!name) return
  const body = node.childForFieldName('body')
  if (word === 'extension') {
    if (body) addExtension(node, { name, body }, scope)
    return
  }
  const symbol = declare(scope, node, {
    name: plainName(name),
    kind: KINDS[word] ?? 'class',
    public: isPublic(node, scope),
    body,
    signature: signatureOf(node, body?.startIndex ?? node.endIndex, source),
    doc: swiftDoc(item, source),
  })
  const isOpenByDefault = word === 'protocol'
  if (body) addAll(body, { ...scope, ...inside(scope, symbol), isOpen: symbol.public, isOpenByDefault })
}

function plainName(name: string): string {
  return name.replace(/^`|`$/g, '')
}

/** What an extension adds belongs to the type, which another file may declare. */
function addExtension(node: Node, { name, body }: { name: string; body: Node }, scope: SwiftScope): void {
  const words = modifiersOf(node, scope.source)
  const isHidden = /\b(?:private|fileprivate|internal)\b/.test(words)
  const own = scope.list.find(name)
  const isOpenByDefault = /\bpublic\b/.test(words)
  const isOpen = scope.isOpen && !isHidden && (own?.public ?? true)
  addAll(body, { ...scope, parent: own ?? null, prefix: own ? null : name, isOpen, isOpenByDefault })
}

function addFunction(item: Documented, scope: SwiftScope): void {
  const { node } = item
  const { source } = scope
  const isSubscript = /subscript/.test(node.type)
  const name = isSubscript ? 'subscript' : node.childForFieldName('name')?.text
  if (!name) return
  const body = node.childForFieldName('body') ?? node.namedChildren.find(({ type }) => type === 'computed_property')
  declare(scope, node, {
    name: plainName(name),
    kind: scope.parent || scope.prefix ? 'method' : 'function',
    public: isPublic(node, scope),
    body: body ?? null,
    signature: signatureOf(node, body?.startIndex ?? node.endIndex, source),
    params: swiftParams(node, source),
    returns: swiftReturns(node, source),
    doc: swiftDoc(item, source),
  })
}

/** A property up to its value, which is shown when it is short and no type says it. */
function addProperty(item: Documented, scope: SwiftScope): void {
  const { node } = item
  const { source } = scope
  const value = node.childForFieldName('value')
  const type = node.namedChildren.findLast((child) => child.type === 'type_annotation')
  const isShown = value !== null && !type && isShortValue(value)
  const equals = value?.previousSibling ?? null
  const body = node.childForFieldName('computed_value') ?? node.namedChildren.find((one) => /^willset/.test(one.type))
  const end = isShown ? value.endIndex : (equals?.startIndex ?? body?.startIndex ?? node.endIndex)
  const isVariable = /\bvar\b/.test(node.children.map((child) => child.text.slice(0, 4)).join(' '))
  const isMember = scope.parent !== null || scope.prefix !== null
  for (const pattern of node.childrenForFieldName('name')) {
    const name = boundName(pattern)
    if (!name) continue
    declare(scope, node, {
      name: plainName(name),
      kind: isMember ? 'property' : isVariable ? 'variable' : 'constant',
      public: isPublic(node, scope),
      body: (isShown ? null : equals) ?? body ?? null,
      signature: signatureOf(node, end, source),
      doc: swiftDoc(item, source),
    })
  }
}

function boundName(pattern: Node): string | null {
  return pattern.type === 'pattern' ? (pattern.childForFieldName('bound_identifier')?.text ?? null) : null
}

/** `case a = 1, b(Int)`: each is a member. */
function addCases(item: Documented, scope: SwiftScope): void {
  const { node } = item
  const names = node.childrenForFieldName('name').filter(({ type }) => type === 'simple_identifier')
  for (const [at, name] of names.entries()) {
    const end = names[at + 1]?.startIndex ?? node.endIndex
    const written = scope.source.folded(node, name.startIndex, end).replace(/[\s,]+$/, '')
    declare(scope, node, {
      name: plainName(name.text),
      kind: 'property',
      public: scope.isOpen,
      signature: `case ${written}`,
      doc: swiftDoc(item, scope.source),
    })
  }
}

function addAlias(item: Documented, scope: SwiftScope): void {
  const name = item.node.childForFieldName('name')?.text
  if (!name) return
  declare(scope, item.node, {
    name: plainName(name),
    kind: 'type',
    public: isPublic(item.node, scope),
    signature: signatureOf(item.node, item.node.endIndex, scope.source),
    doc: swiftDoc(item, scope.source),
  })
}

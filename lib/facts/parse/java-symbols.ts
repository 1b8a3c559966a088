import type { DocComment, ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { deprecatedDoc } from './doc-text.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface JavaScope extends Scope {
  isOpen: boolean
  /** Members of interfaces and annotations are public without saying so. */
  isInterface: boolean
}

/** Symbols of a Java file: types, nested ones too, with methods, constructors, fields and constants. */
export function javaSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  addMembers(root, { list, source, parent: null, prefix: null, separator: '.', isOpen: true, isInterface: false })
  return list.all
}

const TYPES: Record<string, SymbolKind> = {
  class_declaration: 'class',
  record_declaration: 'class',
  interface_declaration: 'interface',
  annotation_type_declaration: 'interface',
  enum_declaration: 'enum',
}
const CALLABLES = /^(?:method|constructor|compact_constructor|annotation_type_element)_declaration$/

function addMembers(container: Node, scope: JavaScope): void {
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (TYPES[node.type]) addType(item, scope)
    else if (CALLABLES.test(node.type)) addMethod(item, scope)
    else if (/^(?:field|constant)_declaration$/.test(node.type)) addFields(item, scope)
    else if (node.type === 'enum_constant') addConstant(item, scope)
    else if (node.type === 'enum_body_declarations') addMembers(node, scope)
  }
}

function modifiersOf(node: Node): Node | null {
  return node.namedChildren.find(({ type }) => type === 'modifiers') ?? null
}

function isPublic(node: Node, scope: JavaScope): boolean {
  if (!scope.isOpen) return false
  const words = modifiersOf(node)?.children.map(({ type }) => type) ?? []
  return words.includes('public') || words.includes('protected') || (scope.isInterface && !words.includes('private'))
}

/** The declaration from its modifiers on, annotations left out. */
function signatureOf(node: Node, end: number, source: SourceText): string {
  const modifiers = modifiersOf(node)
  const words =
    modifiers?.children.filter(({ type }) => !/annotation$|comment$/.test(type)).map(({ text }) => text) ?? []
  return [...words, source.folded(node, modifiers?.endIndex ?? node.startIndex, end)].join(' ')
}

function docOf({ node, comments }: Documented, source: SourceText): DocComment | null {
  const own = comments.filter(({ text }) => text.startsWith('/**')).slice(-1)
  const doc = taggedDoc(own, source, 'javadoc')
  const marks = modifiersOf(node)?.namedChildren ?? []
  const mark = marks.find(({ text }) => /^@(?:java\.lang\.)?Deprecated\b/.test(text))
  if (!mark || doc?.deprecated) return doc
  return doc ? { ...doc, deprecated: 'Deprecated' } : deprecatedDoc('Deprecated', source.range(mark))
}

function addType(item: Documented, scope: JavaScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  const kind = TYPES[node.type]
  if (!name || !kind) return
  const body = node.childForFieldName('body')
  const symbol = declare(scope, node, {
    name,
    kind,
    public: isPublic(node, scope),
    body,
    signature: signatureOf(node, body?.startIndex ?? node.endIndex, scope.source),
    params: node.type === 'record_declaration' ? paramsOf(node, scope.source) : [],
    doc: docOf(item, scope.source),
  })
  if (body)
    addMembers(body, { ...scope, ...inside(scope, symbol), isOpen: symbol.public, isInterface: kind === 'interface' })
}

function addMethod(item: Documented, scope: JavaScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const body = node.childForFieldName('body')
  const type = node.childForFieldName('type')
  declare(scope, node, {
    name,
    kind: 'method',
    public: isPublic(node, scope),
    body,
    signature: signatureOf(node, body?.startIndex ?? node.endIndex, scope.source),
    params: paramsOf(node, scope.source),
    returns: type ? scope.source.text(type) : null,
    doc: docOf(item, scope.source),
  })
}

function paramsOf(node: Node, source: SourceText): ParameterFact[] {
  const list = node.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => {
    const isSpread = param.type === 'spread_parameter'
    if (!isSpread && param.type !== 'formal_parameter') return []
    const declarator = param.namedChildren.find(({ type }) => type === 'variable_declarator')
    const name = (isSpread ? declarator?.childForFieldName('name') : param.childForFieldName('name'))?.text
    const type = isSpread
      ? param.namedChildren.find(({ type: one }) => !/^(?:modifiers|variable_declarator)$/.test(one))
      : param.childForFieldName('type')
    const written = type ? `${source.text(type)}${isSpread ? '...' : ''}` : null
    return name ? [{ name, type: written, default: null, optional: isSpread, doc: null }] : []
  })
}

function addFields(item: Documented, scope: JavaScope): void {
  const { node } = item
  const { source } = scope
  const modifiers = modifiersOf(node)?.text ?? ''
  const isConstant = scope.isInterface || (/\bstatic\b/.test(modifiers) && /\bfinal\b/.test(modifiers))
  const declarators = node.childrenForFieldName('declarator')
  const start = signatureOf(node, declarators[0]?.startIndex ?? node.endIndex, source)
  for (const declarator of declarators) {
    const name = declarator.childForFieldName('name')
    const value = declarator.childForFieldName('value')
    if (!name) continue
    const shown = isConstant && isShortValue(value) ? source.text(declarator) : name.text
    declare(scope, node, {
      name: name.text,
      kind: isConstant ? 'constant' : 'property',
      public: isPublic(node, scope),
      body: value && !isShortValue(value) ? value : null,
      signature: `${start} ${shown}`,
      doc: docOf(item, source),
    })
  }
}

function addConstant(item: Documented, scope: JavaScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const body = node.childForFieldName('body')
  const signature = scope.source.folded(node, node.startIndex, body?.startIndex ?? node.endIndex)
  declare(scope, node, {
    name,
    kind: 'property',
    public: scope.isOpen,
    body,
    signature: signature.replace(/^(?:@\w+(?:\([^()]*\))? )+/, ''),
    doc: docOf(item, scope.source),
  })
}

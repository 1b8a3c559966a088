import type { DocComment, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { deprecatedDoc } from './doc-text.ts'
import { type Documented, documentedChildren, documentedNodes, isComment } from './documented-children.ts'
import { childOf, kotlinParams, modifiersOf, returnTypeOf, signatureOf } from './kotlin-shapes.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface KotlinScope extends Scope {
  isOpen: boolean
}

/** Symbols of a Kotlin file: functions, properties, aliases and types with members; a companion's belong to its class. */
export function kotlinSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  // The grammar keeps the comment of the first declaration in the imports above it.
  const nodes = root.namedChildren.flatMap((node) =>
    /^(?:import_list|package_header)$/.test(node.type)
      ? [node, ...node.descendantsOfType(['line_comment', 'multiline_comment'])]
      : [node],
  )
  addAll(nodes, { list, source, parent: null, prefix: null, separator: '.', isOpen: true })
  return list.all
}

function addAll(nodes: Node[], scope: KotlinScope): void {
  for (const item of documentedNodes(nodes)) {
    const { node } = item
    if (/^(?:class|object)_declaration$/.test(node.type)) addType(item, scope)
    else if (node.type === 'companion_object') addCompanion(item, scope)
    else if (/^(?:function_declaration|secondary_constructor)$/.test(node.type)) addFunction(item, scope)
    else if (node.type === 'property_declaration') addProperty(item, scope)
    else if (node.type === 'enum_entry') addEntry(item, scope)
    else if (node.type === 'type_alias') addAlias(item, scope)
    else if (node.type === 'ERROR') addAll(node.namedChildren, scope)
  }
}

/** Public unless it says otherwise; what is internal stays in its module. */
function isPublic({ node, comments }: Documented, scope: KotlinScope): boolean {
  const isHidden = /(?:^|\s)(?:private|internal)\b/.test(modifiersOf(node, scope.source))
  return scope.isOpen && !isHidden && !comments.some(({ text }) => /^\s*\*?\s*@suppress\b/m.test(text))
}

const DEPRECATED = /@Deprecated\s*\(\s*(?:message\s*=\s*)?"((?:[^"\\]|\\.)*)"/

function docOf({ node, comments, attributes }: Documented, source: SourceText): DocComment | null {
  const own = comments.filter(({ text }) => text.startsWith('/**')).slice(-1)
  const doc = taggedDoc(own, source, 'kdoc')
  const annotations = [...attributes, ...(childOf(node, /^modifiers$/)?.namedChildren ?? [])]
  const annotation = annotations.find(({ text }) => /(?:^|\s)@Deprecated\b/.test(text))
  if (!annotation || doc?.deprecated) return doc
  const deprecated = DEPRECATED.exec(annotation.text)?.[1] ?? 'Deprecated'
  return doc ? { ...doc, deprecated } : deprecatedDoc(deprecated, source.range(annotation))
}

function kindOf(node: Node): SymbolKind {
  const words = node.children.map(({ type }) => type)
  if (words.includes('interface')) return 'interface'
  return words.includes('enum') ? 'enum' : 'class'
}

function bodyOf(node: Node): Node | null {
  return childOf(node, /^(?:class_body|enum_class_body|function_body)$/)
}

function addType(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const { source } = scope
  const name = childOf(node, /^(?:type_identifier|simple_identifier)$/)?.text
  if (!name) return
  const body = bodyOf(node)
  const primary = childOf(node, /^primary_constructor$/)
  const symbol = declare(scope, node, {
    name: plainName(name),
    kind: kindOf(node),
    public: isPublic(item, scope),
    first: item.attributes[0],
    body,
    signature: typeSignature(node, body, source),
    params: primary ? kotlinParams(primary, source) : [],
    doc: docOf(item, source),
  })
  const inner = { ...scope, ...inside(scope, symbol), isOpen: symbol.public }
  for (const param of primary ? documentedChildren(primary) : []) addConstructorProperty(param, inner)
  if (body) addAll(body.namedChildren, inner)
}

/** The `fun` of a functional interface is blanked for the grammar. */
function typeSignature(node: Node, body: Node | null, source: SourceText): string {
  const signature = signatureOf(node, body?.startIndex ?? node.endIndex, source)
  const isFunctional = /\bfun\s+$/.test(source.content.slice(Math.max(0, node.startIndex - 30), node.startIndex))
  return isFunctional ? `fun ${signature}` : signature
}

function plainName(name: string): string {
  return name.replace(/^`|`$/g, '')
}

/** `class Path(val parts: List<String>)` declares a property as well. */
function addConstructorProperty(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const name = childOf(node, /^simple_identifier$/)?.text
  if (node.type !== 'class_parameter' || !name || !childOf(node, /^binding_pattern_kind$/)) return
  declare(scope, node, {
    name: plainName(name),
    kind: 'property',
    public: isPublic(item, scope),
    first: item.attributes[0],
    signature: signatureOf(node, node.endIndex, scope.source),
    doc: docOf(item, scope.source),
  })
}

function addCompanion(item: Documented, scope: KotlinScope): void {
  const name = childOf(item.node, /^(?:type_identifier|simple_identifier)$/)
  if (name) {
    addType(item, scope)
    return
  }
  const isOpen = isPublic(item, scope)
  addAll(bodyOf(item.node)?.namedChildren ?? [], { ...scope, isOpen })
}

function addFunction(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const { source } = scope
  const isConstructor = node.type === 'secondary_constructor'
  const name = isConstructor ? 'constructor' : childOf(node, /^simple_identifier$/)?.text
  if (!name) return
  const body = bodyOf(node) ?? (isConstructor ? childOf(node, /^(?:constructor_delegation_call|statements)$/) : null)
  const end = body?.startIndex ?? node.endIndex
  const parameters = childOf(node, /^function_value_parameters$/)
  declare(scope, node, {
    name: plainName(name),
    kind: scope.parent ? 'method' : 'function',
    public: isPublic(item, scope),
    first: item.attributes[0],
    body,
    signature: signatureOf(node, end, source).replace(/\s*[:{]$/, ''),
    params: parameters ? kotlinParams(parameters, source) : [],
    returns: isConstructor ? null : returnTypeOf(node, source),
    doc: docOf(item, source),
  })
}

/** A property up to its value, which is shown when it is a constant's; getters and delegates are its body. */
function addProperty(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const { source } = scope
  const [equals] = node.children.filter(({ type }) => type === '=')
  const rest = childOf(node, /^(?:property_delegate|getter|setter)$/)
  const value = equals?.nextNamedSibling ?? null
  const isConstant = /\bconst\b/.test(modifiersOf(node, source))
  const isShown = isConstant && isShortValue(value)
  const body = isShown ? rest : (equals ?? rest)
  const start = signatureOf(node, (isShown ? value : null)?.endIndex ?? body?.startIndex ?? node.endIndex, source)
  const isVariable = childOf(node, /^binding_pattern_kind$/)?.text === 'var'
  const isExtension = node.children.some(({ type }) => type === '.')
  for (const variable of declaredIn(node)) {
    declare(scope, node, {
      name: plainName(variable),
      kind: isConstant ? 'constant' : scope.parent || isExtension ? 'property' : isVariable ? 'variable' : 'constant',
      public: isPublic(item, scope),
      first: item.attributes[0],
      body,
      signature: start,
      doc: docOf(item, source),
    })
  }
}

function declaredIn(node: Node): string[] {
  const declared = childOf(node, /^(?:variable_declaration|multi_variable_declaration)$/)
  if (!declared) return []
  const variables = declared.type === 'variable_declaration' ? [declared] : declared.namedChildren
  return variables.flatMap((one) => (isComment(one) ? [] : (childOf(one, /^simple_identifier$/)?.text ?? [])))
}

function addEntry(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const name = childOf(node, /^simple_identifier$/)?.text
  if (!name) return
  const body = bodyOf(node)
  declare(scope, node, {
    name: plainName(name),
    kind: 'property',
    public: scope.isOpen,
    body,
    signature: signatureOf(node, body?.startIndex ?? node.endIndex, scope.source),
    doc: docOf(item, scope.source),
  })
}

function addAlias(item: Documented, scope: KotlinScope): void {
  const { node } = item
  const name = childOf(node, /^type_identifier$/)?.text
  if (!name) return
  declare(scope, node, {
    name,
    kind: 'type',
    public: isPublic(item, scope),
    first: item.attributes[0],
    signature: signatureOf(node, node.endIndex, scope.source),
    doc: docOf(item, scope.source),
  })
}

import type { DocComment, ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope, within } from './declare.ts'
import { deprecatedDoc } from './doc-text.ts'
import { type Documented, documentedNodes, isComment } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface ScalaScope extends Scope {
  isOpen: boolean
}

const TYPES: Record<string, SymbolKind> = {
  class_definition: 'class',
  object_definition: 'class',
  package_object: 'class',
  trait_definition: 'interface',
  enum_definition: 'enum',
}

/** Symbols of a Scala file: classes, objects, traits, enums with members; top-level definitions of Scala 3. */
export function scalaSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  addAll(root, { list, source, parent: null, prefix: null, separator: '.', isOpen: true })
  return list.all
}

function addAll(container: Node, scope: ScalaScope): void {
  for (const item of documentedNodes(withCommentsBehind(container.namedChildren, scope.source))) {
    const { node } = item
    const body = node.childForFieldName('body')
    if (TYPES[node.type]) addType(item, scope)
    else if (/^function_(?:definition|declaration)$/.test(node.type)) addFunction(item, scope)
    else if (/^(?:va[lr])_(?:definition|declaration)$/.test(node.type)) addValue(item, scope)
    else if (/^(?:type|given|opaque_type)_definition$/.test(node.type)) addNamed(item, scope)
    else if (node.type === 'enum_case_definitions') addCases(item, scope)
    else if (node.type === 'extension_definition') addExtension(item, scope)
    else if (node.type === 'package_clause' && body)
      addAll(body, { ...scope, ...within(scope, node.childForFieldName('name')?.text ?? '') })
    else if (node.type === 'ERROR') addAll(node, scope)
  }
}

/** What is indented reaches to where the next definition begins: the comments of that lie inside, at the end. */
function withCommentsBehind(nodes: Node[], source: SourceText): Node[] {
  return nodes.flatMap((node) => {
    const { comments } = endOf(node, source)
    return comments.length > 0 ? [node, ...comments] : [node]
  })
}

/** The last node that belongs to a definition, and the comments behind it inside of the definition. */
function endOf(node: Node, source: SourceText): { last: Node; comments: Node[] } {
  const comments: Node[] = []
  let last = node
  while (/\s/.test(source.content[last.endIndex - 1] ?? '')) {
    const { children } = last
    const at = children.findLastIndex((child) => !isComment(child) && child.endIndex > child.startIndex)
    const next = children[at]
    if (!next) break
    comments.unshift(...children.slice(at + 1).filter(isComment))
    last = next
  }
  return { last, comments }
}

/** Public unless it is private, be it for a package around it. */
function isPublic(node: Node, scope: ScalaScope): boolean {
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? ''
  return scope.isOpen && !/\bprivate\b/.test(modifiers)
}

function docOf({ node, comments }: Documented, source: SourceText): DocComment | null {
  const own = comments.filter(({ text }) => text.startsWith('/**')).slice(-1)
  const doc = taggedDoc(own, source, 'scaladoc')
  const annotation = node.namedChildren.find(({ type, text }) => type === 'annotation' && /^@deprecated\b/.test(text))
  if (!annotation || doc?.deprecated) return doc
  const deprecated = /"((?:[^"\\]|\\.)+)"/.exec(annotation.text)?.[1] ?? 'Deprecated'
  return doc ? { ...doc, deprecated } : deprecatedDoc(deprecated, source.range(annotation))
}

/** Where a declaration begins behind its annotations. */
function startOf(node: Node): number {
  return (
    node.children.find(({ type }) => type !== 'annotation' && !/comment$/.test(type))?.startIndex ?? node.startIndex
  )
}

function addType(item: Documented, scope: ScalaScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  const kind = TYPES[node.type]
  if (!name || !kind) return
  const body = node.childForFieldName('body')
  const symbol = declare(scope, node, {
    name: plainName(name),
    kind,
    public: isPublic(node, scope),
    last: endOf(node, source).last,
    signatureStart: startOf(node),
    body,
    params: paramsOf(node.childrenForFieldName('class_parameters'), source),
    doc: docOf(item, source),
  })
  const inner = { ...scope, ...inside(scope, symbol), isOpen: symbol.public }
  for (const list of node.childrenForFieldName('class_parameters')) addClassValues(list, node, inner)
  if (body) addAll(body, inner)
}

function plainName(name: string): string {
  return name.replace(/^`|`$/g, '')
}

/** `class Path(val parts: List[String])` and every parameter of a case class are members as well. */
function addClassValues(list: Node, owner: Node, scope: ScalaScope): void {
  const isCase = owner.children.some(({ type }) => type === 'case')
  for (const param of list.namedChildren) {
    const name = param.type === 'class_parameter' ? param.childForFieldName('name')?.text : undefined
    const isValue = isCase || param.children.some(({ type }) => type === 'val' || type === 'var')
    if (name && isValue)
      declare(scope, param, { name: plainName(name), kind: 'property', public: isPublic(param, scope) })
  }
}

function addFunction(item: Documented, scope: ScalaScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const returns = node.childForFieldName('return_type')
  const body = node.childForFieldName('body')
  const symbol = {
    name: name === 'this' ? 'constructor' : plainName(name),
    kind: scope.parent ? ('method' as const) : ('function' as const),
    public: isPublic(node, scope),
    last: endOf(node, source).last,
    body,
    signature: headText(source.folded(node, startOf(node), body?.startIndex ?? node.endIndex)),
    params: paramsOf(node.childrenForFieldName('parameters'), source),
    returns: returns ? source.text(returns) : null,
    doc: docOf(item, source),
  }
  declare(scope, node, symbol)
}

/** The head of a definition without the sign in front of its body. */
function headText(text: string): string {
  return text.replace(/\s*=\s*(?:macro)?$/, '')
}

function paramsOf(lists: Node[], source: SourceText): ParameterFact[] {
  return lists
    .flatMap(({ namedChildren }) => namedChildren)
    .flatMap((param) => {
      const name = param.childForFieldName('name')?.text
      if (!name || !/^(?:class_)?parameter$/.test(param.type)) return []
      const [type, value] = [param.childForFieldName('type'), param.childForFieldName('default_value')]
      const shown = value ? source.text(value) : null
      const isRepeated = type?.type === 'repeated_parameter_type'
      const written = type ? source.text(type) : null
      return [
        { name: plainName(name), type: written, default: shown, optional: shown !== null || isRepeated, doc: null },
      ]
    })
}

/** A value up to what it is, which is shown when it is short and no type says it. */
function addValue(item: Documented, scope: ScalaScope): void {
  const { node } = item
  const { source } = scope
  const value = node.childForFieldName('value')
  const isShown = value !== null && node.childForFieldName('type') === null && isShortValue(value)
  const end = isShown ? node.endIndex : (value?.startIndex ?? node.endIndex)
  const isVariable = node.type.startsWith('var')
  for (const name of namesIn(node)) {
    declare(scope, node, {
      name: plainName(name),
      kind: scope.parent ? 'property' : isVariable ? 'variable' : 'constant',
      public: isPublic(node, scope),
      last: endOf(node, source).last,
      body: value,
      signature: headText(source.folded(node, startOf(node), end)),
      doc: docOf(item, source),
    })
  }
}

/** `val a`, `val a, b: Int`, `val (a, b) = …`. */
function namesIn(node: Node): string[] {
  const pattern = node.childForFieldName('pattern') ?? node.childForFieldName('name')
  if (!pattern) return []
  if (pattern.type === 'identifier')
    return node.childrenForFieldName('name').length > 1
      ? node.childrenForFieldName('name').map(({ text }) => text)
      : [pattern.text]
  const isPlain = /^(?:tuple_pattern|identifiers)$/.test(pattern.type)
  return isPlain ? pattern.namedChildren.filter(({ type }) => type === 'identifier').map(({ text }) => text) : []
}

/** `type A = B` and `given name: A = …`; a given without a name is none to be spoken of. */
function addNamed(item: Documented, scope: ScalaScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const isGiven = node.type === 'given_definition'
  const body = isGiven ? node.childForFieldName('body') : null
  declare(scope, node, {
    name: plainName(name),
    kind: isGiven ? 'constant' : 'type',
    public: isPublic(node, scope),
    last: endOf(node, source).last,
    body,
    signature: headText(source.folded(node, startOf(node), body?.startIndex ?? node.endIndex)),
    doc: docOf(item, source),
  })
}

function addCases(item: Documented, scope: ScalaScope): void {
  for (const one of item.node.namedChildren) {
    const name = one.childForFieldName('name')?.text
    if (!name) continue
    declare(scope, one, {
      name: plainName(name),
      kind: 'property',
      public: scope.isOpen,
      signature: `case ${scope.source.text(one)}`,
      params: paramsOf(one.childrenForFieldName('class_parameters'), scope.source),
      doc: docOf(item, scope.source),
    })
  }
}

/** Functions of an extension stand beside it; the signature names what they extend. */
function addExtension({ node }: Documented, scope: ScalaScope): void {
  const bodies = new Set(node.childrenForFieldName('body').map(({ id }) => id))
  const nodes = node.namedChildren.filter((child) => bodies.has(child.id) || isComment(child))
  for (const item of documentedNodes(withCommentsBehind(nodes, scope.source))) {
    if (/^function_/.test(item.node.type)) addFunction(item, scope)
    else addAll(item.node, scope)
  }
}

import type { DocComment, ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface PhpScope extends Scope {
  isOpen: boolean
  depth: number
}

const MAX_DEPTH = 40
const TYPES: Record<string, SymbolKind> = {
  class_declaration: 'class',
  trait_declaration: 'class',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
}
const TRANSPARENT = /^(?:namespace_definition|compound_statement|if_statement|declaration_list|ERROR)$/

/** Symbols of a PHP file: classes, traits, interfaces, enums with members; functions and constants. */
export function phpSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  addAll(root, { list, source, parent: null, prefix: null, separator: '::', isOpen: true, depth: 0 })
  return list.all
}

function addAll(container: Node, outer: PhpScope): void {
  if (outer.depth > MAX_DEPTH) return
  const scope = { ...outer, depth: outer.depth + 1 }
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (TYPES[node.type]) addType(item, scope)
    else if (/^(?:function_definition|method_declaration)$/.test(node.type)) addFunction(item, scope)
    else if (node.type === 'const_declaration') addConstants(item, scope)
    else if (node.type === 'property_declaration') addProperties(item, scope)
    else if (node.type === 'enum_case') addCase(item, scope)
    else if (node.type === 'expression_statement') addDefine(item, scope)
    else if (TRANSPARENT.test(node.type)) addAll(node, scope)
  }
}

/** Public unless it says otherwise or its comment keeps it internal. */
function isPublic({ node, comments }: Documented, scope: PhpScope): boolean {
  const visibility = node.namedChildren.find(({ type }) => type === 'visibility_modifier')?.text
  const isInternal = comments.some(({ text }) => /@(?:internal|access\s+private)\b/.test(text))
  return scope.isOpen && (visibility === undefined || visibility === 'public') && !isInternal
}

function docOf({ comments }: Documented, source: SourceText): DocComment | null {
  return taggedDoc(comments.filter(({ text }) => text.startsWith('/**')).slice(-1), source, 'phpdoc')
}

function startOf(node: Node): number {
  return node.childForFieldName('attributes')?.nextSibling?.startIndex ?? node.startIndex
}

function addType(item: Documented, scope: PhpScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text
  const kind = TYPES[node.type]
  if (!name || !kind) return
  const body = node.childForFieldName('body')
  const symbol = declare({ ...scope, parent: null }, node, {
    name,
    kind,
    public: isPublic(item, scope),
    signatureStart: startOf(node),
    body,
    doc: docOf(item, scope.source),
  })
  if (body) addAll(body, { ...scope, ...inside(scope, symbol), isOpen: symbol.public })
}

function addFunction(item: Documented, scope: PhpScope): void {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  if (!name) return
  const returns = node.childForFieldName('return_type')
  declare(scope, node, {
    name,
    kind: scope.parent ? 'method' : 'function',
    public: isPublic(item, scope),
    signatureStart: startOf(node),
    body: node.childForFieldName('body'),
    params: paramsOf(node, source),
    returns: returns ? source.text(returns) : null,
    doc: docOf(item, source),
  })
}

function paramsOf(node: Node, source: SourceText): ParameterFact[] {
  const list = node.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => {
    const name = param.childForFieldName('name')?.text.replace(/^&/, '')
    const [type, value] = [param.childForFieldName('type'), param.childForFieldName('default_value')]
    if (!name || !param.type.endsWith('parameter')) return []
    const isVariadic = param.type === 'variadic_parameter'
    const shown = value ? source.text(value) : null
    return [
      {
        name,
        type: type ? source.text(type) : null,
        default: shown,
        optional: value !== null || isVariadic,
        doc: null,
      },
    ]
  })
}

function addConstants(item: Documented, scope: PhpScope): void {
  const { node } = item
  const { source } = scope
  const elements = node.namedChildren.filter(({ type }) => type === 'const_element')
  const start = source.folded(node, startOf(node), elements[0]?.startIndex ?? node.endIndex)
  for (const element of elements) {
    const name = element.namedChildren[0]?.text
    if (!name) continue
    declare(scope, node, {
      name,
      kind: 'constant',
      public: isPublic(item, scope),
      signature: `${start} ${isShortValue(element) ? source.text(element) : name}`,
      doc: docOf(item, source),
    })
  }
}

function addProperties(item: Documented, scope: PhpScope): void {
  const { node } = item
  const { source } = scope
  const elements = node.namedChildren.filter(({ type }) => type === 'property_element')
  const start = source.folded(node, startOf(node), elements[0]?.startIndex ?? node.endIndex)
  for (const element of elements) {
    const written = element.childForFieldName('name')?.text
    if (!written) continue
    declare(scope, node, {
      name: written.replace(/^\$/, ''),
      kind: 'property',
      public: isPublic(item, scope),
      signature: `${start} ${isShortValue(element) ? source.text(element) : written}`,
      doc: docOf(item, source),
    })
  }
}

function addCase(item: Documented, scope: PhpScope): void {
  const name = item.node.childForFieldName('name')?.text
  if (name) declare(scope, item.node, { name, kind: 'property', public: scope.isOpen, doc: docOf(item, scope.source) })
}

/** `define('NAME', value)`. */
function addDefine(item: Documented, scope: PhpScope): void {
  const { node } = item
  const name = /^define\(\s*["']([A-Za-z_]\w*)["']/.exec(node.text.slice(0, 200))?.[1]
  if (name)
    declare({ ...scope, parent: null }, node, {
      name,
      kind: 'constant',
      public: scope.isOpen,
      doc: docOf(item, scope.source),
    })
}

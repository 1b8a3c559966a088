import type { SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { type Commented, commentedChildren, goDoc, goParams, goReturns, isExported } from './go-shapes.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

interface Target {
  list: SymbolList
  source: SourceText
}

/** Symbols of a Go file: functions, methods, types with their fields and methods, constants and variables. */
export function goSymbols(root: Node, source: SourceText): SymbolFact[] {
  const target = { list: new SymbolList(source), source }
  const methods: Commented[] = []
  for (const declared of commentedChildren(root)) {
    const { node } = declared
    if (node.type === 'method_declaration') methods.push(declared)
    else if (node.type === 'function_declaration') addFunction(declared, target)
    else if (node.type === 'type_declaration') addTypes(declared, target)
    else if (/^(?:const|var)_declaration$/.test(node.type)) addValues(declared, target)
  }
  for (const method of methods) addFunction(method, target)
  return target.list.all
}

function addFunction({ node, comments }: Commented, { list, source }: Target): void {
  const name = node.childForFieldName('name')?.text
  if (!name || name === '_') return
  const receiver = receiverType(node)
  const body = node.childForFieldName('body')
  const end = body?.startIndex ?? node.endIndex
  const last = body ? body.startPosition.row + 1 : source.range(node).end
  list.add({
    name,
    kind: node.type === 'method_declaration' ? 'method' : 'function',
    public: isExported(name) && (receiver === null || isExported(receiver)),
    signature: source.folded(node, node.startIndex, end),
    params: goParams(node, source),
    returns: goReturns(node, source),
    parent: receiver ? (list.find(receiver) ?? null) : null,
    prefix: receiver,
    doc: goDoc(comments, source),
    range: source.range(node),
    declaration: { path: source.path, start: node.startPosition.row + 1, end: last },
  })
}

/** Name of a method's type, without pointer and type arguments. */
function receiverType(node: Node): string | null {
  const receiver = node.childForFieldName('receiver')
  return receiver?.descendantsOfType('type_identifier')[0]?.text ?? null
}

function addTypes({ node: declaration, comments }: Commented, target: Target): void {
  for (const spec of commentedChildren(declaration)) {
    if (!/^type_(?:spec|alias)$/.test(spec.node.type)) continue
    addType(spec.node, { declaration, comments: spec.comments.length ? spec.comments : comments }, target)
  }
}

interface Around {
  declaration: Node
  comments: Node[]
}

function addType(spec: Node, { declaration, comments }: Around, { list, source }: Target): void {
  const name = spec.childForFieldName('name')?.text
  const type = spec.childForFieldName('type')
  if (!name || !type || name === '_') return
  const isGrouped = declaration.children.some((child) => child.type === '(')
  const outer = isGrouped ? spec : declaration
  const body = /^(?:struct|interface)_type$/.test(type.type) ? type : null
  const isLong = body?.text.includes('\n') ?? false
  const end = isLong ? type.startIndex + type.type.indexOf('_') : type.endIndex
  const signature = source.folded(spec, spec.startIndex, end)
  const parent = list.add({
    name,
    kind: type.type === 'interface_type' ? 'interface' : 'type',
    public: isExported(name),
    signature: `type ${signature}`,
    doc: goDoc(comments, source),
    range: source.range(outer),
    declaration: isLong ? { ...source.range(outer), end: type.startPosition.row + 1 } : source.range(outer),
  })
  if (type.type === 'struct_type') addFields(type, parent, { list, source })
  else if (type.type === 'interface_type') addInterfaceMethods(type, parent, { list, source })
}

function addFields(struct: Node, parent: SymbolFact, { list, source }: Target): void {
  const fields = struct.firstNamedChild
  if (!fields) return
  for (const { node, comments } of commentedChildren(fields)) {
    const type = node.childForFieldName('type')
    const written = node.childrenForFieldName('name').filter(({ isNamed }) => isNamed)
    const embedded = type?.type === 'qualified_type' ? type.childForFieldName('name') : type
    const names = written.length > 0 || !embedded ? written : [embedded.firstNamedChild ?? embedded]
    for (const { text: name } of names)
      list.add({
        name,
        kind: 'property',
        public: parent.public && isExported(name),
        signature: source.folded(node, node.startIndex, type?.endIndex ?? node.endIndex),
        parent,
        doc: goDoc(comments, source),
        range: source.range(node),
        declaration: source.range(node),
      })
  }
}

function addInterfaceMethods(type: Node, parent: SymbolFact, { list, source }: Target): void {
  for (const { node, comments } of commentedChildren(type)) {
    const name = node.type === 'method_elem' ? node.childForFieldName('name')?.text : undefined
    if (!name) continue
    list.add({
      name,
      kind: 'method',
      public: parent.public && isExported(name),
      signature: source.text(node),
      params: goParams(node, source),
      returns: goReturns(node, source),
      parent,
      doc: goDoc(comments, source),
      range: source.range(node),
      declaration: source.range(node),
    })
  }
}

function addValues({ node: declaration, comments }: Commented, target: Target): void {
  const grouped = declaration.namedChildren.find(({ type }) => type === 'var_spec_list')
  for (const spec of commentedChildren(grouped ?? declaration)) {
    if (!/^(?:const|var)_spec$/.test(spec.node.type)) continue
    const isGrouped = spec.node.startPosition.row !== declaration.startPosition.row
    const own = spec.comments.length || isGrouped ? spec.comments : comments
    addValue(spec.node, { declaration, comments: own }, target)
  }
}

const MAX_SHOWN_VALUE = 80

function addValue(spec: Node, { declaration, comments }: Around, { list, source }: Target): void {
  const keyword = declaration.type === 'const_declaration' ? 'const' : 'var'
  const kind: SymbolKind = keyword === 'const' ? 'constant' : 'variable'
  const value = spec.childForFieldName('value')
  const isShort = value === null || (value.text.length <= MAX_SHOWN_VALUE && !value.text.includes('\n'))
  const names = spec.childrenForFieldName('name').filter(({ isNamed }) => isNamed)
  const last = isShort ? spec : (spec.childForFieldName('type') ?? names.at(-1) ?? spec)
  const doc = goDoc(comments, source)
  for (const { text: name } of names) {
    if (name === '_') continue
    list.add({
      name,
      kind,
      public: isExported(name),
      signature: `${keyword} ${source.folded(spec, spec.startIndex, last.endIndex)}`,
      doc,
      range: source.range(spec),
      declaration: source.range(spec, last),
    })
  }
}

import type { SymbolFact } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import type { SymbolList } from './symbol-list.ts'
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

interface Target {
  list: SymbolList
  source: SourceText
  parent: SymbolFact
}

/** Adds the members of a class, interface, object type or enum below its symbol. */
export function addMembers(body: Node | null, target: Target): void {
  if (!body) return
  const accessors = new Set<string>()
  for (const member of documentedChildren(body)) {
    if (/^(?:enum_assignment|property_identifier|string)$/.test(member.node.type)) addEnumMember(member, target)
    else if (isAccessorSeen(member.node, accessors)) continue
    else addMember(member, target)
  }
}

/** A getter and a setter are one property: the one that stands first is kept. */
function isAccessorSeen(node: Node, seen: Set<string>): boolean {
  if (!isAccessor(node)) return false
  const name = node.childForFieldName('name')?.text ?? ''
  if (seen.has(name)) return true
  seen.add(name)
  return false
}

function isAccessor(node: Node): boolean {
  return node.children.some((child) => child.type === 'get' || child.type === 'set')
}

function addMember(member: Documented, { list, source, parent }: Target): void {
  const { node } = member
  const name = memberName(node.childForFieldName('name'))
  if (name === null) return
  const value = node.childForFieldName('value')
  const callable = /method/.test(node.type) ? node : callableOf(value)
  const isProperty = !callable || isAccessor(node)
  const end = callable?.id === node.id ? signatureEnd(callable) : initializedEnd(node, callable)
  const start = behindDecorators(node)
  list.add({
    name,
    kind: isProperty ? 'property' : 'method',
    public: parent.public && isPublicMember(node, name) && !isMarkedPrivate(member.comment),
    signature: source.folded(node, start.startIndex, end).replace(/[;,]$/, ''),
    params: callable && !isProperty ? paramsOf(callable, source) : [],
    returns: callable ? returnsOf(callable, source) : null,
    parent,
    doc: docOf(member.comment, source),
    range: source.range(member.first, node),
    declaration: declarationRange(start, end, source),
  })
  if (name === 'constructor') addParameterProperties(node, { list, source, parent })
}

function addEnumMember({ node, comment }: Documented, { list, source, parent }: Target): void {
  const name = memberName(node.childForFieldName('name') ?? node)
  if (name === null) return
  list.add({
    name,
    kind: 'property',
    public: parent.public,
    signature: source.text(node),
    parent,
    doc: docOf(comment, source),
    range: source.range(node),
    declaration: source.range(node),
  })
}

/** `constructor(readonly path: string)` declares a property as well. */
function addParameterProperties(method: Node, { list, source, parent }: Target): void {
  for (const param of method.childForFieldName('parameters')?.namedChildren ?? []) {
    const isProperty = param.children.some(({ type }) =>
      /^(?:accessibility_modifier|readonly|override_modifier)$/.test(type),
    )
    const name = isProperty ? param.childForFieldName('pattern')?.text : undefined
    if (!name) continue
    list.add({
      name,
      kind: 'property',
      public: parent.public && isPublicMember(param, name),
      signature: source.text(param),
      parent,
      range: source.range(param),
      declaration: source.range(param),
    })
  }
}

function isPublicMember(node: Node, name: string): boolean {
  const isPrivate = node.children.some((child) => child.type === 'accessibility_modifier' && child.text === 'private')
  return !isPrivate && !name.startsWith('#') && !name.startsWith('_')
}

/** Name of a member; null for computed names, which are expressions. */
function memberName(node: Node | null): string | null {
  if (!node) return null
  if (/^(?:property_identifier|private_property_identifier|number)$/.test(node.type)) return node.text
  if (node.type === 'string') return node.text.slice(1, -1)
  return null
}

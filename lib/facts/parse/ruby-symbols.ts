import type { DocComment, ParameterFact, SymbolFact } from '#lib/domain/facts.ts'
import { declare, inside, isShortValue, type Scope } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface RubyScope extends Scope {
  isOpen: boolean
  /** `private`, `protected` or `public` stood alone above. */
  isHidden: boolean
  /** Inside `class << self`, or after `module_function`. */
  isSingleton: boolean
  /** Behind `else` of a condition around definitions. */
  isElse?: boolean
  depth: number
}

const MAX_DEPTH = 40

/** Symbols of a Ruby file: modules and classes with methods, attributes and constants. */
export function rubySymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const base = { list, source, parent: null, prefix: null, separator: '::' }
  addAll(root, { ...base, isOpen: true, isHidden: false, isSingleton: false, depth: 0 })
  return list.all
}

const TRANSPARENT = /^(?:begin|if|elsif|else|unless|body_statement|then|ERROR)$/

function addAll(container: Node, outer: RubyScope): void {
  if (outer.depth > MAX_DEPTH) return
  const scope = { ...outer, depth: outer.depth + 1 }
  for (const item of documentedChildren(container, commentsBefore(container))) {
    const { node } = item
    if (node.type === 'class' || node.type === 'module') addType(item, scope)
    else if (node.type === 'singleton_class') addBody(node, { ...scope, isSingleton: true, isHidden: false })
    else if (/^(?:singleton_)?method$/.test(node.type)) addMethod(item, scope)
    else if (node.type === 'assignment') addConstant(item, scope)
    else if (node.type === 'alias') addAlias(item, node.childForFieldName('name')?.text, scope)
    else if (node.type === 'identifier') setVisibility(node.text, scope)
    else if (node.type === 'call') addCall(item, scope)
    else if (TRANSPARENT.test(node.type)) addAll(node, branchScope(node, scope))
  }
}

function branchScope({ type }: Node, scope: RubyScope): RubyScope {
  return type.startsWith('els') ? { ...scope, isElse: true } : scope
}

/** The grammar leaves comments at the top of a body outside of it. */
function commentsBefore({ type, parent, startIndex }: Node): Node[] {
  if (type !== 'body_statement' || !parent) return []
  return parent.namedChildren.filter((child) => child.type === 'comment' && child.endIndex <= startIndex)
}

function addBody(node: Node, scope: RubyScope): void {
  const body = node.childForFieldName('body')
  if (body) addAll(body, scope)
}

function setVisibility(word: string, scope: RubyScope): void {
  if (word === 'private' || word === 'protected') scope.isHidden = true
  else if (word === 'public') scope.isHidden = false
  else if (word === 'module_function') scope.isSingleton = true
}

function docOf({ comments }: Documented, source: SourceText): DocComment | null {
  return taggedDoc(comments, source, 'yard')
}

function isPublic({ node, comments }: Documented, scope: RubyScope): boolean {
  const isMarked = comments.some(({ text }) => /:nodoc:|@api private|@private\b/.test(text))
  const line = scope.source.content.slice(node.startIndex, scope.source.content.indexOf('\n', node.startIndex))
  return scope.isOpen && !scope.isHidden && !isMarked && !/#\s*:nodoc:/.test(line)
}

function addType(item: Documented, scope: RubyScope): void {
  const { node } = item
  const name = node.childForFieldName('name')?.text.replace(/^::/, '')
  if (!name) return
  const body = node.childForFieldName('body')
  const isModule = node.type === 'module'
  const doc = docOf(item, scope.source)
  const around = scope.parent?.qualified ?? scope.prefix
  const base = { ...scope, parent: null, prefix: around, isHidden: false }
  // A module that only holds other modules and classes is a name space.
  const isSpace = isModule && doc === null && body !== null && !body.namedChildren.some(isOwn)
  if (isSpace) {
    addAll(body, { ...base, prefix: around ? `${around}::${name}` : name })
    return
  }
  const superclass = node.childForFieldName('superclass')
  const symbol = declare(base, node, {
    name,
    kind: 'class',
    public: isPublic(item, base),
    signature: `${node.type} ${name}${superclass ? ` ${scope.source.text(superclass)}` : ''}`,
    body,
    doc,
  })
  const members = { ...base, ...inside(base, symbol), isOpen: symbol.public, isSingleton: false }
  if (body) addAll(body, members)
}

function isOwn({ type, text }: Node): boolean {
  return (
    /^(?:(?:singleton_)?method|singleton_class|assignment|alias)$/.test(type) ||
    (type === 'call' && /^(?:attr|def|private|included|prepended|class_methods)/.test(text))
  )
}

function addMethod(item: Documented, scope: RubyScope): SymbolFact | null {
  const { node } = item
  const { source } = scope
  const name = node.childForFieldName('name')?.text
  if (!name || (scope.isElse && isKnown(name, scope))) return null
  const isClassMethod = node.type === 'singleton_method' || scope.isSingleton
  const parameters = node.childForFieldName('parameters')
  const receiver = node.type === 'singleton_method' ? `${node.childForFieldName('object')?.text ?? 'self'}.` : ''
  const written = parameters ? source.text(parameters).replace(/^\(?/, '(').replace(/\)?$/, ')') : ''
  return declare(scope, node, {
    name,
    kind: scope.parent ? 'method' : 'function',
    public: isPublic(item, node.type === 'singleton_method' ? { ...scope, isHidden: false } : scope),
    signature: `def ${receiver}${name}${written}`,
    body: node.childForFieldName('body'),
    params: paramsOf(parameters, source),
    doc: docOf(item, source),
    separator: isClassMethod ? '.' : '#',
  })
}

/** The other branch of a condition defines the same method again. */
function isKnown(name: string, { list, parent }: RubyScope): boolean {
  return list.all.some((symbol) => symbol.name === name && symbol.parent === (parent?.id ?? null))
}

function paramsOf(list: Node | null, source: SourceText): ParameterFact[] {
  return (list?.namedChildren ?? []).flatMap((param) => {
    const isRest = /splat|block/.test(param.type)
    const named = param.type === 'identifier' ? param : param.childForFieldName('name')
    const value = param.childForFieldName('value')
    if (!named) return []
    // `*rest`, `**options` and `&block` are called by their marks as well: without them they take one value.
    const name = isRest ? source.text(param) : named.text
    const isOptional = value !== null || isRest
    return [{ name, type: null, default: value ? source.text(value) : null, optional: isOptional, doc: null }]
  })
}

function addConstant(item: Documented, scope: RubyScope): void {
  const { node } = item
  const { source } = scope
  const left = node.childForFieldName('left')
  const right = node.childForFieldName('right')
  if (left?.type !== 'constant') return
  const block = right?.childForFieldName('block') ?? null
  const isClass = /^(?:Struct|Data|Class|Module)\.(?:new|define)\b/.test(right?.text ?? '')
  const symbol = declare(
    { ...scope, parent: isClass ? null : scope.parent, prefix: scope.parent?.qualified ?? scope.prefix },
    node,
    {
      name: left.text,
      kind: isClass ? 'class' : 'constant',
      public: isPublic(item, { ...scope, isHidden: false }),
      signature: isShortValue(right) ? source.text(node) : left.text,
      body: block,
      doc: docOf(item, source),
    },
  )
  if (isClass && block)
    addBody(block, { ...scope, ...inside(scope, symbol), isOpen: symbol.public, isHidden: false, isSingleton: false })
}

function addAlias(item: Documented, name: string | undefined, scope: RubyScope): void {
  if (!name || !scope.parent) return
  declare(scope, item.node, {
    name: name.replace(/^:/, ''),
    kind: 'method',
    public: isPublic(item, scope),
    doc: docOf(item, scope.source),
    separator: scope.isSingleton ? '.' : '#',
  })
}

const ATTRIBUTES = /^(?:attr|attr_reader|attr_writer|attr_accessor|cattr_accessor|mattr_accessor)$/

/** Attributes, aliases, `private def …`, `private :name`, `private_constant :Name`. */
function addCall(item: Documented, scope: RubyScope): void {
  const { node } = item
  const word = node.childForFieldName('method')?.text ?? ''
  const args = node.childForFieldName('arguments')?.namedChildren ?? []
  const names = args.filter(({ type }) => type === 'simple_symbol').map(({ text }) => text.slice(1))
  const block = node.childForFieldName('block')?.childForFieldName('body') ?? null
  // What Rails and `class_eval` put into the class is written as if it stood there.
  if (block && scope.parent && BLOCKS.test(word))
    addAll(block, { ...scope, isSingleton: word === 'class_methods', isHidden: false })
  if (node.childForFieldName('receiver')) return
  if (ATTRIBUTES.test(word)) addAttributes(item, names, scope)
  else if (word === 'alias_method') addAlias(item, names[0], scope)
  else if (word === 'define_method') addAlias(item, names[0], scope)
  else if (VISIBILITY.test(word)) restrict({ item, word, names }, scope)
}

const BLOCKS = /^(?:included|prepended|class_methods)$/

const VISIBILITY = /^(?:private|protected|public|module_function|private_class_method|private_constant)$/

interface Restriction {
  item: Documented
  word: string
  /** Names of what was defined before. */
  names: string[]
}

function restrict({ item, word, names }: Restriction, scope: RubyScope): void {
  const isHidden = word !== 'public' && word !== 'module_function'
  const isSingleton = word === 'module_function' || scope.isSingleton
  const args = item.node.childForFieldName('arguments')?.namedChildren ?? []
  for (const method of args.filter(({ type }) => /^(?:singleton_)?method$/.test(type))) {
    const symbol = addMethod({ ...item, node: method }, { ...scope, isHidden, isSingleton })
    if (symbol && isHidden) symbol.public = false
  }
  if (!isHidden) return
  const owner = scope.parent?.id ?? null
  for (const symbol of scope.list.all) if (symbol.parent === owner && names.includes(symbol.name)) symbol.public = false
}

function addAttributes(item: Documented, names: string[], scope: RubyScope): void {
  const word = item.node.childForFieldName('method')?.text
  for (const name of names)
    declare(scope, item.node, {
      name,
      kind: 'property',
      public: isPublic(item, scope),
      signature: `${word} :${name}`,
      doc: docOf(item, scope.source),
      separator: scope.isSingleton ? '.' : '#',
    })
}

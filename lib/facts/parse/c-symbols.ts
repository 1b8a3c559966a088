import type { DocComment, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import { cParams, cReturns, declaratorOf, pointerOfCall, textOf } from './c-declarators.ts'
import { addLostMacros } from './c-macros.ts'
import { declare, inside, isShortValue, type Scope, within } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'
import { taggedDoc } from './tagged-doc.ts'

interface CScope extends Scope {
  isHeader: boolean
  /** Reachable from outside: no private section, no anonymous or internal namespace around it. */
  isOpen: boolean
  /** Inside a class. */
  isClass: boolean
  /** `template <…>` in front of the declaration. */
  template: Documented | null
  depth: number
}

const HEADER = /\.(?:h|hh|hpp|hxx|inl|ipp|tpp|inc)$/i
const INTERNAL = /^(?:detail|details|internal|impl|_\w*|\w+_(?:detail|internal|impl))$/
const MAX_DEPTH = 60

export function isCHeader(path: string): boolean {
  return HEADER.test(path)
}

/** Symbols of a C or C++ file: functions, types with members, variables, macros of headers. */
export function cSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const isHeader = isCHeader(source.path)
  const base = { list, source, parent: null, prefix: null, separator: '::' }
  addAll(root, { ...base, isHeader, isOpen: true, isClass: false, template: null, depth: 0 })
  if (isHeader) addLostMacros(list, source)
  return list.all
}

const TRANSPARENT =
  /^(?:preproc_(?:if|ifdef|else|elif|elifdef)|linkage_specification|declaration_list|ERROR|export_declaration|labeled_statement)$/
const TYPE = /^(?:class|struct|union|enum)_specifier$/

function addAll(container: Node, outer: CScope): void {
  if (outer.depth > MAX_DEPTH) return
  let scope = { ...outer, depth: outer.depth + 1 }
  for (const item of documentedChildren(container)) {
    if (item.node.type === 'access_specifier')
      scope = { ...scope, isOpen: scope.parent?.public === true && item.node.text.startsWith('public') }
    else add(item, scope)
  }
}

function add(item: Documented, scope: CScope): void {
  const { node } = item
  if (TRANSPARENT.test(node.type)) addAll(node, scope)
  else if (node.type === 'namespace_definition') addNamespace(node, scope)
  else if (node.type === 'template_declaration') addTemplate(item, scope)
  else if (/^(?:function_definition|declaration|field_declaration)$/.test(node.type)) addDeclaration(item, scope)
  else if (node.type === 'expression_statement') addPointer(item, scope)
  else if (node.type === 'friend_declaration') addFriend(item, scope)
  else if (node.type === 'type_definition') addTypedef(item, scope)
  else if (TYPE.test(node.type)) addType({ node, item }, scope)
  else if (/^(?:alias_declaration|concept_definition)$/.test(node.type)) addNamed(item, scope)
  else if (/^preproc_(?:function_)?def$/.test(node.type)) addMacro(item, scope)
}

function addNamespace(node: Node, scope: CScope): void {
  const body = node.childForFieldName('body')
  const name = textOf(node.childForFieldName('name'), scope.source)
  if (!body) return
  const isInline = node.children.some(({ type }) => type === 'inline') || /^v\d+$/.test(name)
  const parts = name.split('::')
  const isOpen = scope.isOpen && name !== '' && !parts.some((part) => INTERNAL.test(part))
  addAll(body, { ...scope, ...(isInline || name === '' ? scope : within(scope, name)), isOpen, depth: scope.depth })
}

function addTemplate(item: Documented, scope: CScope): void {
  for (const child of documentedChildren(item.node))
    if (!/^(?:template_parameter_list|requires_clause)$/.test(child.node.type))
      add(
        { ...child, comments: item.comments.length ? item.comments : child.comments },
        { ...scope, template: scope.template ?? item },
      )
}

const MARKED = /^\/\/[/!]/

function docOf({ comments, trailing }: Documented, source: SourceText): DocComment | null {
  const all = comments.filter((comment) => !/^(?:\/\*|\/\/)[\s*/]*[-=*#]{4,}/.test(source.written(comment)))
  // Lines marked as documentation end what was noted above them.
  const own = MARKED.test(all.at(-1)?.text ?? '')
    ? all.slice(all.findLastIndex(({ text }) => !MARKED.test(text)) + 1)
    : all
  return taggedDoc(own, source, 'doxygen') ?? taggedDoc(trailing, source, 'doxygen')
}

/** Function, method, variable or field; a type defined on the way is a symbol of its own. */
function addDeclaration(item: Documented, scope: CScope): void {
  const { node } = item
  const { source } = scope
  const type = node.childForFieldName('type')
  const isDefined = type !== null && TYPE.test(type.type) && type.childForFieldName('body') !== null
  if (type && isDefined) addType({ node: type, item }, scope)
  if (/^\s*friend\b/.test(textOf(node, source).slice(0, 20)) && node.childForFieldName('body') === null) return
  for (const written of node.childrenForFieldName('declarator')) {
    const declarator = declaratorOf(written, source)
    if (!declarator || /^(?:if|for|while|switch|return|defined)$/.test(declarator.name)) continue
    if (scope.isClass && !type && isMacroBehind(declarator.name, scope)) continue
    if (declarator.callable) addFunction({ item, name: declarator.name, callable: declarator.callable }, scope)
    else if (node.type !== 'function_definition') addVariable({ item, name: declarator.name, written }, scope)
  }
}

/** `void lock() LOCKS_MUTEX(mu) {` is read as two functions. */
function isMacroBehind(name: string, { parent }: CScope): boolean {
  return /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name) && name !== parent?.name
}

/** A pointer to a function that the grammar takes for a call. */
function addPointer(item: Documented, scope: CScope): void {
  const name = pointerOfCall(item.node)
  if (name) addVariable({ item, name, written: item.node }, scope)
}

/** A function that a class defines as its friend stands beside the class. */
function addFriend(item: Documented, scope: CScope): void {
  const node = item.node.namedChildren.find(({ type }) => type === 'function_definition')
  const declarator = node?.childForFieldName('declarator')
  const named = declarator ? declaratorOf(declarator, scope.source) : null
  if (!node || !named?.callable) return
  const { parent } = scope
  const prefix = parent?.qualified.slice(0, -parent.name.length).replace(/::$/, '') || null
  addFunction(
    { item: { ...item, node }, name: named.name, callable: named.callable },
    { ...scope, parent: null, prefix, isClass: false },
  )
}

function hasWord(node: Node, word: string): boolean {
  return node.namedChildren.some(({ type, text }) => type === 'storage_class_specifier' && text === word)
}

/** Declared in a header, or in a source file without `static`; a definition outside its class is not declared there. */
function isPublic(node: Node, name: string, scope: CScope): boolean {
  if (!scope.isOpen || name.startsWith('__')) return false
  if (scope.isClass || scope.isHeader) return !name.includes('::')
  return !hasWord(node, 'static') && !name.includes('::')
}

interface Callable {
  item: Documented
  name: string
  callable: Node
}

function addFunction({ item, name, callable }: Callable, scope: CScope): void {
  const { node } = item
  const { source, template } = scope
  const body = node.childForFieldName('body') ?? node.namedChildren.find(({ type }) => type === 'try_statement') ?? null
  const initializers = node.namedChildren.find(({ type }) => type === 'field_initializer_list')
  const owner = ownerOf(name, scope)
  const own = name.slice(name.lastIndexOf('::') + 1 || 0).replace(/^:/, '')
  declare(owner ? inside(scope, owner) : { ...scope, ...prefixed(name, scope) }, node, {
    name: own,
    kind: scope.isClass || owner ? 'method' : 'function',
    public: isPublic(node, name, scope),
    first: template?.node,
    body: initializers ?? body,
    signature: template
      ? source.folded(template.node, template.node.startIndex, (initializers ?? body)?.startIndex ?? node.endIndex)
      : withoutMacroEnd(source.folded(node, node.startIndex, (initializers ?? body)?.startIndex ?? node.endIndex)),
    params: cParams(callable, source),
    returns: cReturns(node, callable, source),
    doc: docOf(item, source),
  })
}

/** `PUBLIC(char *) name(` and `PUBLIC(char *name(int a))`: of the macro, the bracket that closes it is left. */
function withoutMacroEnd(head: string): string {
  const isTooLong = head.endsWith('))') && head.split('(').length < head.split(')').length
  const own = isTooLong ? head.slice(0, -1) : head
  return /^[^(){}]*\)/.test(own) ? own.replace(/\s*\)\s*/, ' ') : own
}

/** The class of this file that a definition outside it belongs to. */
function ownerOf(name: string, scope: CScope): SymbolFact | undefined {
  const cut = name.lastIndexOf('::')
  if (cut === -1 || scope.isClass) return undefined
  const outer = name.slice(0, cut)
  return scope.list.find(scope.prefix ? `${scope.prefix}::${outer}` : outer) ?? scope.list.find(outer)
}

function prefixed(name: string, scope: CScope): Pick<Scope, 'prefix'> {
  const cut = name.lastIndexOf('::')
  return cut === -1 || scope.isClass ? scope : within(scope, name.slice(0, cut))
}

interface Variable {
  item: Documented
  name: string
  written: Node
}

function addVariable({ item, name, written }: Variable, scope: CScope): void {
  const { node } = item
  const { source, template } = scope
  if (name.includes('::')) return
  const value = written.childForFieldName('value') ?? node.childForFieldName('default_value')
  const head = textOf(node, source).slice(0, 80).split('(')[0] ?? ''
  const isConstant = /\b(?:const|constexpr|constinit)\b/.test(head) && !scope.isClass
  const type = node.childForFieldName('type')
  const body = type?.childForFieldName('body') ?? (isShortValue(value) ? null : value)
  const isInline = body !== null && body.id === type?.childForFieldName('body')?.id
  declare(scope, node, {
    name,
    kind: scope.isClass ? 'property' : isConstant ? 'constant' : 'variable',
    public: isPublic(node, name, scope),
    first: template?.node,
    body,
    signature: isInline ? `${textOf(type, source).split('{')[0]?.trim()} ${name}` : undefined,
    doc: docOf(item, source),
  })
}

interface Type {
  node: Node
  item: Documented
  /** The name a typedef gives it. */
  alias?: string | null
}

/** A class, struct, union or enum with a body. */
function addType(written: Type, scope: CScope): void {
  const { node, item, alias = null } = written
  const { source, template } = scope
  const body = node.childForFieldName('body')
  const nameNode = node.childForFieldName('name')
  const declared = nameNode?.type === 'template_type' ? nameNode.childForFieldName('name') : nameNode
  const name = alias ?? textOf(declared ?? null, source).replace(/^.*::/, '')
  if (!body) return
  if (!name) {
    // Members of an unnamed enum or union belong to what is around it.
    addMembers(node, scope, scope.parent)
    return
  }
  const isEnum = node.type === 'enum_specifier'
  const isClass = node.type === 'class_specifier'
  const first = template?.node ?? null
  const symbol = declare(scope, node, {
    name,
    kind: isEnum ? 'enum' : isClass ? 'class' : 'type',
    public: scope.isOpen && (scope.isHeader || scope.isClass) && !name.startsWith('__'),
    first,
    body,
    signature: first
      ? source.folded(first, first.startIndex, body.startIndex)
      : alias
        ? `typedef ${source.folded(node, node.startIndex, body.startIndex)} ${alias}`
        : undefined,
    doc: docOf(item, source),
  })
  addMembers(node, scope, symbol)
}

function addMembers(node: Node, scope: CScope, symbol: SymbolFact | null): void {
  const body = node.childForFieldName('body')
  if (!body) return
  const isOpen = (symbol?.public ?? scope.isOpen) && node.type !== 'class_specifier'
  const members: CScope = {
    ...scope,
    ...(symbol ? inside(scope, symbol) : {}),
    isOpen,
    isClass: symbol !== null,
    template: null,
    depth: scope.depth + 1,
  }
  if (node.type === 'enum_specifier') addEnumerators(body, members)
  else addAll(body, members)
}

function addEnumerators(body: Node, scope: CScope): void {
  if (scope.depth > MAX_DEPTH) return
  for (const item of documentedChildren(body)) {
    if (TRANSPARENT.test(item.node.type)) addEnumerators(item.node, { ...scope, depth: scope.depth + 1 })
    const name = item.node.type === 'enumerator' ? textOf(item.node.childForFieldName('name'), scope.source) : ''
    if (!name) continue
    const isFree = !scope.parent
    declare(scope, item.node, {
      name,
      kind: isFree ? 'constant' : 'property',
      public: scope.isOpen && (scope.isHeader || !isFree),
      doc: docOf(item, scope.source),
    })
  }
}

function addTypedef(item: Documented, scope: CScope): void {
  const { node } = item
  const { source } = scope
  const type = node.childForFieldName('type')
  const names = node.childrenForFieldName('declarator').flatMap((written) => {
    const name = typedefName(written, source)
    return name ? [name] : []
  })
  const hasBody = type !== null && TYPE.test(type.type) && type.childForFieldName('body') !== null
  const tag = type && hasBody ? textOf(type.childForFieldName('name'), source) : ''
  const [first, ...others] = names
  const isSame = hasBody && (tag === '' || tag === first)
  if (type && hasBody) addType({ node: type, item, alias: isSame ? first : null }, scope)
  for (const name of isSame ? others : names)
    declare(scope, node, {
      name,
      kind: 'type',
      public: scope.isOpen && (scope.isHeader || scope.isClass),
      body: hasBody ? type?.childForFieldName('body') : null,
      signature: hasBody ? `typedef ${textOf(type, source).split('{')[0]?.trim()} ${name}` : undefined,
      doc: docOf(item, source),
    })
}

function typedefName(written: Node, source: SourceText): string | null {
  const name = declaratorOf(written, source)?.name
  return name && /^\w+$/.test(name) ? name : null
}

function addNamed(item: Documented, scope: CScope): void {
  const { node } = item
  const { source, template } = scope
  const name = textOf(node.childForFieldName('name'), source)
  if (!name) return
  const start = template?.node ?? node
  declare(scope, node, {
    name,
    kind: 'type',
    public: scope.isOpen && (scope.isHeader || scope.isClass),
    first: template?.node,
    signature: source.folded(start, start.startIndex, node.endIndex),
    doc: docOf(item, source),
  })
}

/** Macros that a header gives a value; include guards and switches have none. */
function addMacro(item: Documented, scope: CScope): void {
  const { node } = item
  const { source } = scope
  const name = textOf(node.childForFieldName('name'), source)
  const value = node.childForFieldName('value')
  if (!name) return
  const isFunction = node.type === 'preproc_function_def'
  const params = node.childForFieldName('parameters')
  const isShort = value !== null && textOf(value, source).trim().length <= 60 && !value.text.includes('\n')
  const kind: SymbolKind = isFunction ? 'function' : 'constant'
  declare({ ...scope, prefix: null, parent: null }, node, {
    name,
    kind,
    public:
      scope.isHeader &&
      !scope.isClass &&
      (isFunction || value !== null) &&
      !name.startsWith('_') &&
      !/_H(?:PP|H)?_*$/.test(name),
    signature: `#define ${name}${textOf(params, source)}${isShort ? ` ${textOf(value, source).trim()}` : ''}`,
    params: (params?.namedChildren ?? []).map((param) => ({
      name: textOf(param, source),
      type: null,
      default: null,
      optional: false,
      doc: null,
    })),
    doc: docOf(item, source),
  })
}

import type { DocComment, ParameterFact, SymbolFact } from '#lib/domain/facts.ts'
import { declare, isShortValue, type Scope } from './declare.ts'
import { type Documented, documentedChildren } from './documented-children.ts'
import { luaDoc } from './lua-doc.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

interface LuaScope extends Scope {
  /** Local name of the table that the file returns; null when it returns none. */
  module: string | null
  /** Functions that the file returns in a table: `return { open = open }`. */
  returned: Set<string>
}

/**
 * Symbols of a Lua file: global and local functions, and what is put into tables. Public is what belongs to the table
 * the file returns, and what is global; names that begin with an underscore are not.
 */
export function luaSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const { module, returned } = returnedBy(root)
  const scope = { list, source, parent: null, prefix: null, separator: '.', module, returned }
  addAll(root, scope, 0)
  return list.all
}

function returnedBy(root: Node): { module: string | null; returned: Set<string> } {
  const last = root.namedChildren.findLast(({ type }) => type === 'return_statement')
  const value = last?.firstNamedChild?.firstNamedChild ?? null
  const fields = value?.type === 'table_constructor' ? value.namedChildren : []
  const names = fields.flatMap((field) => field.childForFieldName('value')?.text ?? [])
  const wrapped = value?.type === 'function_call' ? /^setmetatable\s*\(\s*(\w+)/.exec(value.text)?.[1] : undefined
  return { module: value?.type === 'identifier' ? value.text : (wrapped ?? null), returned: new Set(names) }
}

const MAX_DEPTH = 4

function addAll(container: Node, scope: LuaScope, depth: number): void {
  for (const item of documentedChildren(container)) {
    const { node } = item
    if (node.type === 'function_declaration') addFunction(item, scope)
    else if (node.type === 'variable_declaration') addAssigned(item, node.firstNamedChild, { ...scope, isLocal: true })
    else if (node.type === 'assignment_statement') addAssigned(item, node, { ...scope, isLocal: false })
    else if (depth < MAX_DEPTH && /^(?:do_statement|if_statement|else_statement|block|ERROR)$/.test(node.type))
      addAll(node, scope, depth + 1)
  }
}

function addFunction(item: Documented, scope: LuaScope): void {
  const { node } = item
  const name = node.childForFieldName('name')
  if (!name) return
  const isLocal = node.children.some(({ type }) => type === 'local')
  add({ item, name, callable: node, isLocal }, scope)
}

interface AssignScope extends LuaScope {
  isLocal: boolean
}

/** `M.walk = function() end`, `local far = 1`, `M.Inner = { … }`. */
function addAssigned(item: Documented, assignment: Node | null, scope: AssignScope): void {
  const [names, values] = [assignment?.namedChildren[0], assignment?.namedChildren[1]]
  if (assignment?.type !== 'assignment_statement' || names?.type !== 'variable_list') return
  for (const [at, name] of names.namedChildren.entries()) {
    const value = values?.namedChildren[at] ?? null
    const callable = value?.type === 'function_definition' ? value : null
    if (/\brequire\b/.test(value?.text.slice(0, 12) ?? '')) continue
    const isPlainLocal = scope.isLocal && callable === null && name.text !== scope.module
    const isShown = /^(?:identifier|dot_index_expression)$/.test(name.type) && !isPlainLocal
    if (isShown) add({ item, name, callable, isLocal: scope.isLocal, value }, scope)
    if (isShown && value?.type === 'table_constructor') addFields(value, name.text, scope)
  }
}

/** Functions written inside a table. */
function addFields(table: Node, owner: string, scope: AssignScope): void {
  for (const item of documentedChildren(table)) {
    const name = item.node.childForFieldName('name')
    const value = item.node.childForFieldName('value')
    if (item.node.type !== 'field' || name?.type !== 'identifier' || value?.type !== 'function_definition') continue
    add({ item, name, callable: value, isLocal: scope.isLocal, owner }, scope)
  }
}

interface Found {
  item: Documented
  name: Node
  callable: Node | null
  isLocal: boolean
  value?: Node | null
  owner?: string
}

function add(found: Found, scope: LuaScope): void {
  const { item, name, callable, value = null, owner } = found
  const { list, source } = scope
  const written = owner ? `${owner}.${name.text}` : name.text.replace(/\s/g, '')
  if (!/^[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)*$/.test(written) || (!callable && list.find(written))) return
  const parts = written.split(/[.:]/)
  const [own, outer] = [parts.at(-1) ?? '', parts.slice(0, -1).join('.')]
  const isLocal = found.isLocal && !outer
  const parameters = callable?.childForFieldName('parameters') ?? null
  declare({ ...scope, parent: null, prefix: outer || null }, item.node, {
    name: own,
    kind: callable ? (outer ? 'method' : 'function') : 'constant',
    public: isOffered(parts, isLocal, scope) && !isMarkedLocal(item),
    body: bodyOf(callable, value),
    signature: signatureOf({ ...found, isLocal }, written, source),
    params: parameters ? paramsOf(parameters) : [],
    doc: docOf(item, source),
    separator: written.includes(':') ? ':' : '.',
  })
}

function signatureOf({ callable, value = null, isLocal }: Found, written: string, source: SourceText): string {
  const head = isLocal ? 'local ' : ''
  if (!callable) return head + shownValue(written, value, source)
  const parameters = callable.childForFieldName('parameters')
  return `${head}function ${written}${parameters ? source.text(parameters) : ''}`
}

function bodyOf(callable: Node | null, value: Node | null): Node | null {
  if (callable) return callable.childForFieldName('body')
  return isShortValue(value) ? null : value
}

function isOffered(parts: string[], isLocal: boolean, scope: LuaScope): boolean {
  const { module, returned } = scope
  const [root = '', own = ''] = [parts[0], parts.at(-1)]
  if (own.startsWith('_')) return false
  return isLocal ? returned.has(own) || own === module : root === module || !isHidden(root, scope)
}

/** Whether a table is one that the file keeps to itself: a local one that is not returned. */
function isHidden(root: string, { list, source, returned }: LuaScope): boolean {
  if (returned.has(root) || list.find(root)?.signature.startsWith('local ') === false) return false
  return new RegExp(`\\blocal\\s+(?:function\\s+)?(?:\\w+\\s*,\\s*)*${root}\\b`).test(source.content)
}

function isMarkedLocal({ comments }: Documented): boolean {
  return comments.some(({ text }) => /^--+\s*@(?:local|private|package)\b/.test(text))
}

function shownValue(written: string, value: Node | null, source: SourceText): string {
  return value && isShortValue(value) ? `${written} = ${source.text(value)}` : written
}

function paramsOf(list: Node): ParameterFact[] {
  return list.namedChildren.flatMap(({ type, text }) =>
    /^(?:identifier|vararg_expression)$/.test(type)
      ? [{ name: text, type: null, default: null, optional: type === 'vararg_expression', doc: null }]
      : [],
  )
}

function docOf({ comments }: Documented, source: SourceText): DocComment | null {
  const [first, last] = [comments[0], comments.at(-1)]
  return first && last
    ? luaDoc(
        comments.map((one) => source.written(one)),
        source.range(first, last),
      )
    : null
}

import type { DocComment, SymbolFact } from '#lib/domain/facts.ts'
import { declare, isShortValue } from './declare.ts'
import { type Attributes, addAttribute, elixirDoc, noAttributes } from './elixir-attributes.ts'
import { calledWith, type ElixirScope, elixirParams, headOf, nameOf, specifiedReturn } from './elixir-shapes.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

const MAX_DEPTH = 30

/** Symbols of an Elixir file: modules, protocols, functions, macros, types, callbacks and structs. */
export function elixirSymbols(root: Node, source: SourceText): SymbolFact[] {
  const list = new SymbolList(source)
  const scope = {
    list,
    source,
    parent: null,
    prefix: null,
    separator: '.',
    isOpen: true,
    depth: 0,
    seen: new Set<string>(),
  }
  addAll(root, scope)
  return list.all
}

const MODULES = /^def(?:module|protocol|impl)$/
const FUNCTIONS = /^def(?:p|macrop?|guardp?|delegate|n|np)?$/
const WRAPPERS = /^(?:if|unless|quote|for|case|cond|describe|with)$/

function addAll(container: Node, scope: ElixirScope): void {
  if (scope.depth > MAX_DEPTH) return
  let above = noAttributes()
  for (const node of container.namedChildren) {
    if (node.type === 'comment') continue
    if (node.type === 'unary_operator') above = addAttribute(node, above, scope)
    else {
      addDefinition(node, above, scope)
      above = noAttributes()
    }
  }
}

function addDefinition(node: Node, above: Attributes, scope: ElixirScope): void {
  if (calledWith(node, MODULES)) addModule(node, above, scope)
  else if (calledWith(node, FUNCTIONS)) addFunction(node, above, scope)
  else if (calledWith(node, /^def(?:struct|exception)$/)) addStruct(node, above, scope)
  else if (node.type === 'stab_clause') {
    const branch = node.childForFieldName('right')
    if (branch) addAll(branch, { ...scope, depth: scope.depth + 1 })
  } else if (node.type === 'ERROR') addAll(node, { ...scope, depth: scope.depth + 1 })
  else if (calledWith(node, WRAPPERS))
    for (const block of blocksOf(node)) addAll(block, { ...scope, depth: scope.depth + 1 })
}

/** The `do` block of a call, and its `else`. */
function blocksOf(node: Node): Node[] {
  const block = node.namedChildren.find(({ type }) => type === 'do_block')
  return block ? [block, ...block.namedChildren.filter(({ type }) => type === 'else_block')] : []
}

function addModule(node: Node, above: Attributes, scope: ElixirScope): void {
  const { source } = scope
  const word = node.childForFieldName('target')?.text ?? ''
  const written = calledWith(node, MODULES)?.[0]?.text ?? ''
  const target = word === 'defimpl' ? /\bfor:\s*([\w.]+)/.exec(node.text.slice(0, 500))?.[1] : undefined
  if (!/^[A-Z_]/.test(written)) return
  const [body = null] = blocksOf(node)
  const moduledoc = body ? moduleDoc(body, source) : { doc: null, isHidden: false }
  const symbol = declare(scope, node, {
    name: target ? `${written}.${target}` : written.replace(/^__MODULE__\./, ''),
    kind: word === 'defprotocol' ? 'interface' : 'class',
    public: scope.isOpen && !moduledoc.isHidden && word !== 'defimpl',
    body,
    doc: moduledoc.doc ?? above.doc,
  })
  if (!body) return
  const isOpen = symbol.public
  addAll(body, { ...scope, parent: symbol, prefix: null, isOpen, depth: scope.depth + 1, seen: new Set() })
}

function moduleDoc(body: Node, source: SourceText): { doc: DocComment | null; isHidden: boolean } {
  for (const node of body.namedChildren) {
    const [given] =
      node.type === 'unary_operator' ? (calledWith(node.namedChildren[0] ?? node, /^moduledoc$/) ?? []) : []
    if (given) return { doc: elixirDoc(given, source), isHidden: given.text === 'false' }
  }
  return { doc: null, isHidden: false }
}

function addFunction(node: Node, above: Attributes, scope: ElixirScope): void {
  const { source, seen } = scope
  const word = node.childForFieldName('target')?.text ?? ''
  const argument = calledWith(node, FUNCTIONS)?.[0]
  const head = argument && headOf(argument)
  const name = head && nameOf(head)
  if (!head || !name) return
  const params = elixirParams(head, above.spec, source)
  const known = `${word}/${name}/${params.length}`
  if (seen.has(known)) return
  seen.add(known)
  const body = node.namedChildren.find(({ type }) => type === 'do_block') ?? keywordsOf(node)
  const kept = word === 'defdelegate' ? null : body
  const written = source.folded(node, node.startIndex, kept?.startIndex ?? node.endIndex)
  const isHidden = above.isHidden || (above.isImplementation && !above.doc)
  const isOpen = scope.isOpen && !isHidden && !/^(?:defp|defmacrop|defguardp|defnp)$/.test(word)
  declare(scope, node, {
    name,
    kind: scope.parent ? 'method' : 'function',
    public: isOpen && !(name.startsWith('_') && !above.doc),
    body: kept,
    signature: written,
    params,
    returns: specifiedReturn(above.spec, source),
    doc: above.doc,
  })
}

/** `, do: …` behind the head. */
function keywordsOf(node: Node): Node | null {
  const given = node.namedChildren.find(({ type }) => type === 'arguments')?.namedChildren ?? []
  return given.find(({ type, text }) => type === 'keywords' && /^do:/.test(text)) ?? null
}

function addStruct(node: Node, above: Attributes, scope: ElixirScope): void {
  const { source, parent } = scope
  if (!parent) return
  declare(scope, node, {
    name: '__struct__',
    kind: 'type',
    public: scope.isOpen && !above.isHidden,
    signature: isShortValue(node) ? source.text(node) : `${node.childForFieldName('target')?.text} …`,
    doc: above.doc,
  })
}

import type { ParameterFact } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

export interface Declarator {
  /** As written, `Type::name` and `operator==` included, template arguments left out. */
  name: string
  /** The function declarator that names a function itself; null for anything else, function pointers too. */
  callable: Node | null
}

const WRAPPERS = /^(?:pointer|reference|parenthesized|array|init|attributed|ms_based)_declarator$/
const MAX_DEPTH = 20

/** What a declarator declares, through pointers, arrays and parentheses; null when it has no name. */
export function declaratorOf(node: Node | null, source: SourceText): Declarator | null {
  let current = node
  let callable: Node | null = null
  let isPointed = false
  for (let depth = 0; current && depth < MAX_DEPTH; depth += 1) {
    if (current.type === 'function_declarator') {
      callable = current
      isPointed = false
    } else if (!WRAPPERS.test(current.type)) break
    else if (callable && /^(?:pointer|array)/.test(current.type)) isPointed = true
    if (current.type === 'init_declarator' && isCallLike(current)) return null
    const name = parenthesizedName(current)
    if (name) return { name, callable: current }
    current = innerOf(current)
  }
  const name = current ? nameOf(current, source) : null
  return name === null ? null : { name, callable: isPointed ? null : (callable ?? castOf(current)) }
}

function innerOf(node: Node): Node | null {
  return (
    node.childForFieldName('declarator') ??
    node.namedChildren.find(({ type }) => !/comment|qualifier|attribute/.test(type)) ??
    null
  )
}

/** `API int (name)(…)`: the grammar takes the type for a function and the name for its parameter. */
function parenthesizedName(outer: Node): string | null {
  const inner = outer.childForFieldName('declarator')
  if (inner?.type !== 'function_declarator') return null
  const list = inner.childForFieldName('parameters')?.namedChildren ?? []
  const [only] = list.length === 1 ? (list[0]?.namedChildren ?? []) : []
  const isType = BUILT_IN.test(inner.childForFieldName('declarator')?.text ?? '')
  return isType && only?.type === 'type_identifier' && list[0]?.namedChildCount === 1 ? only.text : null
}

const BUILT_IN = /^(?:void|int|char|long|short|float|double|unsigned|signed|bool|size_t)$/

/** `int (*name)(T *a);` and `T *(*name)(T *a);`, which look like calls and products; null for anything else. */
export function pointerOfCall(statement: Node): string | null {
  const [written] = statement.namedChildren
  const product = written?.type === 'binary_expression' && written.children[1]?.type === '*' ? written : null
  const call = product ? product.childForFieldName('right') : written
  const inner = call?.type === 'call_expression' ? call.childForFieldName('function') : null
  const isPointer = product
    ? inner?.type === 'parenthesized_expression'
    : inner?.type === 'call_expression' && /^\w+\s+\(\*/.test(inner.text)
  const list = product ? inner : inner?.childForFieldName('arguments')
  const [pointer, ...others] = list?.namedChildren ?? []
  if (!isPointer || pointer?.type !== 'pointer_expression' || others.length > 0) return null
  const [name] = pointer.namedChildren
  return name?.type === 'identifier' ? name.text : null
}

/** `MACRO(a, b);` looks like a variable that is given arguments. */
function isCallLike(node: Node): boolean {
  return node.childForFieldName('value')?.type === 'argument_list' && node.parent?.childForFieldName('type') === null
}

function castOf(node: Node | null): Node | null {
  if (node?.type !== 'operator_cast') return null
  return node.childForFieldName('declarator')
}

const NAMES =
  /^(?:identifier|field_identifier|type_identifier|destructor_name|operator_name|qualified_identifier|template_function|template_method|template_type|operator_cast|primitive_type)$/

function nameOf(node: Node, source: SourceText): string | null {
  if (!NAMES.test(node.type)) return null
  if (node.type === 'operator_cast') return `operator ${textOf(node.childForFieldName('type'), source)}`
  if (node.type === 'template_function' || node.type === 'template_method' || node.type === 'template_type')
    return textOf(node.childForFieldName('name'), source)
  if (node.type === 'qualified_identifier') {
    const scope = node.childForFieldName('scope')
    const inner = node.childForFieldName('name')
    const own = inner ? nameOf(inner, source) : null
    // `void MACRO name(`: the grammar puts in the colons that it misses.
    if (node.children.some(({ type, isMissing }) => type === '::' && isMissing)) return own
    const outer = scope ? (nameOf(scope, source) ?? textOf(scope, source)) : ''
    return own === null ? null : [outer, own].filter(Boolean).join('::')
  }
  return textOf(node, source)
}

/** Text of the file itself; the tree may have been made from a repaired one. */
export function textOf(node: Node | null, source: SourceText): string {
  return node ? source.content.slice(node.startIndex, node.endIndex).replace(/\s+/g, ' ') : ''
}

export function cParams(callable: Node | null, source: SourceText): ParameterFact[] {
  const list = callable?.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => {
    if (!/^(?:optional_|variadic_)?parameter_declaration$/.test(param.type)) return []
    const declarator = param.childForFieldName('declarator')
    const value = param.childForFieldName('default_value')
    const name = declarator ? innermost(declarator, source) : ''
    const written = source.folded(param, param.startIndex, value?.startIndex ?? param.endIndex).replace(/\s*=$/, '')
    if (written === 'void' && list.length === 1) return []
    const type = name ? written.replace(new RegExp(`\\b${name}\\b(?!.*\\b${name}\\b)`), '').trim() : written
    return [
      { name: name || '_', type, default: value ? source.text(value) : null, optional: value !== null, doc: null },
    ]
  })
}

function innermost(declarator: Node, source: SourceText): string {
  const found = declaratorOf(declarator, source)?.name ?? ''
  return /^\w+$/.test(found) ? found : ''
}

/** The type in front of a function's name, or behind its arrow. */
export function cReturns(node: Node, callable: Node, source: SourceText): string | null {
  const trailing = callable.namedChildren.find(({ type }) => type === 'trailing_return_type')
  if (trailing) return source.text(trailing).replace(/^->\s*/, '')
  const type = node.childForFieldName('type')
  if (!type) return null
  const qualifiers = node.namedChildren.filter(({ type: one }) => one === 'type_qualifier').map(({ text }) => text)
  const stars = /^[*&\s]*/.exec(textOf(node.childForFieldName('declarator'), source))?.[0].trim() ?? ''
  const words = [...qualifiers.filter((word) => /^(?:const|volatile)$/.test(word)), source.text(type)]
  return `${words.join(' ')}${stars ? ` ${stars}` : ''}`
}

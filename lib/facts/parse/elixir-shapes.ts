import type { ParameterFact } from '#lib/domain/facts.ts'
import type { Scope } from './declare.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

export interface ElixirScope extends Scope {
  isOpen: boolean
  depth: number
  /** Clauses of one function are one symbol: name and number of parameters. */
  seen: Set<string>
}

/** What a call of one of these names is given; null for any other node. */
export function calledWith(node: Node, names: RegExp): Node[] | null {
  const target = node.type === 'call' ? node.childForFieldName('target') : null
  if (target?.type !== 'identifier' || !names.test(target.text)) return null
  return node.namedChildren.find(({ type }) => type === 'arguments')?.namedChildren ?? []
}

/** What stands before `when`. */
export function headOf(argument: Node): Node {
  const left = argument.type === 'binary_operator' ? argument.childForFieldName('left') : null
  return left && argument.childForFieldName('operator')?.text === 'when' ? left : argument
}

/** Name of a function by its head; null when a macro makes it. */
export function nameOf(head: Node): string | null {
  if (head.type === 'identifier') return head.text
  if (head.type === 'call') {
    const target = head.childForFieldName('target')
    return target?.type === 'identifier' ? target.text : null
  }
  const isOperator = head.type === 'binary_operator' || head.type === 'unary_operator'
  return isOperator ? (head.childForFieldName('operator')?.text ?? null) : null
}

/** Parameters of a head, with the types that a specification gives them. */
export function elixirParams(head: Node, spec: Node | null, source: SourceText): ParameterFact[] {
  const types = spec ? partsOf(specified(spec).head) : []
  return partsOf(head).map((param, at) => {
    const isDefault = param.type === 'binary_operator' && param.childForFieldName('operator')?.text === '\\\\'
    const [left, right] = [param.childForFieldName('left'), param.childForFieldName('right')]
    const value = isDefault && right ? source.text(right) : null
    const name = source.text(boundTo(isDefault && left ? left : param))
    const type = types[at]
    return { name, type: type ? source.text(type) : null, default: value, optional: value !== null, doc: null }
  })
}

/** `%State{} = state` is known as `state` inside. */
function boundTo(param: Node): Node {
  if (param.type !== 'binary_operator' || param.childForFieldName('operator')?.text !== '=') return param
  const sides = [param.childForFieldName('right'), param.childForFieldName('left')]
  return sides.find((side) => side?.type === 'identifier') ?? param
}

/** What a specification says comes back. */
export function specifiedReturn(spec: Node | null, source: SourceText): string | null {
  const returns = spec ? specified(spec).returns : null
  return returns ? source.text(returns) : null
}

/** `name(types) :: returns`, what stands behind `when` left out. */
function specified(spec: Node): { head: Node; returns: Node | null } {
  const typed = headOf(spec)
  const isTyped = typed.type === 'binary_operator' && typed.childForFieldName('operator')?.text === '::'
  const [left, right] = [typed.childForFieldName('left'), typed.childForFieldName('right')]
  return isTyped && left ? { head: left, returns: right } : { head: typed, returns: null }
}

function partsOf(head: Node): Node[] {
  const parts =
    head.type === 'binary_operator'
      ? [head.childForFieldName('left'), head.childForFieldName('right')]
      : (head.namedChildren.find(({ type }) => type === 'arguments')?.namedChildren ?? [])
  return parts.filter((part) => part !== null && part.type !== 'comment').map((part) => part as Node)
}

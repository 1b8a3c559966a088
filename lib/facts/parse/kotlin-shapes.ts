import type { ParameterFact } from '#lib/domain/facts.ts'
import { isComment } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** First child whose type matches; the grammar names none of its parts. */
export function childOf(node: Node, type: RegExp): Node | null {
  return node.namedChildren.find((child) => type.test(child.type)) ?? null
}

/** Modifiers in front of a declaration, annotations left out. */
export function modifiersOf(node: Node, source: SourceText): string {
  const words = childOf(node, /^modifiers$/)?.children ?? []
  return words
    .filter((word) => word.type !== 'annotation' && !isComment(word))
    .map((word) => source.text(word))
    .join(' ')
}

/** The declaration from its modifiers on, annotations left out. */
export function signatureOf(node: Node, end: number, source: SourceText): string {
  const modifiers = childOf(node, /^modifiers$/)
  const rest = source.folded(node, modifiers?.endIndex ?? node.startIndex, end)
  return [modifiersOf(node, source), rest].filter(Boolean).join(' ')
}

/** Parameters of a function or of a primary constructor; a default stands behind its parameter. */
export function kotlinParams(list: Node, source: SourceText): ParameterFact[] {
  const found: ParameterFact[] = []
  let isVariable = false
  for (const [at, child] of list.children.entries()) {
    if (child.type === 'parameter_modifiers') isVariable = /\bvararg\b/.test(child.text)
    if (child.type === '=') addDefault(found.at(-1), list.children[at + 1], source)
    if (child.type !== 'parameter' && child.type !== 'class_parameter') continue
    found.push(paramOf(child, isVariable, source))
    isVariable = false
  }
  return found
}

function paramOf(node: Node, isVariable: boolean, source: SourceText): ParameterFact {
  const { children } = node
  const colon = children.findIndex(({ type }) => type === ':')
  const equals = children.findIndex(({ type }) => type === '=')
  const type = colon === -1 ? undefined : children[colon + 1]
  const value = equals === -1 ? undefined : children[equals + 1]
  const isSpread = isVariable || /\bvararg\b/.test(modifiersOf(node, source))
  const written = type ? `${isSpread ? 'vararg ' : ''}${source.text(type)}` : null
  return {
    name: childOf(node, /^simple_identifier$/)?.text ?? '',
    type: written,
    default: value ? source.text(value) : null,
    optional: isSpread || value !== undefined,
    doc: null,
  }
}

function addDefault(param: ParameterFact | undefined, value: Node | undefined, source: SourceText): void {
  if (!param || !value) return
  param.default = source.text(value)
  param.optional = true
}

/** What a function says it returns, behind its parameters. */
export function returnTypeOf(node: Node, source: SourceText): string | null {
  const { children } = node
  const parameters = children.findIndex(({ type }) => type === 'function_value_parameters')
  const [colon, type] = [children[parameters + 1], children[parameters + 2]]
  return parameters !== -1 && colon?.type === ':' && type ? source.text(type) : null
}

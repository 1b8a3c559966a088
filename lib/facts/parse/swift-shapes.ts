import type { ParameterFact } from '#lib/domain/facts.ts'
import { isComment } from './documented-children.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** Modifiers in front of a declaration, attributes left out. */
export function modifiersOf(node: Node, source: SourceText): string {
  const words = node.namedChildren.find(({ type }) => type === 'modifiers')?.namedChildren ?? []
  return words
    .filter((word) => word.type !== 'attribute' && !isComment(word))
    .map((word) => source.text(word))
    .join(' ')
}

/** The declaration from its modifiers on, attributes left out. */
export function signatureOf(node: Node, end: number, source: SourceText): string {
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers')
  const rest = source.folded(node, modifiers?.endIndex ?? node.startIndex, end)
  return [modifiersOf(node, source), rest].filter(Boolean).join(' ')
}

/** Parameters with the name used inside; a default stands behind its parameter. */
export function swiftParams(node: Node, source: SourceText): ParameterFact[] {
  const found: ParameterFact[] = []
  for (const child of node.children) {
    const last = found.at(-1)
    if (child.type === 'parameter') found.push(paramOf(child, source))
    else if (
      last &&
      last.default === null &&
      node.childrenForFieldName('default_value').some(({ id }) => id === child.id)
    )
      found[found.length - 1] = { ...last, default: source.text(child), optional: true }
  }
  return found
}

function paramOf(node: Node, source: SourceText): ParameterFact {
  const [name, type] = node.childrenForFieldName('name')
  const colon = node.children.find((child) => child.type === ':')
  const written = colon ? source.folded(node, colon.endIndex, node.endIndex) : type ? source.text(type) : null
  return { name: name?.text ?? '', type: written, default: null, optional: /\.\.\.$/.test(written ?? ''), doc: null }
}

/** What stands behind the arrow. */
export function swiftReturns(node: Node, source: SourceText): string | null {
  const arrow = node.children.find(({ type }) => type === '->')
  const type = arrow?.nextNamedSibling
  return type ? source.text(type) : null
}

import type { Node } from '#lib/facts/parse/node.ts'
import { argumentsOf } from './arguments.ts'

export interface Decorator {
  /** Without what stands before its last dot. */
  name: string
  args: Node[]
  node: Node
}

/** Decorators of a TypeScript class or member: its children, or what stands before it. */
export function decoratorsOf(node: Node): Decorator[] {
  const inside = node.namedChildren.filter(({ type }) => type === 'decorator')
  const outer =
    node.parent?.type === 'export_statement' ? node.parent.namedChildren.filter(({ type }) => type === 'decorator') : []
  const before: Node[] = []
  for (let at = node.previousNamedSibling; at && /^(?:decorator|comment)$/.test(at.type); at = at.previousNamedSibling)
    if (at.type === 'decorator') before.unshift(at)
  return [...before, ...outer, ...inside].map((decorator) => {
    const inner = decorator.firstNamedChild
    const callee = inner?.type === 'call_expression' ? inner.childForFieldName('function') : inner
    const name = callee?.text.split('.').at(-1) ?? ''
    return { name, args: inner?.type === 'call_expression' ? argumentsOf(inner) : [], node: decorator }
  })
}

import type { Node } from '#lib/facts/parse/node.ts'

/** Text of a Ruby string or symbol without substitutions; null for anything else. */
export function rubyText(node: Node | null | undefined): string | null {
  if (!node) return null
  if (node.type === 'simple_symbol') return node.text.slice(1)
  if (node.type !== 'string' || node.namedChildren.some(({ type }) => type === 'interpolation')) return null
  return node.text.slice(1, -1)
}

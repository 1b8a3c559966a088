import type { Node } from '#lib/facts/parse/node.ts'
import { stringValue } from './arguments.ts'

/** A Java annotation. What stands alone in its brackets is its `value`. */
export interface Annotation {
  name: string
  values: Map<string, Node>
  node: Node
}

/** Annotations of a Java declaration. */
export function annotationsOf(node: Node): Annotation[] {
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers')
  return (modifiers?.namedChildren ?? []).flatMap((one) => {
    if (!/^(?:marker_)?annotation$/.test(one.type)) return []
    const name = one.childForFieldName('name')?.text.split('.').at(-1) ?? ''
    const values = new Map<string, Node>()
    for (const argument of one.childForFieldName('arguments')?.namedChildren ?? []) {
      const key = argument.type === 'element_value_pair' ? argument.childForFieldName('key')?.text : 'value'
      const value = argument.type === 'element_value_pair' ? argument.childForFieldName('value') : argument
      if (key && value) values.set(key, value)
    }
    return [{ name, values, node: one }]
  })
}

/** Texts of a value: one literal, or each of a list. */
export function annotationTexts(annotation: Annotation | undefined, ...keys: string[]): string[] {
  const node = keys.map((key) => annotation?.values.get(key)).find((one) => one !== undefined)
  const nodes = node?.type === 'element_value_array_initializer' ? node.namedChildren : node ? [node] : []
  return nodes.flatMap((one) => javaText(one) ?? [])
}

export function annotationText(annotation: Annotation | undefined, ...keys: string[]): string | null {
  return annotationTexts(annotation, ...keys)[0] ?? null
}

/** Text of a Java literal, also of several joined with `+`; null for anything else. */
function javaText(node: Node): string | null {
  if (node.type === 'string_literal')
    return node.text.startsWith('"""') ? node.text.slice(3, -3).trim() : node.text.slice(1, -1).replace(/\\(.)/g, '$1')
  if (node.type !== 'binary_expression') return stringValue(node)
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')]
  const parts = [left ? javaText(left) : null, right ? javaText(right) : null]
  return parts.includes(null) ? null : parts.join('')
}

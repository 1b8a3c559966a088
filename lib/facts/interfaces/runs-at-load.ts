import type { Node } from '#lib/facts/parse/node.ts'

const FUNCTION = /^(?:function_declaration|function_definition|method_definition|generator_function_declaration)$/
const VALUE = /^(?:arrow_function|function_expression|function|lambda)$/
/** Nobody calls through more functions of one file to start a program. */
const MAX_CALLS = 4

/**
 * Whether code of a script runs as soon as its file does: outside functions, in a function that is handed over or
 * called on the spot, or in one that such code calls by name.
 */
export function runsAtLoad(node: Node, depth = 0): boolean {
  const around = enclosingFunction(node)
  if (!around) return true
  if (around.name === null || depth >= MAX_CALLS) return false
  return callsOf(around.name, node.tree.rootNode).some(
    (call) => !isInside(call, around.node) && runsAtLoad(call, depth + 1),
  )
}

interface Enclosing {
  node: Node
  /** Null for a method, and for a function that only others can call. */
  name: string | null
}

/** The innermost function with a name around a node; those handed over as arguments belong to what is around them. */
function enclosingFunction(node: Node): Enclosing | null {
  for (let at = node.parent; at; at = at.parent) {
    if (FUNCTION.test(at.type)) {
      const isMethod = at.type === 'method_definition' || at.parent?.parent?.type === 'class_definition'
      return { node: at, name: isMethod ? null : (at.childForFieldName('name')?.text ?? null) }
    }
    if (!VALUE.test(at.type)) continue
    const holder = at.parent
    if (holder?.type === 'arguments' || holder?.type === 'argument_list' || isCalledAtOnce(at)) continue
    return { node: at, name: holder?.type === 'variable_declarator' ? (holder.firstNamedChild?.text ?? null) : null }
  }
  return null
}

function isCalledAtOnce(value: Node): boolean {
  const outer = value.parent?.type === 'parenthesized_expression' ? value.parent : value
  return outer.parent?.childForFieldName('function')?.id === outer.id
}

function callsOf(name: string, root: Node): Node[] {
  return root
    .descendantsOfType(['call_expression', 'call'])
    .filter((call) => call.childForFieldName('function')?.text === name)
}

function isInside(node: Node, outer: Node): boolean {
  return node.startIndex >= outer.startIndex && node.endIndex <= outer.endIndex
}

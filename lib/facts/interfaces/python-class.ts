import type { Node } from '#lib/facts/parse/node.ts'
import { docstringNode, stringContent } from '#lib/facts/parse/python-shapes.ts'

/** A class with its body as statements. */
export interface PythonClass {
  node: Node
  name: string
  bases: string[]
  /** Keyword arguments among the bases: `table=True`. */
  options: string
  /** `name: type = value` of the body, in order. */
  fields: { name: string; type: string | null; value: Node | null; node: Node }[]
  /** Body of the inner class `Meta`. */
  meta: Map<string, Node>
  doc: string | null
}

/** Reads a class definition. */
export function pythonClass(node: Node): PythonClass {
  const listed = node.childForFieldName('superclasses')?.namedChildren ?? []
  const body = node.childForFieldName('body')?.namedChildren ?? []
  const doc = docstringNode(body[0])
  const meta = body.find((one) => one.type === 'class_definition' && one.childForFieldName('name')?.text === 'Meta')
  return {
    node,
    name: node.childForFieldName('name')?.text ?? '',
    bases: listed.filter(({ type }) => type !== 'keyword_argument').map(({ text }) => text),
    options: listed
      .filter(({ type }) => type === 'keyword_argument')
      .map(({ text }) => text.replace(/\s/g, ''))
      .join(' '),
    fields: body.flatMap(fieldOf),
    meta: new Map(
      (meta?.childForFieldName('body')?.namedChildren ?? [])
        .flatMap(fieldOf)
        .flatMap(({ name, value }) => (value ? [[name, value] as const] : [])),
    ),
    doc: doc
      ? (stringContent(doc)
          .trim()
          .split(/\n\s*\n/)[0]
          ?.replace(/\s+/g, ' ') ?? null)
      : null,
  }
}

function fieldOf(statement: Node): PythonClass['fields'] {
  const node = statement.type === 'expression_statement' ? statement.firstNamedChild : null
  const name = node?.type === 'assignment' ? node.childForFieldName('left') : null
  if (!node || name?.type !== 'identifier') return []
  const type = node.childForFieldName('type')?.text.replace(/\s+/g, ' ') ?? null
  return [{ name: name.text, type, value: node.childForFieldName('right'), node }]
}

/** Name of the function a call calls, without what stands before its last dot. */
export function calledName(call: Node | null): string {
  return call?.type === 'call' ? (call.childForFieldName('function')?.text.split('.').at(-1) ?? '') : ''
}

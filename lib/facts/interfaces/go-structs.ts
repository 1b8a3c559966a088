import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

export interface GoField {
  /** Empty for an embedded type. */
  name: string
  type: string
  /** Tags by key: `json`, `gorm`. */
  tags: Map<string, string>
  /** Comment above or behind it. */
  help: string | null
  node: Node
  /** Fields of a struct written in place. */
  fields: GoField[]
}

export interface GoStruct {
  name: string
  fields: GoField[]
  node: Node
}

const STRUCTS = '(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @fields)) @spec'

/** Structs of a Go file with their fields and tags. */
export function goStructs(root: Node, source: SourceText): GoStruct[] {
  return matchesOf(source.grammar, STRUCTS, root).flatMap((captures) => {
    const [name, list, node] = [captures.get('name'), captures.get('fields'), captures.get('spec')]
    return name && list && node ? [{ name: name.text, fields: fieldsOf(list, 0), node }] : []
  })
}

const MAX_DEPTH = 5

function fieldsOf(list: Node, depth: number): GoField[] {
  return list.namedChildren.flatMap((node) => {
    if (node.type !== 'field_declaration') return []
    const type = node.childForFieldName('type')
    const inner = type?.type === 'struct_type' ? type.firstNamedChild : null
    const names = node.childrenForFieldName('name').flatMap((name) => name?.text ?? [])
    const shared = {
      type: inner ? 'struct' : (type?.text ?? ''),
      tags: tagsOf(node.childForFieldName('tag')?.text ?? ''),
      help: commentOf(node),
      node,
      fields: inner && depth < MAX_DEPTH ? fieldsOf(inner, depth + 1) : [],
    }
    return (names.length > 0 ? names : ['']).map((name) => ({ name, ...shared }))
  })
}

function tagsOf(text: string): Map<string, string> {
  const pairs = text.slice(1, -1).matchAll(/([\w-]+):"((?:[^"\\]|\\.)*)"/g)
  return new Map(Array.from(pairs, ([, key, value]) => [key ?? '', value ?? '']))
}

/** The comment directly above a field, else the one behind it on its line. */
function commentOf(node: Node): string | null {
  const lines: string[] = []
  let row = node.startPosition.row
  for (
    let at = node.previousNamedSibling;
    at?.type === 'comment' && at.endPosition.row === row - 1;
    at = at.previousNamedSibling
  ) {
    const isTrailing = at.previousNamedSibling?.endPosition.row === at.startPosition.row
    if (isTrailing) break
    lines.unshift(at.text)
    row = at.startPosition.row
  }
  const next = node.nextNamedSibling
  if (lines.length === 0 && next?.type === 'comment' && next.startPosition.row === node.endPosition.row)
    lines.push(next.text)
  const text = lines.map((line) => line.replace(/^\/\/\s?|^\/\*+|\*\/$/g, '')).join(' ')
  return text.replace(/\s+/g, ' ').trim() || null
}

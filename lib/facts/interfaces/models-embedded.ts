import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel, SchemaStep } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { sqlSteps } from './models-sql.ts'
import { codeBeforeTests } from './rust-tests.ts'
import { plainColumn } from './schema-step.ts'

const CREATES = /\b(?:create|alter)\s+table\b/i

/** Tables that the texts of a program create: `db.exec('CREATE TABLE …')`. Comments and documentation do not count. */
export function embeddedSql({ root, source }: CodeFile): SchemaStep[] {
  if (!CREATES.test(source.content)) return []
  const seen = new Set<number>()
  const end = source.grammar === 'rust' ? codeBeforeTests(source.content).length : source.content.length
  return [...source.content.matchAll(/\b(?:create|alter)\s+table\b/gi)].flatMap((match) => {
    const string = match.index < end ? stringAround(root, match.index) : null
    if (!string || seen.has(string.id) || string.parent?.type === 'expression_statement') return []
    seen.add(string.id)
    const text = source.content.slice(string.startIndex, string.endIndex)
    const open = /^\w{0,2}("""|'''|["'`]|#+")/.exec(text)?.[0] ?? ''
    const close = open.replace(/^\w+/, '').length
    const inner = ' '.repeat(open.length) + text.slice(open.length, close > 0 ? -close : undefined)
    return sqlSteps(source.path, inner.replace(/\$\{[^}]*\}/g, '?'), string.startPosition.row + 1)
  })
}

const STRING = /string|heredoc|encapsed/

/** The literal around a place in the text; null where that is code or a comment. */
function stringAround(root: Node, index: number): Node | null {
  let node: Node | null = root.descendantForIndex(index)
  let found: Node | null = null
  for (; node && STRING.test(node.type); node = node.parent) found = node
  return found
}

const TABLE = /^(\s*)(?:diesel::)?table!\s*\{/
const COLUMN = /^\s*(?:#\[[^\]]*\]\s*)?(\w+)\s*->\s*([\w<>]+)\s*,/

/** Tables of Diesel's `table! { users (id) { id -> Int4, } }`. */
export function dieselModels({ source }: CodeFile): RawModel[] {
  if (!source.content.includes('table!')) return []
  const lines = codeBeforeTests(source.content).split('\n')
  return lines.flatMap((line, at) => {
    const indent = TABLE.exec(line)?.[1]
    if (indent === undefined) return []
    const end = lines.findIndex((other, index) => index > at && other.startsWith(`${indent}}`))
    const body = lines.slice(at, end + 1)
    const head = /(?:table!\s*\{|\n)\s*(?:\w+\.)?(\w+)\s*\(([^)]*)\)\s*\{/.exec(
      body.filter((one) => !/^\s*(?:\/\/|use\b|#)/.test(one)).join('\n'),
    )
    if (!head?.[1] || end === -1) return []
    const keys = head[2]?.split(/\s*,\s*/) ?? []
    const columns = body.flatMap((one, offset) => {
      const [, name, type = ''] = COLUMN.exec(one) ?? []
      const range = { path: source.path, start: at + offset + 1, end: at + offset + 1 }
      const isNullable = type.startsWith('Nullable<')
      return name
        ? [
            plainColumn(name, range, {
              type: type.replace(/^Nullable<(.*)>$/, '$1'),
              nullable: isNullable,
              key: keys.includes(name),
            }),
          ]
        : []
    })
    const range = { path: source.path, start: at + 1, end: end + 1 }
    return [{ name: head[1], symbol: null, source: 'diesel', help: null, columns, relations: [], range }]
  })
}

import type { ColumnFact } from '#lib/domain/facts.ts'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { plainColumn } from './schema-step.ts'

const TABLES = `
(variable_declarator name: (identifier) @name
  value: (call_expression function: (_) @callee arguments: (arguments . (_) @table . [(object) (arrow_function)] @columns)))
`
const MAKERS = /^(?:\w+\.)?(?:pg|mysql|sqlite|singlestore|cockroach|mssql)Table$|^(?:\w*[cC]reateTable|table)$/
const MAX_CHAIN = 30

/** Tables declared with drizzle. A table's constant is its symbol, so that references between files find it. */
export function drizzleModels({ root, source, packages }: CodeFile): RawModel[] {
  if (![...packages].some((name) => name.startsWith('drizzle-orm'))) return []
  return matchesOf(source.grammar, TABLES, root).flatMap((captures) => {
    const [name, callee, table, object] = ['name', 'callee', 'table', 'columns'].map((key) => captures.get(key))
    const called = stringValue(table)
    const columns = object?.type === 'arrow_function' ? returned(object) : object
    if (!name || !callee || !MAKERS.test(callee.text) || called === null || columns?.type !== 'object') return []
    return [
      {
        name: called,
        symbol: name.text,
        source: 'drizzle',
        help: null,
        columns: withKeys(columns, source),
        relations: [],
        range: source.range(name.parent ?? name),
      },
    ]
  })
}

/** Columns of a table; `primaryKey({ columns: [t.a, t.b] })` behind them marks those. */
function withKeys(object: Node, source: SourceText): ColumnFact[] {
  const rest =
    object.parent?.namedChildren
      .slice(2)
      .map(({ text }) => text)
      .join(' ') ?? ''
  const listed = /primaryKey\(\{[^}]*?columns:\s*\[([^\]]*)\]/.exec(rest)?.[1] ?? ''
  const keys = new Set(listed.split(',').map((one) => one.trim().split('.').at(-1) ?? ''))
  return object.namedChildren.flatMap((pair) => {
    const isKey = keys.has(pair.childForFieldName('key')?.text ?? '')
    return columnOf(pair, source).map((column) => (isKey ? { ...column, key: true, nullable: false } : column))
  })
}

/** Object that `(t) => ({ … })` gives. */
function returned(arrow: Node): Node | undefined {
  const body = arrow.childForFieldName('body')
  return body?.type === 'parenthesized_expression' ? (body.firstNamedChild ?? undefined) : undefined
}

function columnOf(pair: Node, source: SourceText): ColumnFact[] {
  const key = pair.type === 'pair' ? pair.childForFieldName('key')?.text : undefined
  const value = pair.childForFieldName('value')
  const calls = value ? chainOf(value) : []
  const first = calls[0]
  if (!key || !first) return []
  const called = (name: string) => calls.find((call) => call.name === name)
  const isKey = called('primaryKey') !== undefined
  const fallback = called('default') ?? called('$default') ?? called('$defaultFn')
  return [
    plainColumn(stringValue(first.args[0]) ?? key, source.range(pair), {
      type: first.name + (called('array') ? '[]' : ''),
      key: isKey,
      nullable: !isKey && called('notNull') === undefined,
      unique: called('unique') !== undefined,
      default: called('defaultNow') ? 'now' : shownValue(fallback?.args[0]),
      references: referenceOf(called('references')?.args[0]),
    }),
  ]
}

/** Calls of `text('a').notNull().default(1)`, in order. */
function chainOf(value: Node): { name: string; args: Node[] }[] {
  const calls: { name: string; args: Node[] }[] = []
  let current: Node | null = value
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee: Node | null = current.childForFieldName('function')
    const isInner: boolean = callee?.childForFieldName('object')?.type === 'call_expression'
    calls.unshift({
      name: callee?.childForFieldName('property')?.text ?? callee?.text ?? '',
      args: argumentsOf(current),
    })
    current = isInner ? (callee?.childForFieldName('object') ?? null) : null
  }
  return calls
}

/** `() => users.id`. */
function referenceOf(arrow: Node | undefined): ColumnFact['references'] {
  const body = arrow?.childForFieldName('body')
  const [table, column] = [body?.childForFieldName('object')?.text, body?.childForFieldName('property')?.text]
  return table && column ? { table, column } : null
}

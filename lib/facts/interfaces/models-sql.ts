import type { ColumnFact } from '#lib/domain/facts.ts'
import type { SchemaStep } from '#lib/facts/parse/parsed-file.ts'
import { plainColumn, schemaStep } from './schema-step.ts'
import { closing, lower, nameAt, type TableItem, tableItem, topLevelItems } from './sql-columns.ts'
import { isName, type SqlToken, sqlStatements, unquoted } from './sql-tokens.ts'

/** Changes to tables in a SQL text, in order. `firstLine` is the line of the file it begins on. */
export function sqlSteps(path: string, text: string, firstLine = 1): SchemaStep[] {
  return sqlStatements(text, firstLine).flatMap((tokens) => {
    const first = lower(tokens[0])
    if (first === 'create') return created(tokens, path)
    if (first === 'alter') return altered(tokens, path)
    return first === 'drop' ? dropped(tokens, path) : []
  })
}

interface Place {
  table: string
  source: string
  range: { path: string; start: number; end: number }
}

function placeOf(tokens: SqlToken[], table: string, path: string): Place {
  const start = tokens[0]?.line ?? 1
  return { table, source: 'sql', range: { path, start, end: tokens.at(-1)?.line ?? start } }
}

function created(tokens: SqlToken[], path: string): SchemaStep[] {
  const at = tokens.slice(0, 4).findIndex((token) => lower(token) === 'table')
  const between = tokens.slice(1, Math.max(at, 1)).map((token) => lower(token))
  if (at === -1 || between.some((word) => !/^(?:or|replace|unlogged|foreign|external|column|row)$/.test(word)))
    return []
  const isConditional = lower(tokens[at + 1]) === 'if'
  const name = nameAt(tokens, at + (isConditional ? 4 : 1))
  if (!name || tokens[name.next]?.text !== '(') return []
  const end = closing(tokens, name.next)
  const items = topLevelItems(tokens.slice(name.next + 1, end)).flatMap((item) => tableItem(item, path) ?? [])
  const columns = withConstraints(items)
  if (columns.length === 0 || columns.every(({ type }) => type === null)) return []
  return [schemaStep('create', placeOf(tokens.slice(0, end + 1), name.name, path), { columns })]
}

/** Columns of the items, with what the keys among them say. */
function withConstraints(items: TableItem[]): ColumnFact[] {
  const columns = items.flatMap(({ column }) => column ?? [])
  const isSame = (name: string) => (column: ColumnFact) => column.name.toLowerCase() === name.toLowerCase()
  for (const { keys, uniques, foreign } of items) {
    for (const name of keys) Object.assign(columns.find(isSame(name)) ?? {}, { key: true, nullable: false })
    if (uniques.length === 1) Object.assign(columns.find(isSame(uniques[0] ?? '')) ?? {}, { unique: true })
    for (const [at, name] of foreign?.columns.entries() ?? [])
      Object.assign(columns.find(isSame(name)) ?? {}, {
        references: { table: foreign?.table ?? '', column: foreign?.targets[at] ?? null },
      })
  }
  return columns
}

function dropped(tokens: SqlToken[], path: string): SchemaStep[] {
  if (lower(tokens[1]) !== 'table') return []
  const from = lower(tokens[2]) === 'if' ? 4 : 2
  return topLevelItems(tokens.slice(from)).flatMap((item) => {
    const name = nameAt(item, 0)
    return name ? [schemaStep('drop table', placeOf(tokens, name.name, path))] : []
  })
}

function altered(tokens: SqlToken[], path: string): SchemaStep[] {
  if (lower(tokens[1]) !== 'table') return []
  let at = 2
  while (/^(?:if|exists|only)$/.test(lower(tokens[at]))) at += 1
  const name = nameAt(tokens, at)
  if (!name) return []
  const place = placeOf(tokens, name.name, path)
  return topLevelItems(tokens.slice(name.next)).flatMap((action) => actionOf(action, place))
}

function actionOf(action: SqlToken[], place: Place): SchemaStep[] {
  const verb = lower(action[0])
  if (verb === 'add') return added(action, place)
  if (verb === 'drop') return droppedColumn(action, place)
  if (verb === 'rename') return renamed(action, place)
  if (verb === 'alter') return alteredColumn(action, place)
  const skip = lower(action[1]) === 'column' ? 2 : 1
  const item = verb === 'modify' ? tableItem(action.slice(skip), place.range.path) : null
  if (item?.column) return [schemaStep('alter', place, { columns: [item.column] })]
  const changed = verb === 'change' ? tableItem(action.slice(skip + 1), place.range.path) : null
  const old = action[skip]?.text
  if (!changed?.column || !isName(old)) return []
  return [
    schemaStep('rename', place, { column: unquoted(old), to: changed.column.name }),
    schemaStep('alter', place, { columns: [changed.column] }),
  ]
}

function added(action: SqlToken[], place: Place): SchemaStep[] {
  let at = lower(action[1]) === 'column' ? 2 : 1
  if (lower(action[at]) === 'if') at += 3
  const isList = action[at]?.text === '('
  const lists = isList ? topLevelItems(action.slice(at + 1, closing(action, at))) : [action.slice(at)]
  return lists.flatMap((tokens) => {
    const item = tableItem(tokens, place.range.path)
    if (item?.column) return item.column.type === null ? [] : [schemaStep('add', place, { columns: [item.column] })]
    return item ? [schemaStep('alter', place, { columns: constrained(item, place) })] : []
  })
}

/** What a constraint added later says about columns that exist: only what it changes is set. */
function constrained({ keys, uniques, foreign }: TableItem, { range }: Place): ColumnFact[] {
  return [
    ...keys.map((name) => plainColumn(name, range, { key: true, nullable: false })),
    ...(uniques.length === 1 ? [plainColumn(uniques[0] ?? '', range, { unique: true })] : []),
    ...(foreign?.columns ?? []).map((name, at) =>
      plainColumn(name, range, { references: { table: foreign?.table ?? '', column: foreign?.targets[at] ?? null } }),
    ),
  ]
}

function droppedColumn(action: SqlToken[], place: Place): SchemaStep[] {
  if (/^(?:constraint|primary|foreign|index|key|check|unique|default)$/.test(lower(action[1]))) return []
  let at = lower(action[1]) === 'column' ? 2 : 1
  if (lower(action[at]) === 'if') at += 2
  const name = action[at]?.text
  return isName(name) ? [schemaStep('drop', place, { column: unquoted(name) })] : []
}

function renamed(action: SqlToken[], place: Place): SchemaStep[] {
  const words = action.map((token) => lower(token))
  if (words[1] === 'to' || words[1] === 'as') {
    const name = nameAt(action, 2)
    return name ? [schemaStep('rename table', place, { to: name.name })] : []
  }
  if (/^(?:constraint|index|key)$/.test(words[1] ?? '')) return []
  const at = words[1] === 'column' ? 2 : 1
  const [old, next] = [action[at]?.text, action[at + 2]?.text]
  if (words[at + 1] !== 'to' || !isName(old) || !isName(next)) return []
  return [schemaStep('rename', place, { column: unquoted(old), to: unquoted(next) })]
}

/** `ALTER COLUMN a TYPE t`: the type is all a reader needs to see changed. */
function alteredColumn(action: SqlToken[], place: Place): SchemaStep[] {
  const at = lower(action[1]) === 'column' ? 2 : 1
  const name = action[at]?.text
  const rest = action.slice(at + 1)
  const type = rest.findIndex((token) => lower(token) === 'type')
  if (!isName(name) || type === -1) return []
  const item = tableItem([{ text: name, line: place.range.start }, ...rest.slice(type + 1)], place.range.path)
  return item?.column ? [schemaStep('alter', place, { columns: [{ ...item.column, nullable: true }] })] : []
}

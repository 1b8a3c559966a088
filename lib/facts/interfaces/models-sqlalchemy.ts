import type { ColumnFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, keywordsOf, shownValue, stringValue } from './arguments.ts'
import { calledName, type PythonClass } from './python-class.ts'
import { plainColumn } from './schema-step.ts'

type Field = PythonClass['fields'][number]

/** A class mapped with SQLAlchemy (`__tablename__`, Flask's `db.Model`) or SQLModel (`table=True`). */
export function sqlalchemyModel(one: PythonClass, source: SourceText): RawModel[] {
  const { name, bases, options, fields, doc, node } = one
  const isSqlModel = /\btable=True\b/.test(options)
  const isFlask = bases.some((base) => /^db\.Model$/.test(base))
  const given = stringValue(fields.find((field) => field.name === '__tablename__')?.value)
  if (given === null && !isSqlModel && !isFlask) return []
  const own = fields.filter(({ name: field }) => !field.startsWith('__'))
  const columns = own.flatMap((field) => (isColumn(field, isSqlModel) ? [columnOf(field, source)] : []))
  if (columns.length === 0) return []
  return [
    {
      name: given ?? (isSqlModel ? name.toLowerCase() : snakeCase(name)),
      symbol: name,
      source: isSqlModel ? 'sqlmodel' : 'sqlalchemy',
      help: doc,
      columns,
      relations: own.flatMap(relationOf),
      range: source.range(node),
    },
  ]
}

/** Tables made with `Table('name', metadata, Column(…))`. */
export function sqlalchemyTables(root: Node, source: SourceText): RawModel[] {
  return root.descendantsOfType('call').flatMap((call) => {
    if (calledName(call) !== 'Table') return []
    const [first, , ...rest] = argumentsOf(call)
    const name = stringValue(first)
    const columns = rest.flatMap((node) => {
      const column = calledName(node) === 'Column' ? stringValue(argumentsOf(node)[0]) : null
      return column === null ? [] : [columnOf({ name: column, type: null, value: node, node }, source)]
    })
    if (name === null || columns.length === 0) return []
    const range = source.range(call)
    return [{ name, symbol: null, source: 'sqlalchemy', help: null, columns, relations: [], range }]
  })
}

function isColumn({ value, type }: Field, isSqlModel: boolean): boolean {
  const called = calledName(value)
  if (/^(?:Column|mapped_column)$/.test(called)) return true
  if (/^(?:relationship|Relationship)$/.test(called)) return false
  return isSqlModel
    ? type !== null && !/^(?:ClassVar|list\[|List\[)/.test(type)
    : /^(?:\w+\.)?Mapped\[/.test(type ?? '') && value === null
}

function columnOf({ name, type, value, node }: Field, source: SourceText): ColumnFact {
  const args = value?.type === 'call' ? argumentsOf(value).filter((one) => one.type !== 'keyword_argument') : []
  const keywords = value?.type === 'call' ? keywordsOf(value) : new Map<string, Node>()
  const mapped = /Mapped\[([\s\S]*)\]$/.exec(type ?? '')?.[1] ?? type
  const isOptional = /^(?:\w+\.)?Optional\[|\bNone\b/.test(mapped ?? '')
  const typed = args.find(
    (one, at) =>
      !(at === 0 && stringValue(one) !== null) && !/^(?:ForeignKey|Sequence|Identity|Computed)$/.test(calledName(one)),
  )
  const key = keywords.get('primary_key')?.text === 'True'
  const nullable = keywords.get('nullable')?.text
  const literal = value !== null && value.type !== 'call' ? value : undefined
  return plainColumn(stringValue(args[0]) ?? name, source.range(node), {
    type: (typed?.text ?? mapped)?.replace(/\s+/g, ' ') ?? null,
    key,
    nullable: !key && (nullable === undefined ? isOptional || mapped === null : nullable === 'True'),
    unique: keywords.get('unique')?.text === 'True',
    default: shownValue(keywords.get('default') ?? keywords.get('server_default') ?? literal),
    references: referenceOf(args, keywords),
    help: stringValue(keywords.get('comment') ?? keywords.get('doc') ?? keywords.get('description')),
  })
}

/** `ForeignKey('users.id')`, `foreign_key='user.id'`. */
function referenceOf(args: Node[], keywords: Map<string, Node>): ColumnFact['references'] {
  const call = args.find((one) => calledName(one) === 'ForeignKey')
  const target = call ? argumentsOf(call)[0] : keywords.get('foreign_key')
  const written = stringValue(target) ?? (target?.type === 'attribute' ? target.text : null)
  const parts = written?.split('.') ?? []
  return parts.length >= 2 ? { table: parts.at(-2) ?? '', column: parts.at(-1) ?? null } : null
}

function relationOf({ name, type, value }: Field): RawModel['relations'] {
  if (!/^(?:relationship|Relationship)$/.test(calledName(value)) || !value) return []
  const named = stringValue(argumentsOf(value)[0])
  const typed = /["']?(\w+)["']?(?:\s*\|\s*None)?\]*["']?$/.exec(type?.replace(/^Mapped\[|\]$/g, '') ?? '')?.[1]
  const table = named?.split('.').at(-1) ?? typed
  return table && table !== 'None'
    ? [{ name, table, many: /\b(?:list|List|set|Set)\b/.test(type ?? '') || type === null }]
    : []
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase()
}

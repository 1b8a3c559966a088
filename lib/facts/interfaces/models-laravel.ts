import type { ColumnFact, SourceRange } from '#lib/domain/facts.ts'
import type { SchemaStep } from '#lib/facts/parse/parsed-file.ts'
import { pluralOf } from './models-rails.ts'
import { plainColumn, schemaStep } from './schema-step.ts'

const SCHEMA =
  /\bSchema::(?:connection\([^)]*\)->)?(create|table|drop|dropIfExists|rename)\(\s*['"](\w+)['"](?:\s*,\s*['"](\w+)['"])?/
const STATEMENT = /\$table->(\w+)\(\s*([^;]*?)\)((?:->\w+\([^;]*?\))*)\s*;/g
const NO_COLUMN =
  /^(?:index|unique|primary|foreign|dropColumn|dropForeign|dropIndex|dropUnique|dropPrimary|dropIfExists|renameColumn|renameIndex|spatialIndex|fullText|engine|charset|collation|comment|drop\w+)$/

/** What the `up` of a Laravel migration changes. */
export function laravelSteps(path: string, text: string): SchemaStep[] {
  if (!text.includes('Schema::')) return []
  const down = /\bfunction\s+down\s*\(/.exec(text)
  const code = (down ? text.slice(0, down.index) : text).replace(
    /\/\*[\s\S]*?(?:\*\/|$)|(?<![:'"])\/\/[^\n]*/g,
    (comment) => comment.replace(/[^\n]/g, ' '),
  )
  const starts = [...code.matchAll(new RegExp(SCHEMA, 'g'))]
  return starts.flatMap((match, at) => {
    const [, verb, table = '', to] = match
    const body = code.slice(match.index, starts[at + 1]?.index ?? code.length)
    const start = code.slice(0, match.index).split('\n').length
    const end = start + body.trimEnd().split('\n').length - 1
    const place = { table, source: 'laravel', range: { path, start, end } }
    if (verb === 'rename') return to ? [schemaStep('rename table', place, { to })] : []
    if (/^drop/.test(verb ?? '')) return [schemaStep('drop table', place)]
    return [
      schemaStep(verb === 'create' ? 'create' : 'add', place, { columns: columnsIn(body, start, path) }),
      ...droppedIn(body).map((column) => schemaStep('drop', place, { column })),
    ]
  })
}

function columnsIn(body: string, firstLine: number, path: string): ColumnFact[] {
  const columns: ColumnFact[] = []
  for (const match of body.matchAll(STATEMENT)) {
    const [whole, type = '', args = '', chain = ''] = match
    const line = firstLine + body.slice(0, match.index).split('\n').length - 1
    const range = { path, start: line, end: line + whole.split('\n').length - 1 }
    const foreign = type === 'foreign' ? /['"](\w+)['"]/.exec(args)?.[1] : undefined
    if (type === 'primary') markKeys(columns, args)
    const owner = columns.find(({ name }) => name === foreign)
    if (owner) owner.references = constraintOf(owner.name, chain)
    else if (!NO_COLUMN.test(type)) columns.push(...columnsOf({ type, args, chain, range }))
  }
  return columns
}

function markKeys(columns: ColumnFact[], args: string): void {
  const keys = new Set(Array.from(args.matchAll(/['"](\w+)['"]/g), ([, name]) => name))
  for (const column of columns) if (keys.has(column.name)) Object.assign(column, { key: true, nullable: false })
}

interface Statement {
  type: string
  args: string
  chain: string
  range: SourceRange
}

function columnsOf({ type, args, chain, range }: Statement): ColumnFact[] {
  if (/^(?:nullableT|t)imestamps(?:Tz)?$/.test(type))
    return ['created_at', 'updated_at'].map((name) => plainColumn(name, range, { type: 'timestamp' }))
  if (/^softDeletes/.test(type)) return [plainColumn('deleted_at', range, { type: 'timestamp' })]
  if (type === 'rememberToken') return [plainColumn('remember_token', range, { type: 'string' })]
  const isKey = /^(?:id|(?:big|medium|small|tiny)?[iI]ncrements)$/.test(type) || /->primary\(/.test(chain)
  const linked = /^foreignIdFor$/.test(type) ? /(\w+)::class/.exec(args)?.[1] : undefined
  const second = linked ? /,\s*['"](\w+)['"]/.exec(args)?.[1] : undefined
  const implied = linked ? `${linked.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()}_id` : undefined
  const given = second ?? implied ?? /^\s*['"](\w+)['"]/.exec(args)?.[1]
  const name = given ?? (type === 'id' ? 'id' : undefined)
  if (!name) return []
  return [
    plainColumn(name, range, {
      type,
      key: isKey,
      nullable: /->nullable\((?!false)/.test(chain),
      unique: /->unique\(/.test(chain),
      default: /->useCurrent\(/.test(chain)
        ? 'CURRENT_TIMESTAMP'
        : (/->default\(\s*['"]?([^'")]*)/.exec(chain)?.[1] ?? null),
      references: constraintOf(name, chain),
      help: /->comment\(\s*(['"])(.*?)\1/.exec(chain)?.[2] ?? null,
    }),
  ]
}

/** `->constrained()`, `->references('id')->on('users')`. */
function constraintOf(column: string, chain: string): ColumnFact['references'] {
  const on = /->on\(\s*['"](\w+)['"]/.exec(chain)?.[1]
  if (on) return { table: on, column: /->references\(\s*['"](\w+)['"]/.exec(chain)?.[1] ?? null }
  const constrained = /->constrained\(\s*(?:['"](\w+)['"])?/.exec(chain)
  return constrained ? { table: constrained[1] ?? pluralOf(column.replace(/_id$/, '')), column: null } : null
}

function droppedIn(body: string): string[] {
  return [...body.matchAll(/\$table->dropColumn\(([^)]*)\)/g)].flatMap(([, args = '']) =>
    Array.from(args.matchAll(/['"](\w+)['"]/g), ([, name]) => name ?? ''),
  )
}

import type { ColumnFact, SourceRange } from '#lib/domain/facts.ts'
import type { SchemaStep } from '#lib/facts/parse/parsed-file.ts'
import { plainColumn, schemaStep } from './schema-step.ts'

const TABLE = /^\s*(create_table|change_table)[\s(]+(?:"([^"]+)"|'([^']+)'|:(\w+))(.*)\bdo\s*\|\s*(\w+)\s*\|/
const COLUMN = /^\s*(\w+)\.(\w+)[\s(]+(?:"([^"]+)"|'([^']+)'|:(\w+))(.*)$/
const CALL =
  /^\s*(add_column|remove_column|rename_column|rename_table|drop_table|change_column|add_reference|add_belongs_to|add_foreign_key)[\s(]+(.*)$/
const NO_COLUMN =
  /^(?:index|foreign_key|check_constraint|unique_constraint|exclusion_constraint|timestamps|remove|rename)$/

/** Tables of a `schema.rb`, or what a migration of Rails changes; what its `down` does is left out. */
export function railsSteps(path: string, text: string): SchemaStep[] {
  const lines = text.split(/\r?\n/)
  let table: SchemaStep | null = null
  let variable = ''
  let isDown = false
  return lines.flatMap((line, at): SchemaStep[] => {
    const range = { path, start: at + 1, end: at + 1 }
    if (/^\s*def\s+(?:self\.)?\w+/.test(line)) isDown = /^\s*def\s+(?:self\.)?down\b/.test(line)
    if (isDown || /^\s*#/.test(line)) return []
    const [, how, double, single, symbol, options = '', block = ''] = TABLE.exec(line) ?? []
    const name = double ?? single ?? symbol
    if (name) {
      const key = how === 'create_table' ? keyColumn(options, range) : []
      table = schemaStep(
        how === 'create_table' ? 'create' : 'add',
        { table: name, source: 'rails', range: { ...range } },
        { columns: key },
      )
      variable = block
      return [table]
    }
    if (!table) return callStep(line, range)
    table.range.end = at + 1
    if (/^\s*end\b/.test(line)) table = null
    else table.columns.push(...columnsOf(line, variable, range))
    return []
  })
}

/** The key Rails makes by itself. */
function keyColumn(options: string, range: SourceRange): ColumnFact[] {
  if (/\bid:\s*false\b|\bprimary_key:\s*\[/.test(options)) return []
  const type = /\bid:\s*:(\w+)/.exec(options)?.[1] ?? 'bigint'
  const name = /\bprimary_key:\s*["':](\w+)/.exec(options)?.[1] ?? 'id'
  return [plainColumn(name, range, { type, key: true, nullable: false })]
}

function columnsOf(line: string, variable: string, range: SourceRange): ColumnFact[] {
  if (new RegExp(`^\\s*${variable}\\.timestamps\\b`).test(line))
    return ['created_at', 'updated_at'].map((name) => plainColumn(name, range, { type: 'datetime', nullable: false }))
  const [, owner, type = '', double, single, symbol, options = ''] = COLUMN.exec(line) ?? []
  const name = double ?? single ?? symbol
  if (owner !== variable || !name || NO_COLUMN.test(type)) return []
  if (type !== 'column') return [columnOf({ name, type, options, range })]
  const given = /^\s*,\s*(?:["':])([\w ()]+)/.exec(options)?.[1]
  return [columnOf({ name, type: given ?? type, options, range })]
}

interface Written {
  name: string
  type: string
  options: string
  range: SourceRange
}

function columnOf({ name, type, options, range }: Written): ColumnFact {
  const isLink = /^(?:references|belongs_to)$/.test(type)
  const target = /foreign_key:\s*\{[^}]*to_table:\s*["':](\w+)/.exec(options)?.[1]
  const fallback = /\bdefault:\s*(?:"([^"]*)"|'([^']*)'|->\s*\{\s*"([^"]*)"\s*\}|([^,\s][^,]*))/.exec(options)
  const value =
    fallback
      ?.slice(1)
      .find((one) => one !== undefined)
      ?.trim() ?? null
  return plainColumn(isLink ? `${name}_id` : name, range, {
    type: isLink ? 'bigint' : type,
    nullable: !/\bnull:\s*false\b/.test(options),
    unique: /\bunique:\s*true\b/.test(options),
    default: value === 'nil' ? null : value,
    references: isLink && !/polymorphic/.test(options) ? { table: target ?? pluralOf(name), column: null } : null,
    help: /\bcomment:\s*"([^"]*)"/.exec(options)?.[1] ?? null,
  })
}

function callStep(line: string, range: SourceRange): SchemaStep[] {
  const [, verb, rest = ''] = CALL.exec(line) ?? []
  const names = rest.split(/\s*,\s*/).map((word) => /^["':]+(\w+)["']?/.exec(word.trim())?.[1] ?? '')
  const [table = '', second = '', third = ''] = names
  const place = { table, source: 'rails', range }
  if (!verb || !table) return []
  if (verb === 'drop_table') return [schemaStep('drop table', place)]
  if (!second) return []
  if (verb === 'rename_table') return [schemaStep('rename table', place, { to: second })]
  if (verb === 'remove_column') return [schemaStep('drop', place, { column: second })]
  if (verb === 'rename_column') return third ? [schemaStep('rename', place, { column: second, to: third })] : []
  if (verb === 'add_foreign_key') return [schemaStep('alter', place, { columns: [foreignColumn(second, rest, range)] })]
  const isLink = /^add_(?:reference|belongs_to)$/.test(verb)
  const options = rest.split(',').slice(2).join(',')
  const column = columnOf({ name: second, type: isLink ? 'references' : third, options, range })
  const kind = verb === 'change_column' ? 'alter' : 'add'
  return isLink || third ? [schemaStep(kind, place, { columns: [column] })] : []
}

function foreignColumn(table: string, options: string, range: SourceRange): ColumnFact {
  const name = /\bcolumn:\s*["':](\w+)/.exec(options)?.[1] ?? `${singularOf(table)}_id`
  return plainColumn(name, range, { references: { table, column: null } })
}

/** The plural Rails makes of a word, for the words tables are usually named by. */
export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`
}

/** The singular of a table's name. */
export function singularOf(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`
  return /(?:sses|xes|zes|ches|shes)$/.test(name) ? name.slice(0, -2) : name.replace(/(?<!s)s$/, '')
}

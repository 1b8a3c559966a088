import type { ColumnFact } from '#lib/domain/facts.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { type GoField, goStructs } from './go-structs.ts'
import { pluralOf } from './models-rails.ts'
import { plainColumn } from './schema-step.ts'

/** Structs that GORM keeps: those that embed `gorm.Model` or have `gorm` tags. */
export function gormModels({ root, source }: CodeFile): RawModel[] {
  if (!/\bgorm\.Model\b|gorm:"/.test(source.content)) return []
  const names = tableNames(source.content)
  return goStructs(root, source).flatMap(({ name, fields, node }) => {
    const embeds = fields.some((field) => field.name === '' && field.type === 'gorm.Model')
    if (!embeds && !fields.some(({ tags }) => tags.has('gorm'))) return []
    const columns = fields.flatMap((field) => (isColumn(field) ? [columnOf(field, source)] : []))
    const range = source.range(node)
    const table = names.get(name) ?? pluralOf(snakeCase(name))
    const key = embeds ? [plainColumn('id', range, { type: 'uint', key: true, nullable: false })] : []
    const relations = fields.flatMap((field) => {
      const target = /^(\[\])?\*?([A-Z]\w*)$/.exec(field.type)
      const isLink = /foreignKey|many2many|references:/i.test(field.tags.get('gorm') ?? '')
      return target?.[2] && isLink ? [{ name: field.name, table: target[2], many: target[1] !== undefined }] : []
    })
    return [{ name: table, symbol: name, source: 'gorm', help: null, columns: [...key, ...columns], relations, range }]
  })
}

/** `func (User) TableName() string { return "users" }`. */
function tableNames(content: string): Map<string, string> {
  const methods = content.matchAll(
    /func\s*\(\s*(?:\w+\s+)?\*?(\w+)\s*\)\s*TableName\(\)\s*string\s*\{\s*return\s+"([^"]+)"/g,
  )
  return new Map(Array.from(methods, ([, type, name]) => [type ?? '', name ?? '']))
}

const PLAIN =
  /^(?:\*?(?:u?int\d*|string|bool|float\d+|byte|time\.Time|\[\]byte|sql\.Null\w+|gorm\.DeletedAt|uuid\.UUID|datatypes\.\w+|json\.RawMessage|decimal\.Decimal))$/

function isColumn({ name, type, tags }: GoField): boolean {
  const tag = tags.get('gorm') ?? ''
  if (name === '' || !/^[A-Z]/.test(name) || /^-/.test(tag)) return false
  if (/foreignKey|many2many|polymorphic/i.test(tag)) return false
  return PLAIN.test(type) || /\b(?:column|type|serializer):|primaryKey|primary_key/i.test(tag)
}

function columnOf({ name, type, tags, help, node }: GoField, source: CodeFile['source']): ColumnFact {
  const options = new Map(
    (tags.get('gorm') ?? '').split(';').map((part) => {
      const [key = '', value] = part.split(/:(.*)/s, 2)
      return [key.trim().toLowerCase(), value ?? ''] as const
    }),
  )
  const key = options.has('primarykey') || options.has('primary_key') || name === 'ID'
  return plainColumn(options.get('column') ?? snakeCase(name), source.range(node), {
    type: options.get('type') ?? type,
    key,
    nullable: !key && !options.has('not null'),
    unique: options.has('unique') || options.has('uniqueindex'),
    default: options.get('default') ?? null,
    help: options.get('comment') ?? help,
  })
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase()
}

import type { ColumnFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { objectEntries, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { decoratorsOf } from './decorators.ts'
import { plainColumn } from './schema-step.ts'

const COLUMN =
  /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn)$/
const LINK = /^(?:ManyToOne|OneToOne|OneToMany|ManyToMany)$/

/** Entities of TypeORM. */
export function typeormModels({ root, source, packages }: CodeFile): RawModel[] {
  if (!packages.has('typeorm')) return []
  return root.descendantsOfType(['class_declaration', 'abstract_class_declaration']).flatMap((node) => {
    const entity = decoratorsOf(node).find(({ name }) => /^(?:Entity|ViewEntity)$/.test(name))
    const name = node.childForFieldName('name')?.text
    if (!entity || !name) return []
    const fields = (node.childForFieldName('body')?.namedChildren ?? []).filter(
      ({ type }) => type === 'public_field_definition',
    )
    const first = entity.args[0]
    const options = objectEntries(first?.type === 'object' ? first : entity.args[1])
    return [
      {
        name: stringValue(first) ?? stringValue(options.get('name')) ?? snakeCase(name),
        symbol: name,
        source: 'typeorm',
        help: null,
        columns: withLinks(
          fields.flatMap((field) => columnOf(field, source)),
          fields.flatMap((field) => linkColumn(field, source)),
        ),
        relations: fields.flatMap((field) => (linkColumn(field, source).length > 0 ? [] : relationOf(field))),
        range: source.range(node),
      },
    ]
  })
}

function columnOf(field: Node, source: SourceText): ColumnFact[] {
  const decorators = decoratorsOf(field)
  const column = decorators.find(({ name }) => COLUMN.test(name))
  const name = field.childForFieldName('name')?.text
  if (!column || !name) return []
  const object = column.args.find(({ type }) => type === 'object')
  const options = objectEntries(object)
  const written = field.childForFieldName('type')?.text.replace(/^:\s*/, '') ?? null
  const type = stringValue(column.args[0]) ?? stringValue(options.get('type')) ?? written
  const key = column.name.startsWith('Primary') || options.get('primary')?.text === 'true'
  return [
    plainColumn(stringValue(options.get('name')) ?? name, source.range(field), {
      type,
      key,
      nullable: options.get('nullable')?.text === 'true',
      unique: options.get('unique')?.text === 'true',
      default: shownValue(options.get('default')),
      help: stringValue(options.get('comment')),
    }),
  ]
}

/** Column that holds the key of another entity: a `ManyToOne` has one, a `OneToOne` where it joins. */
function linkColumn(field: Node, source: SourceText): ColumnFact[] {
  const decorators = decoratorsOf(field)
  const link = decorators.find(({ name }) => /^(?:ManyToOne|OneToOne)$/.test(name))
  const join = decorators.find(({ name }) => name === 'JoinColumn')
  const relation = relationOf(field)[0]
  const isOwner = link?.name === 'ManyToOne' || (link && join)
  // Several columns together make one key: which they are is not told as one column.
  if (!link || !isOwner || !relation || join?.args[0]?.type === 'array') return []
  const joined = objectEntries(join?.args[0])
  const target = stringValue(joined.get('referencedColumnName'))
  const name = stringValue(joined.get('name')) ?? camelCase(relation.name, target ?? 'id')
  const options = objectEntries(link.args.findLast(({ type }) => type === 'object'))
  return [
    plainColumn(name, source.range(field), {
      key: options.get('primary')?.text === 'true' || decorators.some((one) => one.name === 'PrimaryColumn'),
      nullable: options.get('nullable')?.text !== 'false',
      unique: link.name === 'OneToOne',
      references: { table: relation.table, column: target },
    }),
  ]
}

/** A key that the entity also names as a column of its own is that column. */
function withLinks(columns: ColumnFact[], links: ColumnFact[]): ColumnFact[] {
  const byName = new Map(links.map((link) => [link.name, link]))
  const own = new Set(columns.map(({ name }) => name))
  const joined = columns.map((column) => ({ ...column, references: byName.get(column.name)?.references ?? null }))
  return [...joined, ...links.filter(({ name }) => !own.has(name))].sort((a, b) => a.range.start - b.range.start)
}

/** TypeORM's own naming of such columns: `owner` and `id` make `ownerId`. */
function camelCase(name: string, target: string): string {
  return `${name}${target.charAt(0).toUpperCase()}${target.slice(1)}`
}

function relationOf(field: Node): RawModel['relations'] {
  const link = decoratorsOf(field).find(({ name }) => LINK.test(name))
  const name = field.childForFieldName('name')?.text
  const target = link?.args[0]
  const table = target?.type === 'arrow_function' ? target.childForFieldName('body')?.text : stringValue(target)
  return link && name && table && /^\w+$/.test(table) ? [{ name, table, many: link.name.endsWith('ToMany') }] : []
}

/** TypeORM's own naming of tables. */
function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

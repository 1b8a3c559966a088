import type { Node } from 'web-tree-sitter'
import type { ColumnFact } from '#lib/domain/facts.ts'
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
        columns: fields.flatMap((field) => columnOf(field, source)),
        relations: fields.flatMap(relationOf),
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

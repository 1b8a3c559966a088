import type { ColumnFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import { type Annotation, annotationsOf, annotationText } from './annotations.ts'
import type { CodeFile } from './code-file.ts'
import { plainColumn } from './schema-step.ts'

/** Entities of JPA. Fields of a mapped superclass belong to its own entry only when it is an entity itself. */
export function javaModels({ root, source }: CodeFile): RawModel[] {
  if (!/\b(?:javax|jakarta)\.persistence\b/.test(source.content)) return []
  return root.descendantsOfType('class_declaration').flatMap((node) => {
    const annotations = annotationsOf(node)
    const name = node.childForFieldName('name')?.text
    if (!name || !annotations.some((one) => one.name === 'Entity')) return []
    const table = annotations.find((one) => one.name === 'Table')
    const fields = (node.childForFieldName('body')?.namedChildren ?? []).filter(
      ({ type }) => type === 'field_declaration',
    )
    return [
      {
        name: annotationText(table, 'name') ?? snakeCase(name),
        symbol: name,
        source: 'jpa',
        help: null,
        columns: fields.flatMap((field) => columnOf(field, source)),
        relations: fields.flatMap(relationOf),
        range: source.range(node),
      },
    ]
  })
}

const LINK = /^(?:OneToMany|ManyToMany|ManyToOne|OneToOne|ElementCollection)$/

function columnOf(field: Node, source: CodeFile['source']): ColumnFact[] {
  const annotations = annotationsOf(field)
  const name = nameOf(field)
  const has = (wanted: string) => annotations.some((one) => one.name === wanted)
  const link = annotations.find((one) => LINK.test(one.name))
  const isStatic = /\bstatic\b/.test(field.firstNamedChild?.type === 'modifiers' ? field.firstNamedChild.text : '')
  if (
    !name ||
    isStatic ||
    has('Transient') ||
    has('Embedded') ||
    link?.name.endsWith('ToMany') ||
    has('ElementCollection')
  )
    return []
  const type = field.childForFieldName('type')?.text ?? null
  const column = annotations.find((one) => /^(?:Column|JoinColumn)$/.test(one.name))
  const written = (key: string) => column?.values.get(key)?.text
  return [
    plainColumn(
      annotationText(column, 'name') ?? (link ? `${snakeCase(name)}_id` : snakeCase(name)),
      source.range(field),
      {
        type,
        key: has('Id') || has('EmbeddedId'),
        nullable: !(has('Id') || written('nullable') === 'false' || annotations.some(isRequired)),
        unique: written('unique') === 'true',
        references: link && type ? { table: type, column: null } : null,
      },
    ),
  ]
}

function isRequired({ name }: Annotation): boolean {
  return /^(?:NotNull|NotBlank|NotEmpty|NonNull)$/.test(name)
}

function relationOf(field: Node): RawModel['relations'] {
  const link = annotationsOf(field).find((one) => /ToMany$/.test(one.name))
  const name = nameOf(field)
  const table = /<\s*(?:\w+\s*,\s*)?(\w+)\s*>/.exec(field.childForFieldName('type')?.text ?? '')?.[1]
  return link && name && table ? [{ name, table, many: true }] : []
}

function nameOf(field: Node): string | undefined {
  return field.childForFieldName('declarator')?.childForFieldName('name')?.text
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

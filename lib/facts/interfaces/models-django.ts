import type { ColumnFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, keywordsOf, shownValue, stringValue } from './arguments.ts'
import { calledName, type PythonClass } from './python-class.ts'
import { plainColumn } from './schema-step.ts'

const LINK = /^(?:ForeignKey|OneToOneField|ParentalKey)$/
const MANY = /^(?:ManyToManyField|ParentalManyToManyField|GenericRelation)$/

/** A Django model: a class with fields of `models`, unless its Meta says that it is abstract. */
export function djangoModel(one: PythonClass, source: SourceText): RawModel[] {
  const { name, bases, fields, meta, doc, node } = one
  if (bases.length === 0 || meta.get('abstract')?.text === 'True') return []
  const own = fields.filter(({ value }) => isModelField(value))
  const isModel = own.length > 0 || bases.some((base) => /(?:^|\.)models\.Model$/.test(base))
  if (!isModel || own.length === 0) return []
  const relations = own.flatMap(({ name: field, value }) => {
    const target = MANY.test(calledName(value)) ? targetOf(value, name) : null
    return target ? [{ name: field, table: target, many: true }] : []
  })
  return [
    {
      name: stringValue(meta.get('db_table')) ?? `${appOf(source.path)}${name.toLowerCase()}`,
      symbol: name,
      source: 'django',
      help: doc,
      columns: own.filter(({ value }) => !MANY.test(calledName(value))).map((field) => columnOf(field, name, source)),
      relations,
      range: source.range(node),
    },
  ]
}

/** `models.CharField(…)`, or a field class of somebody else given like one. */
function isModelField(value: Node | null): boolean {
  const callee = value?.type === 'call' ? (value.childForFieldName('function')?.text ?? '') : ''
  return /^(?:\w+\.)*models\.\w*(?:Field|ForeignKey)$/.test(callee) || LINK.test(callee) || MANY.test(callee)
}

function columnOf({ name, value, node }: PythonClass['fields'][number], owner: string, source: SourceText): ColumnFact {
  const keywords = value ? keywordsOf(value) : new Map<string, Node>()
  const type = calledName(value)
  const target = LINK.test(type) ? targetOf(value, owner) : null
  const key = keywords.get('primary_key')?.text === 'True'
  return plainColumn(stringValue(keywords.get('db_column')) ?? name, source.range(node), {
    type,
    key,
    nullable: keywords.get('null')?.text === 'True',
    unique: keywords.get('unique')?.text === 'True' || type === 'OneToOneField',
    default: shownValue(keywords.get('default') ?? keywords.get('db_default')),
    references: target ? { table: target, column: null } : null,
    help: textOf(keywords.get('help_text')),
  })
}

/** A text, also one marked for translation. */
function textOf(node: Node | undefined): string | null {
  const inner =
    node?.type === 'call' && /^(?:_|gettext(?:_lazy)?)$/.test(calledName(node)) ? argumentsOf(node)[0] : node
  return stringValue(inner)?.replace(/\s+/g, ' ') ?? null
}

/** The model a field points at: a class, or its name as text, `self` being the owner. */
function targetOf(value: Node | null, owner: string): string | null {
  const first = value ? (keywordsOf(value).get('to') ?? argumentsOf(value)[0]) : undefined
  const written = stringValue(first) ?? (/^(?:identifier|attribute)$/.test(first?.type ?? '') ? first?.text : undefined)
  if (!written || /[^\w.]/.test(written) || /AUTH_USER_MODEL$/.test(written)) return null
  return written === 'self' ? owner : (written.split('.').at(-1) ?? null)
}

/** Label of the app a models file belongs to, with the line that joins it to the model's name. */
function appOf(path: string): string {
  const app = /(?:^|\/)([^/]+)\/models(?:\.py$|\/)/.exec(path)?.[1]
  return app ? `${app}_` : ''
}

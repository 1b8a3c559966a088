import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { djangoModel } from './models-django.ts'
import { sqlalchemyModel, sqlalchemyTables } from './models-sqlalchemy.ts'
import { type PythonClass, pythonClass } from './python-class.ts'

/** Tables of Django, SQLAlchemy and SQLModel in a Python file. */
export function pythonModels(file: CodeFile): RawModel[] {
  const { root, source, packages } = file
  const has = (pattern: RegExp) => [...packages].some((name) => pattern.test(name))
  const isDjango = has(/^django(?:\.|$)/) || /\bmodels\.(?:\w+Field|ForeignKey)\(/.test(source.content)
  const isAlchemy = /\b(?:Column|mapped_column|Field|relationship)\(|__tablename__/.test(source.content)
  if (!isDjango && !isAlchemy) return []
  const classes = withInherited(root.descendantsOfType('class_definition').map(pythonClass))
  return [
    ...(isDjango ? classes.flatMap((one) => djangoModel(one, source)) : []),
    ...(isAlchemy ? classes.flatMap((one) => sqlalchemyModel(one, source)) : []),
    ...(has(/^sqlalchemy(?:\.|$)/) ? sqlalchemyTables(root, source) : []),
  ]
}

const MAX_DEPTH = 5

/** Classes with the fields of their bases in the same file in front: mixins and abstract models keep columns too. */
function withInherited(classes: PythonClass[]): PythonClass[] {
  const byName = new Map(classes.map((one) => [one.name, one]))
  const fieldsOf = (one: PythonClass, depth: number): PythonClass['fields'] => {
    const bases = depth < MAX_DEPTH ? one.bases.flatMap((base) => byName.get(base) ?? []) : []
    const mixed = bases.filter((base) => !/\btable=True\b/.test(base.options) && !base.fields.some(isTableName))
    const inherited = mixed.flatMap((base) => fieldsOf(base, depth + 1))
    const own = new Set(one.fields.map(({ name }) => name))
    return [...inherited.filter(({ name }) => !own.has(name)), ...one.fields]
  }
  return classes.map((one) => ({ ...one, fields: fieldsOf(one, 0) }))
}

function isTableName({ name }: PythonClass['fields'][number]): boolean {
  return name === '__tablename__'
}

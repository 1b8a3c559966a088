import type { RawKey } from '#lib/facts/parse/parsed-file.ts'

/** A struct or class that a configuration file is read into. */
export interface ConfigStruct {
  name: string
  fields: ConfigField[]
}

export interface ConfigField {
  /** As the file spells it. */
  key: string
  /** Type without pointers, lists and options, to find the struct of a section. */
  inner: string
  /** Fields of a struct written in place. */
  fields: ConfigField[]
  /** Its fields stand beside those of its owner. */
  isInline: boolean
  fact: Omit<RawKey, 'name' | 'owner'>
}

const ROOT = /(?:config|configuration|settings|options|conf|cfg)$/i
/** What is sent to somebody: `NewConfig`, `SaveUserSettings`. */
const SENT =
  /^(?:New|Save|Update|Create|Edit|Patch|Set|Get|Delete|List|Encodable)[A-Z]|(?:Request|Response|Payload|Input|Output)/
const MAX_DEPTH = 6
const MAX_KEYS = 400

/** Keys of the structs that are named as a configuration and are no section of another one, sections dotted. */
export function structKeys(structs: ConfigStruct[]): RawKey[] {
  const byName = new Map(structs.map((one) => [one.name, one]))
  const inner = new Set(structs.flatMap(({ name, fields }) => innerNames(fields).filter((one) => one !== name)))
  const roots = structs.filter(({ name }) => ROOT.test(name) && !SENT.test(name) && !inner.has(name))
  return roots.flatMap(({ name, fields }) =>
    keysOf(fields, { prefix: '', owner: name, byName, around: [name] }).slice(0, MAX_KEYS),
  )
}

function innerNames(fields: ConfigField[]): string[] {
  return fields.flatMap(({ inner, fields: own }) => [inner, ...innerNames(own)])
}

interface Walk {
  prefix: string
  owner: string
  byName: Map<string, ConfigStruct>
  /** Structs that the fields stand in: one that holds itself is told once. */
  around: string[]
}

function keysOf(fields: ConfigField[], walk: Walk): RawKey[] {
  return fields.flatMap(({ key, inner, fields: own, isInline, fact }) => {
    const isFurther = walk.around.length <= MAX_DEPTH && !walk.around.includes(inner)
    const section = own.length > 0 ? own : isFurther ? (walk.byName.get(inner)?.fields ?? []) : []
    const name = `${walk.prefix}${key}`
    if (section.length === 0) return isInline ? [] : [{ name, owner: walk.owner, ...fact }]
    return keysOf(section, { ...walk, prefix: isInline ? walk.prefix : `${name}.`, around: [...walk.around, inner] })
  })
}

import type { ColumnFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { byText } from '#lib/facts/order.ts'
import type { RawModel, SchemaStep } from '#lib/facts/parse/parsed-file.ts'

/** Tables that are left when migrations have run: each folder's steps in the order of the file names. */
export function foldSchema(steps: SchemaStep[]): RawModel[] {
  const groups = Map.groupBy(steps, ({ range }) => groupOf(range.path))
  const folded = [...groups]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([, own]) => {
      const tables = new Map<string, RawModel>()
      const files = [...Map.groupBy(own, ({ range }) => range.path)]
      for (const [, inFile] of files.sort(([a], [b]) => byText(orderKey(a), orderKey(b))))
        for (const step of inFile) apply(tables, step)
      return [...tables.values()]
    })
  return oncePerName(folded)
}

/** Folder whose files make one history; a migration that is a folder of its own counts as a file. */
function groupOf(path: string): string {
  const dir = dirOf(path)
  const isOwnFolder = /(?:^|\/)(?:migration|up)\.sql$/.test(path) && /\/[\d_]{4,}[^/]*$/.test(dir)
  return isOwnFolder || /\/v?\d+(?:\.\d+)*$/.test(dir) ? dirOf(dir) : dir
}

/** File name in which numbers sort by value. */
function orderKey(path: string): string {
  return path.replace(/\d+/g, (digits) => digits.padStart(20, '0'))
}

/** Dialects repeat a schema: the first folder that has a table is read. */
function oncePerName(models: RawModel[]): RawModel[] {
  const seen = new Set<string>()
  return models.filter(({ name }) => {
    const key = name.toLowerCase()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function apply(tables: Map<string, RawModel>, step: SchemaStep): void {
  const key = step.table.toLowerCase()
  const table = tables.get(key)
  if (step.kind === 'create') {
    if (table && table.range.path === step.range.path) return
    const { columns, source, range } = step
    tables.set(key, { name: step.table, symbol: null, source, help: null, columns, relations: [], range })
  } else if (!table) return
  else if (step.kind === 'drop table') tables.delete(key)
  else if (step.kind === 'rename table') {
    tables.delete(key)
    tables.set((step.to ?? '').toLowerCase(), { ...table, name: step.to ?? table.name })
  } else tables.set(key, { ...table, columns: changed(table.columns, step) })
}

function changed(columns: ColumnFact[], { kind, columns: given, column, to }: SchemaStep): ColumnFact[] {
  const isOld = ({ name }: ColumnFact) => name.toLowerCase() === column?.toLowerCase()
  if (kind === 'drop') return columns.filter((one) => !isOld(one))
  if (kind === 'rename') return columns.map((one) => (isOld(one) ? { ...one, name: to ?? one.name } : one))
  const named = new Map(given.map((one) => [one.name.toLowerCase(), one]))
  const merged = columns.map((one) => {
    const next = named.get(one.name.toLowerCase())
    return next ? mergedColumn(one, next) : one
  })
  if (kind === 'alter') return merged
  const known = new Set(columns.map(({ name }) => name.toLowerCase()))
  return [...merged, ...given.filter(({ name }) => !known.has(name.toLowerCase()))]
}

function mergedColumn(old: ColumnFact, next: ColumnFact): ColumnFact {
  return {
    ...old,
    type: next.type ?? old.type,
    nullable: old.nullable && next.nullable,
    default: next.default ?? old.default,
    key: old.key || next.key,
    unique: old.unique || next.unique,
    references: next.references ?? old.references,
    help: next.help ?? old.help,
  }
}

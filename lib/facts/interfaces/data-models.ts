import type { DataModelFact, Facts, ImportFact } from '#lib/domain/facts.ts'
import { byPlace, byText } from '#lib/facts/order.ts'
import type { ParsedFile, RawModel, SchemaStep } from '#lib/facts/parse/parsed-file.ts'
import { foldSchema } from './fold-schema.ts'
import { prismaModels } from './models-prisma.ts'
import { sqlSteps } from './models-sql.ts'

interface Sources {
  sources: ParsedFile[]
  texts: Map<string, string>
  imports: ImportFact[]
}

/** Tables and models of the repository. A model in code or in a schema file tells more than the SQL that makes its table. */
export function dataModelsOf({ sources, texts, imports }: Sources): Facts['dataModels'] {
  const declared = [
    ...prismaModels([...texts].filter(([path]) => path.endsWith('.prisma'))),
    ...sources.flatMap(({ models }) => models),
  ]
  const inTexts = [...texts].flatMap(([path, text]) =>
    /\.sql$/i.test(path) && !isUndo(path) ? sqlSteps(path, text) : [],
  )
  const steps = withoutHistory([...inTexts, ...sources.flatMap(({ schemaSteps }) => schemaSteps)], declared)
  const tables = foldSchema(steps)
  const named = linked(completed(declared, tables)).filter(({ columns }) => columns.length > 0)
  return named
    .map((model) => ({ ...model, usedIn: importsOf(model, imports) }))
    .sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name))
}

/** Declared models, those of which a table is known too with the columns that only the table has; then the other tables. */
function completed(declared: RawModel[], tables: RawModel[]): RawModel[] {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]))
  const taken = new Set(declared.map(({ name }) => name.toLowerCase()))
  const whole = declared.map((model) => {
    const known = new Set(model.columns.map(({ name }) => name.toLowerCase()))
    const more =
      byName.get(model.name.toLowerCase())?.columns.filter(({ name }) => !known.has(name.toLowerCase())) ?? []
    return model.source === 'jpa' ? { ...model, columns: [...more, ...model.columns] } : model
  })
  return [...whole, ...tables.filter(({ name }) => !taken.has(name.toLowerCase()))]
}

function isUndo(path: string): boolean {
  return /(?:^|\/)down\.sql$|\.down\.sql$|(?:^|\/)U\d[^/]*__[^/]*\.sql$|[-_.](?:down|rollback|undo)\.sql$/i.test(path)
}

/** A file that holds the whole schema of its folder. */
const SUMMARY = /(?:^|\/)(?:\w*schema\.rb|(?:\w*schema|structure|latest|init)\.sql)$/i
/** Migrations below such a file. */
const HISTORY = /(?:^|\/)(?:migrat\w*|v?\d+(?:\.\d+)+|changes?|versions?)\/|^v?\d[^/]*\.sql$/i

/** Migrations that a schema file sums up are history. */
function withoutHistory(steps: SchemaStep[], declared: RawModel[]): SchemaStep[] {
  const isPrisma = declared.some(({ source }) => source === 'prisma')
  const summed = steps.filter(({ kind, range }) => kind === 'create' && SUMMARY.test(range.path))
  const folders = [...new Set(summed.map(({ range }) => range.path.replace(/[^/]*$/, '')))]
  const isBelow = (path: string) =>
    folders.some((folder) => path.startsWith(folder) && HISTORY.test(path.slice(folder.length)))
  return steps.filter(({ range: { path } }) => {
    if (isPrisma && /(?:^|\/)migrations\/[^/]+\/migration\.sql$/.test(path)) return false
    return SUMMARY.test(path) || !isBelow(path)
  })
}

/** Targets of links as tables, where the code names a class or constant of the same kind. */
function linked(models: RawModel[]): RawModel[] {
  const bySymbol = new Map<string, string | null>()
  for (const { source, symbol, name } of models) {
    const key = `${source} ${symbol}`
    if (symbol) bySymbol.set(key, bySymbol.has(key) && bySymbol.get(key) !== name ? null : name)
  }
  const byName = new Map(models.map(({ name }) => [name.toLowerCase(), name]))
  return models.map((model) => {
    const tableOf = (target: string) =>
      bySymbol.get(`${model.source} ${target}`) ??
      (model.symbol ? undefined : byName.get(target.toLowerCase())) ??
      target
    const columns = model.columns.map((column) => {
      const { references } = column
      return references ? { ...column, references: { ...references, table: tableOf(references.table) } } : column
    })
    const relations = model.relations.map((relation) => ({ ...relation, table: tableOf(relation.table) }))
    return { ...model, columns, relations }
  })
}

const MOST_USES = 20

function importsOf({ symbol, range }: RawModel, imports: ImportFact[]): DataModelFact['usedIn'] {
  if (!symbol) return []
  return imports
    .filter(({ to, from, names }) => to === range.path && from !== to && names.includes(symbol))
    .map((one) => one.range)
    .sort(byPlace)
    .slice(0, MOST_USES)
}

import { cite } from '#lib/domain/citations.ts'
import type { ColumnFact, DataModelFact, Facts } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { entityDiagram } from './entity-diagram.ts'
import { offered } from './interface-tables.ts'
import { blocks, code, escapeText, fence, heading, pageLink, table } from './markdown.ts'
import { placesOf } from './page-places.ts'
import { byText, count, firstWords, listOf, sentence } from './wording.ts'

/** A model, and the page of the reference that tells all of it; null when there is none. */
export type ShownModel = DataModelFact & { slug: string | null }

interface SelectedModels {
  title: string
  models: ShownModel[]
}

/** Tables whose columns are shown; more would be a page nobody reads. */
const MOST_TABLES = 80
const SHOWN_USES = 3
const SHOWN_WORDS = 7

export const dataModelComposer: Composer<SelectedModels> = { select, compose }

/** Tables and models that the project itself declares. */
export function offeredModels(facts: Facts): DataModelFact[] {
  return offered(facts, facts.dataModels, (model) => model.range.path)
}

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedModels {
  return { title: page.title, models: shownModels(facts, plan) }
}

/** Tables and models that the project itself declares, by name. */
export function shownModels(facts: Facts, plan: Plan): ShownModel[] {
  const places = placesOf(facts, plan)
  return offeredModels(facts)
    .toSorted((a, b) => byText(a.name, b.name))
    .map((model) => ({ ...model, slug: model.symbol ? places.ofFile(model.range.path) : null }))
}

function compose({ title, models }: SelectedModels): string {
  const columns = models.reduce((sum, model) => sum + model.columns.length, 0)
  const diagram = entityDiagram(models)
  const rest = models.slice(MOST_TABLES)
  return blocks(
    heading(1, escapeText(title)),
    `The code declares ${count(models.length, 'table')} with ${count(columns, 'column')} in all.`,
    diagram && blocks(heading(2, 'How they belong together'), fence(diagram, 'mermaid')),
    modelSections(models, 2),
    rest.length > 0 && blocks(heading(2, 'More tables'), modelTable(rest)),
  )
}

/** A section for each, as far as they are shown. */
export function modelSections(models: ShownModel[], level: number): string {
  const shown = new Map(models.map((model) => [model.name, shownName(model)]))
  return blocks(
    ...models
      .slice(0, MOST_TABLES)
      .map((model) => blocks(heading(level, code(shownName(model))), modelText(model, shown))),
  )
}

/** A table that bears a name by convention is known to the code by its class alone. */
function shownName({ name, symbol, source }: DataModelFact): string {
  return source === 'django' && symbol && name.endsWith(`_${symbol.toLowerCase()}`) ? symbol : name
}

function modelText(model: ShownModel, shown: ReadonlyMap<string, string>): string {
  const name = shownName(model)
  return blocks(
    helpOf(model),
    name !== model.name && `Its table is ${escapeText(model.name)}.`,
    columnTable(model.columns, shown),
    relationSentence(model, shown),
    usesSentence(model),
    `Declared at ${cite(model.range)}.`,
  )
}

/** The reference tells all of a doc comment; here stand its first words. */
function helpOf({ help, symbol, slug }: ShownModel): string {
  if (!help) return ''
  if (!slug || !symbol) return escapeText(sentence(help))
  return `${escapeText(sentence(firstWords(help, SHOWN_WORDS)))} More in the reference of ${pageLink(code(symbol), slug)}.`
}

function columnTable(columns: ColumnFact[], shown: ReadonlyMap<string, string>): string {
  const rows = columns.map((column) => [
    code(column.name),
    code(column.type ?? ''),
    column.nullable ? 'yes' : '',
    code(column.default ?? ''),
    keyOf(column, shown),
    escapeText(column.help ?? ''),
    cite(column.range),
  ])
  return table(['Column', 'Type', 'Null', 'Default', 'Key', 'Meaning', 'Declared at'], rows)
}

function keyOf({ key, unique, references }: ColumnFact, shown: ReadonlyMap<string, string>): string {
  const column = references?.column ? ` (${escapeText(references.column)})` : ''
  const target = references ? `${code(shown.get(references.table) ?? references.table)}${column}` : ''
  return [key && 'primary', unique && 'unique', target && `refers to ${target}`].filter(Boolean).join(', ')
}

function relationSentence({ relations }: DataModelFact, shown: ReadonlyMap<string, string>): string {
  if (relations.length === 0) return ''
  const links = relations.map(
    ({ name, table: target, many }) => `${code(name)} (${many ? 'many ' : ''}${code(shown.get(target) ?? target)})`,
  )
  return `It is linked by ${listOf(links)}.`
}

function usesSentence({ symbol, usedIn }: DataModelFact): string {
  if (!symbol || usedIn.length === 0) return ''
  return `${code(symbol)} is imported at ${listOf(usedIn.slice(0, SHOWN_USES).map(cite))}.`
}

function modelTable(models: DataModelFact[]): string {
  const rows = models.map((model) => [code(shownName(model)), count(model.columns.length, 'column'), cite(model.range)])
  return table(['Table', 'Size', 'Declared at'], rows)
}

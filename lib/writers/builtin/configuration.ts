import type { ConfigurationKeyFact, EnvironmentFact, Facts } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { keySections, offeredKeys } from './configuration-keys.ts'
import { documentedVariables, type VariableMeaning } from './documented-variables.ts'
import { environmentTable, offeredEnvironment } from './interface-tables.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import { count, grouped } from './wording.ts'

interface SelectedConfiguration {
  title: string
  variables: EnvironmentFact[]
  /** What documents say of variables, by name. */
  meanings: [name: string, meaning: VariableMeaning][]
  keys: ConfigurationKeyFact[]
}

export const configurationComposer: Composer<SelectedConfiguration> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedConfiguration {
  const variables = offeredEnvironment(facts)
  return {
    title: page.title,
    variables,
    meanings: [...documentedVariables(facts, variables)],
    keys: offeredKeys(facts),
  }
}

function compose({ title, variables, meanings, keys }: SelectedConfiguration): string {
  const files = new Set(keys.map(({ range }) => range.path)).size
  return blocks(
    heading(1, escapeText(title)),
    variables.length > 0 &&
      `The project reads ${count(variables.length, 'environment variable')}${defaultsOf(variables)}.`,
    keys.length > 0 && `Configuration takes ${count(keys.length, 'key')}, defined in ${count(files, 'file')}.`,
    variables.length > 0 && blocks(heading(2, 'Environment variables'), environmentTable(variables, new Map(meanings))),
    keySections(keys),
  )
}

function defaultsOf(variables: EnvironmentFact[]): string {
  const known = variables.filter((variable) => variable.default).length
  if (known === 0) return ''
  if (known === variables.length) return variables.length === 1 ? ', which has a default' : ', each with a default'
  return `; ${grouped(known)} of them ${known === 1 ? 'has' : 'have'} a default`
}

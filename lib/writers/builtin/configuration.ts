import type { ConfigurationKeyFact, EnvironmentFact, Facts } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { keySections, offeredKeys } from './configuration-keys.ts'
import { environmentTable, offeredEnvironment } from './interface-tables.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import { count } from './wording.ts'

interface SelectedConfiguration {
  title: string
  variables: EnvironmentFact[]
  keys: ConfigurationKeyFact[]
}

export const configurationComposer: Composer<SelectedConfiguration> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedConfiguration {
  return { title: page.title, variables: offeredEnvironment(facts), keys: offeredKeys(facts) }
}

function compose({ title, variables, keys }: SelectedConfiguration): string {
  const withDefault = variables.filter((variable) => variable.default !== null).length
  const defaults = withDefault > 0 ? ` ${count(withDefault, 'of them has', 'of them have')} a default in the code.` : ''
  const files = new Set(keys.map(({ range }) => range.path)).size
  return blocks(
    heading(1, escapeText(title)),
    variables.length > 0 && `The code reads ${count(variables.length, 'environment variable')}.${defaults}`,
    keys.length > 0 && `Configuration takes ${count(keys.length, 'key')}, defined in ${count(files, 'file')}.`,
    variables.length > 0 && blocks(heading(2, 'Environment variables'), environmentTable(variables)),
    keySections(keys),
  )
}

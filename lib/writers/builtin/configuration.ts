import type { EnvironmentFact, Facts } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { environmentTable, offeredEnvironment } from './interface-tables.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import { count } from './wording.ts'

interface SelectedConfiguration {
  title: string
  variables: EnvironmentFact[]
}

export const configurationComposer: Composer<SelectedConfiguration> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedConfiguration {
  return { title: page.title, variables: offeredEnvironment(facts) }
}

function compose({ title, variables }: SelectedConfiguration): string {
  const withDefault = variables.filter((variable) => variable.default !== null).length
  const defaults = withDefault > 0 ? ` ${count(withDefault, 'of them has', 'of them have')} a default in the code.` : ''
  return blocks(
    heading(1, escapeText(title)),
    `The code reads ${count(variables.length, 'environment variable')}.${defaults}`,
    heading(2, 'Environment variables'),
    environmentTable(variables),
  )
}

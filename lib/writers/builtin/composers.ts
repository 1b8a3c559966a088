import type { Facts } from '#lib/domain/facts.ts'
import type { PageKind, Plan, PlanPage } from '#lib/domain/plan.ts'
import { architectureComposer } from './architecture.ts'
import { commandsComposer } from './commands.ts'
import type { Composer } from './composer.ts'
import { conceptsComposer } from './concepts.ts'
import { configurationComposer } from './configuration.ts'
import { dataModelComposer } from './data-model-page.ts'
import { developmentComposer } from './development.ts'
import { examplesComposer } from './examples.ts'
import { gettingStartedComposer } from './getting-started.ts'
import { moduleComposer } from './module.ts'
import { overviewComposer } from './overview.ts'
import { packageComposer } from './package.ts'
import { routesComposer } from './routes.ts'

/** What goes into a page as canonical text, and the page it gives. */
export interface Draft {
  /** JSON of exactly what the page uses, with sorted keys. */
  selected(): string
  markdown(): string
}

type Drafter = (facts: Facts, page: PlanPage, plan: Plan) => Draft

const DRAFTERS = {
  overview: drafterOf(overviewComposer),
  getting_started: drafterOf(gettingStartedComposer),
  concepts: drafterOf(conceptsComposer),
  architecture: drafterOf(architectureComposer),
  package: drafterOf(packageComposer),
  module: drafterOf(moduleComposer),
  commands: drafterOf(commandsComposer),
  configuration: drafterOf(configurationComposer),
  routes: drafterOf(routesComposer),
  data_models: drafterOf(dataModelComposer),
  examples: drafterOf(examplesComposer),
  development: drafterOf(developmentComposer),
} satisfies Record<PageKind, Drafter>

/** The page of a plan in the built-in writer's words. */
export function draftPage(facts: Facts, page: PlanPage, plan: Plan): Draft {
  return DRAFTERS[page.kind](facts, page, plan)
}

function drafterOf<Selected>({ select, compose }: Composer<Selected>): Drafter {
  return (facts, page, plan) => {
    const selected = select(facts, page, plan)
    return { selected: () => canonicalJson(selected), markdown: () => `${compose(selected)}\n` }
  }
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    const keys = Object.keys(inner).sort()
    return Object.fromEntries(keys.map((key) => [key, (inner as Record<string, unknown>)[key]]))
  })
}

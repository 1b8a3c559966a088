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
import { blocks } from './markdown.ts'
import { maskedSecrets } from './masked-secrets.ts'
import { moduleComposer } from './module.ts'
import { overviewComposer } from './overview.ts'
import { packageComposer } from './package.ts'
import { notesText, pageNotes } from './page-notes.ts'
import { routesComposer } from './routes.ts'
import { topicComposer } from './topic.ts'

/** What goes into a page, and the page it gives. */
export interface Draft {
  /** Plain data: exactly what the page uses. */
  selected: unknown
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
  topic: drafterOf(topicComposer),
} satisfies Record<PageKind, Drafter>

/** Those made last: who looks at a page, writes it and notes what it was made from asks for the same one each time. */
const recent = new WeakMap<Facts, { page: PlanPage; plan: Plan; draft: Draft }[]>()
const MOST_RECENT = 8

/** The page of a plan in the built-in writer's words. */
export function draftPage(facts: Facts, page: PlanPage, plan: Plan): Draft {
  const known = draftedBefore(facts, page, plan)
  if (known) return known
  const draft = DRAFTERS[page.kind](facts, page, plan)
  recent.set(facts, [...(recent.get(facts) ?? []).slice(1 - MOST_RECENT), { page, plan, draft }])
  return draft
}

/**
 * As `draftPage`, but a draft that is made for this is not held: an update looks at hundreds of pages once, and drafts
 * that wait for nobody cost the collector of garbage more than making them.
 */
export function draftOnce(facts: Facts, page: PlanPage, plan: Plan): Draft {
  return draftedBefore(facts, page, plan) ?? DRAFTERS[page.kind](facts, page, plan)
}

function draftedBefore(facts: Facts, page: PlanPage, plan: Plan): Draft | undefined {
  return recent.get(facts)?.find((one) => one.page === page && one.plan === plan)?.draft
}

function drafterOf<Selected>({ select, compose }: Composer<Selected>): Drafter {
  return (facts, page, plan) => {
    const selected = select(facts, page, plan)
    const notes = pageNotes(facts, plan, selected)
    const markdown = () => `${maskedSecrets(blocks(compose(selected), notesText(notes)))}\n`
    return { selected: notes.length === 0 ? selected : { selected, notes }, markdown }
  }
}

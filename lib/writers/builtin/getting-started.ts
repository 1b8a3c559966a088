import type { EntryPointFact, EnvironmentFact, Facts } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { documentedVariables, type VariableMeaning } from './documented-variables.ts'
import { type FirstSteps, firstSteps, firstStepsText } from './first-steps.ts'
import { binaries, binaryTable, environmentTable, offeredEnvironment } from './interface-tables.ts'
import { type KeySymbol, keySymbolsFor, keySymbolText } from './key-symbols.ts'
import { blocks, bullets, escapeText, heading, pageLink } from './markdown.ts'

interface SelectedStart {
  title: string
  steps: FirstSteps
  keySymbols: KeySymbol[]
  /** Only when no page of their own lists them. */
  binaries: EntryPointFact[]
  variables: EnvironmentFact[]
  meanings: [name: string, meaning: VariableMeaning][]
  next: { slug: string; title: string }[]
}

const NEXT_KINDS = ['commands', 'configuration', 'routes', 'examples', 'concepts', 'architecture']
const SHOWN_NEXT = 8
const SHOWN_GUIDES = 3

export const gettingStartedComposer: Composer<SelectedStart> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedStart {
  const pages = planPages(plan)
  const has = (kind: PlanPage['kind']) => pages.some((one) => one.kind === kind)
  return {
    title: page.title,
    steps: firstSteps(facts, plan.repo_type, plan),
    keySymbols: keySymbolsFor(facts, plan, 'getting_started'),
    binaries: has('commands') ? [] : binaries(facts),
    variables: has('configuration') ? [] : offeredEnvironment(facts),
    meanings: has('configuration') ? [] : [...documentedVariables(facts, offeredEnvironment(facts))],
    next: nextPages(pages).map(({ slug, title }) => ({ slug, title })),
  }
}

/** Guides for beginners, then the pages for use. */
function nextPages(pages: PlanPage[]): PlanPage[] {
  const guides = pages.filter((one) => one.kind === 'examples' && one.subject !== undefined)
  const first = guides.filter((one) => BEGINNERS.test(one.slug))
  const others = pages.filter((one) => NEXT_KINDS.includes(one.kind) && one.subject === undefined)
  return [...(first.length > 0 ? first : guides).slice(0, SHOWN_GUIDES), ...others].slice(0, SHOWN_NEXT)
}

const BEGINNERS = /quick-?start|getting-started|install|tutorial|intro|basic|first|usage/

function compose({ title, steps, keySymbols, binaries: commands, variables, meanings, next }: SelectedStart): string {
  return blocks(
    heading(1, escapeText(title)),
    firstStepsText(steps),
    keySymbolText(keySymbols),
    commands.length > 0 && blocks(heading(2, 'Commands'), binaryTable(commands)),
    variables.length > 0 && blocks(heading(2, 'Environment variables'), environmentTable(variables, new Map(meanings))),
    next.length > 0 &&
      blocks(heading(2, 'Next'), bullets(next.map((one) => pageLink(escapeText(one.title), one.slug)))),
  )
}

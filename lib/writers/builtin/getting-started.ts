import type { EntryPointFact, EnvironmentFact, Facts, ScriptFact } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { type InstallSteps, installSteps, installText, quotedText, startScripts } from './install-steps.ts'
import { binaries, binaryTable, environmentTable, offeredEnvironment, scriptTable } from './interface-tables.ts'
import { blocks, bullets, escapeText, heading, pageLink } from './markdown.ts'
import { type QuotedSection, quotedTopic } from './readme.ts'
import { exampleText, type SymbolExample, symbolExamples } from './symbol-examples.ts'

interface SelectedStart {
  title: string
  requirements: QuotedSection[]
  install: InstallSteps
  usage: QuotedSection[]
  examples: SymbolExample[]
  scripts: ScriptFact[]
  /** Only when no page of their own lists them. */
  binaries: EntryPointFact[]
  variables: EnvironmentFact[]
  next: { slug: string; title: string; description: string }[]
}

const NEXT_KINDS = ['commands', 'configuration', 'routes', 'examples', 'architecture']

export const gettingStartedComposer: Composer<SelectedStart> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedStart {
  const pages = planPages(plan)
  const has = (kind: PlanPage['kind']) => pages.some((one) => one.kind === kind)
  const usage = quotedTopic(facts, 'usage')
  return {
    title: page.title,
    requirements: quotedTopic(facts, 'requirements'),
    install: installSteps(facts, plan.repo_type),
    usage,
    examples: usage.length > 0 ? [] : symbolExamples(facts, 3),
    scripts: plan.repo_type === 'app' ? startScripts(facts) : [],
    binaries: has('commands') ? [] : binaries(facts),
    variables: has('configuration') ? [] : offeredEnvironment(facts),
    next: pages
      .filter((one) => NEXT_KINDS.includes(one.kind))
      .slice(0, 5)
      .map(({ slug, title, description }) => ({ slug, title, description })),
  }
}

function compose(selected: SelectedStart): string {
  const { requirements, usage, examples, scripts } = selected
  const quotedAll = (sections: QuotedSection[]) =>
    sections.map((section, at) => quotedText(section, { level: 3, isFirst: at === 0 }))
  return blocks(
    heading(1, escapeText(selected.title)),
    requirements.length > 0 && blocks(heading(2, 'Requirements'), ...quotedAll(requirements)),
    installText(selected.install, 2),
    usage.length > 0 && blocks(heading(2, 'First use'), ...quotedAll(usage)),
    examples.length > 0 && blocks(heading(2, 'First use'), ...examples.map(exampleText)),
    scripts.length > 0 && blocks(heading(2, 'Run it'), scriptTable(scripts)),
    selected.binaries.length > 0 && blocks(heading(2, 'Commands'), binaryTable(selected.binaries)),
    selected.variables.length > 0 && blocks(heading(2, 'Environment variables'), environmentTable(selected.variables)),
    selected.next.length > 0 &&
      blocks(heading(2, 'Next'), bullets(selected.next.map(({ slug, title }) => pageLink(escapeText(title), slug)))),
  )
}

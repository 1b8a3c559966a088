import { cite } from '#lib/domain/citations.ts'
import type {
  CommandFact,
  ConfigurationKeyFact,
  DependencyFact,
  EnvironmentFact,
  Facts,
  FlagFact,
  ScriptFact,
  SourceRange,
} from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { keySections, offeredKeys } from './configuration-keys.ts'
import { modelSections, type ShownModel, shownModels } from './data-model-page.ts'
import {
  commandTable,
  environmentTable,
  flagTable,
  offered,
  offeredEnvironment,
  offeredFlags,
  offeredRoutes,
  oncePer,
  routeTable,
  toolingCommands,
  toolingEnvironment,
  toolingFlags,
} from './interface-tables.ts'
import { blocks, bullets, code, escapeText, heading, pageLink, table } from './markdown.ts'
import { packagesIn } from './packages.ts'
import { placesOf } from './page-places.ts'
import { quotedText } from './quoted-text.ts'
import { type HandledRoute, handledRoutes } from './route-handlers.ts'
import { developmentUnits, type SetupUnit } from './setup-units.ts'
import { jobTable, taskSections } from './task-tables.ts'
import { type TestFolder, type TestStart, testSection, testsOf, usualStarts } from './test-section.ts'
import { byText, count, grouped, listOf } from './wording.ts'

export interface DevelopmentParts {
  /** What the README tells those who build, test and change it. */
  units: SetupUnit[]
  scripts: ScriptFact[]
  /** What only a machine starts: the jobs of CI. */
  jobs: ScriptFact[]
  /** Packages whose own pages list their tasks. */
  packages: { name: string; slug: string; path: string }[]
  tests: TestFolder[]
  testScripts: ScriptFact[]
  testStarts: TestStart[]
  layout: { folder: string; files: number; lines: number; languages: string[] }[]
  dependencies: DependencyFact[]
  documents: { path: string; slug: string | null; headings: string[]; citation: SourceRange }[]
  /** Commands of scripts around the project. */
  commands: CommandFact[]
  /** Interfaces too few for a page of their own, and those of scripts around the project. */
  flags: FlagFact[]
  routes: HandledRoute[]
  variables: EnvironmentFact[]
  keys: ConfigurationKeyFact[]
  models: ShownModel[]
}

interface SelectedDevelopment extends DevelopmentParts {
  title: string
}

const SHOWN_SCRIPTS = 150
const SHOWN_JOBS = 100
const SHOWN_FOLDERS = 30
const SHOWN_DEPENDENCIES = 40
const SHOWN_HEADINGS = 8

export const developmentComposer: Composer<SelectedDevelopment> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedDevelopment {
  return { title: page.title, ...developmentOf(facts, plan) }
}

/** What there is to say to those who change the project, and of interfaces that no page of this plan tells. */
export function developmentOf(facts: Facts, plan: Plan): DevelopmentParts {
  const kinds = new Set(planPages(plan).map((one) => one.kind))
  const tests = testsOf(facts)
  const isTold = toldByPackages(facts, plan)
  const typed = facts.scripts.filter(({ invocation }) => invocation !== '')
  return {
    units: developmentUnits(facts, plan),
    scripts: typed.filter(({ range }) => !isTold.has(range.path)).slice(0, SHOWN_SCRIPTS),
    packages: [...isTold.values()].filter(({ path }) => typed.some(({ range }) => range.path === path)),
    jobs: facts.scripts.filter(({ invocation }) => invocation === '').slice(0, SHOWN_JOBS),
    tests,
    testStarts: usualStarts(facts, tests),
    testScripts: facts.scripts
      .filter((script) => script.invocation !== '' && isTestScript(script))
      .sort((a, b) => a.range.path.split('/').length - b.range.path.split('/').length)
      .slice(0, 3),
    layout: layoutOf(facts),
    dependencies: oncePer(developmentDependencies(facts), (one) => `${one.name} ${one.range}`).toSorted((a, b) =>
      byText(a.name, b.name),
    ),
    documents: maintainerDocuments(facts, plan),
    commands: toolingCommands(facts),
    flags: [...(kinds.has('commands') ? [] : offeredFlags(facts)), ...toolingFlags(facts)],
    routes: kinds.has('routes') ? [] : handledRoutes(facts, offeredRoutes(facts)),
    variables: [
      ...(kinds.has('configuration') || kinds.has('getting_started') ? [] : offeredEnvironment(facts)),
      ...toolingEnvironment(facts),
    ],
    keys: kinds.has('configuration') ? [] : offeredKeys(facts),
    models: kinds.has('data_models') ? [] : shownModels(facts, plan),
  }
}

/** `check` is often a linter: then its command names no test. */
function isTestScript({ name, command }: ScriptFact): boolean {
  return /^(?:tests?|unit|e2e)(?::|$)/.test(name) || (name === 'check' && /\btests?\b/.test(command))
}

/** Manifests of the packages with a page of their own, but the root's. */
function toldByPackages(facts: Facts, plan: Plan): Map<string, DevelopmentParts['packages'][number]> {
  const { ofPackage } = placesOf(facts, plan)
  return new Map(
    packagesIn(facts).flatMap(({ name, dir, manifest: { path } }) => {
      const slug = dir === '.' ? null : ofPackage(dir)
      return slug === null ? [] : [[path, { name, slug, path }] as const]
    }),
  )
}

function developmentDependencies(facts: Facts): DependencyFact[] {
  const kept = offered(facts, facts.dependencies, (dependency) => dependency.source.path)
  return kept.filter(({ kind }) => kind === 'development' || kind === 'build')
}

function layoutOf(facts: Facts): DevelopmentParts['layout'] {
  const kept = facts.files.filter((file) => file.role !== 'vendored' && file.path.includes('/'))
  const byFolder = Map.groupBy(kept, (file) => file.path.slice(0, file.path.indexOf('/')))
  return [...byFolder]
    .map(([folder, files]) => ({
      folder,
      files: files.length,
      lines: files.reduce((sum, file) => sum + file.lines, 0),
      languages: topLanguages(files.map((file) => file.language)),
    }))
    .sort((a, b) => byText(a.folder, b.folder))
    .slice(0, SHOWN_FOLDERS)
}

function topLanguages(languages: (string | null)[]): string[] {
  const byName = Map.groupBy(
    languages.filter((name) => name !== null),
    (name) => name,
  )
  return [...byName]
    .sort(([a, x], [b, y]) => y.length - x.length || byText(a, b))
    .slice(0, 3)
    .map(([name]) => name)
}

function maintainerDocuments(facts: Facts, plan: Plan): DevelopmentParts['documents'] {
  const pages = planPages(plan)
  const pattern =
    /^(?:\.github\/|docs\/)?(?:contributing|development|hacking|security|releasing|release|architecture)\b(?![-_ ]?notes)[^/]*$/i
  return facts.documents
    .filter(({ path, sections }) => pattern.test(path) && sections.length > 0)
    .map(({ path, sections }) => {
      const [first] = sections
      const headings = sections
        .filter((section) => section.level === 2 || section.level === 3)
        .map((section) => section.heading.replace(/^[^\p{L}\p{N}`]+/u, ''))
        .filter(
          (title) => title !== '' && !/^(?:(?:table of )?contents|welcome|quick links|introduction)\W*$/i.test(title),
        )
      return {
        path,
        slug: pages.find(({ subject }) => subject === path)?.slug ?? null,
        headings: headings.slice(0, SHOWN_HEADINGS),
        citation: { path, start: first?.range.start ?? 1, end: first?.range.start ?? 1 },
      }
    })
}

function compose(selected: SelectedDevelopment): string {
  return blocks(heading(1, escapeText(selected.title)), developmentText(selected))
}

/** Sections of level two. Empty when nothing is known. */
export function developmentText(selected: DevelopmentParts): string {
  const { flags, routes, variables, keys, models } = selected
  return blocks(
    ...selected.units.flatMap(({ sections }) =>
      sections.map((section) => quotedText(section, { ...section, isFirst: false })),
    ),
    layoutSection(selected.layout),
    taskSection(selected),
    testSection(selected),
    selected.jobs.length > 0 && blocks(heading(2, 'Continuous integration'), jobTable(selected.jobs)),
    variables.length > 0 && blocks(heading(2, 'Environment variables'), environmentTable(variables, new Map())),
    selected.commands.length > 0 && blocks(heading(2, 'Commands of its scripts'), commandTable(selected.commands)),
    flags.length > 0 && blocks(heading(2, 'Flags'), flagTable(flags)),
    keySections(keys),
    routes.length > 0 && blocks(heading(2, 'HTTP routes'), routeTable(routes)),
    models.length > 0 && blocks(heading(2, 'Data models'), modelSections(models, 3)),
    dependencySection(selected.dependencies),
    documentSection(selected.documents),
  )
}

function layoutSection(layout: DevelopmentParts['layout']): string {
  if (layout.length === 0) return ''
  const rows = layout.map((one) => [
    code(`${one.folder}/`),
    grouped(one.files),
    grouped(one.lines),
    listOf(one.languages.map(escapeText)),
  ])
  return blocks(heading(2, 'Layout'), table(['Folder', 'Files', 'Lines', 'Mostly'], rows))
}

function taskSection({ scripts, packages }: DevelopmentParts): string {
  if (scripts.length + packages.length === 0) return ''
  const links = packages.map(({ name, slug }) => pageLink(code(name), slug))
  const elsewhere =
    packages.length > 0 &&
    `The tasks of ${listOf(links)} stand on ${packages.length === 1 ? 'its page' : 'their pages'}.`
  return blocks(heading(2, 'Scripts and tasks'), elsewhere, taskSections(scripts))
}

function dependencySection(dependencies: DependencyFact[]): string {
  const shown = dependencies.slice(0, SHOWN_DEPENDENCIES)
  const rows = shown.map((one) => [code(one.name), code(one.range), cite(one.source)])
  const more = dependencies.length - shown.length
  return rows.length === 0
    ? ''
    : blocks(
        heading(2, 'Development dependencies'),
        table(['Package', 'Version', 'Declared at'], rows),
        more > 0 &&
          `${count(more, 'more development dependency', 'more development dependencies')} ${more === 1 ? 'is' : 'are'} declared.`,
      )
}

function documentSection(documents: DevelopmentParts['documents']): string {
  const items = documents.map(({ path, slug, headings, citation }) => {
    return `${slug ? pageLink(code(path), slug) : code(path)}${headings.length > 0 ? ` covers ${listOf(headings.map(escapeText))}` : ' is a short note'}. ${cite(citation)}`
  })
  return items.length === 0 ? '' : blocks(heading(2, 'For contributors'), bullets(items))
}

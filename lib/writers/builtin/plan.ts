import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { MAX_PAGES, type Plan, type PlanGroup, type PlanPage, uniqueSlug } from '#lib/domain/plan.ts'
import type { PlanRequest } from '#lib/domain/writer.ts'
import { draftPage } from './composers.ts'
import { offeredKeys } from './configuration-keys.ts'
import { offeredModels } from './data-model-page.ts'
import { hasExamples } from './examples.ts'
import { factsIndex } from './facts-index.ts'
import { capTitle, guideGroups, type MakePage } from './guide-groups.ts'
import { namesByImportance } from './importance.ts'
import { binaries, offeredEnvironment, offeredFlags, offeredRoutes } from './interface-tables.ts'
import { mainNames } from './main-names.ts'
import { oneLine } from './markdown.ts'
import { type ModulePage, modulePages, saysSomething, subjectOf } from './module-pages.ts'
import { isOffered, knowsOffered } from './offered-names.ts'
import { packageMeaning, shortName } from './package-meaning.ts'
import { mainPackage, type Package, packagesIn } from './packages.ts'
import { MAX_MODULE_PAGES } from './page-places.ts'
import { projectTitleOf } from './project-title.ts'
import { byText, count, firstSentence, listOf, shorten } from './wording.ts'

/** The score asks for 100; what it counts as a word differs by a few. */
const FEWEST_WORDS = 104
const ONE_REFERENCE_GROUP = 30

/** A plan that fits the repository: only pages that have something to say, in reading order. */
export function planFor({ facts, projectName, repoType }: PlanRequest): Plan {
  const name = shorten(oneLine(projectTitleOf(facts, projectName)), 200) || 'project'
  const plan: Plan = {
    project_name: name,
    tagline: taglineOf(facts),
    repo_type: repoType ?? facts.repoType,
    navigation: groupsOf(facts, repoType ?? facts.repoType),
  }
  return withoutThinPages(facts, plan)
}

function groupsOf(facts: Facts, repoType: RepoType): PlanGroup[] {
  const taken = new Set<string>()
  const page = (draft: Omit<PlanPage, 'slug'>, slug = draft.title) => ({ slug: uniqueSlug(slug, taken), ...draft })
  const start = [
    page({
      title: 'Overview',
      description: 'What it is, what it offers and where to find it.',
      type: 'concept',
      kind: 'overview',
    }),
    page({ title: 'Getting started', description: startDescription(repoType), type: 'guide', kind: 'getting_started' }),
  ]
  const use = pagesForUse(facts).map((draft) => page(draft))
  const guides = guideGroups(facts, page)
  const concepts = [
    ...(packagesIn(facts).length === 0 && mainNames(facts).length > 0
      ? [
          page({
            title: 'Main concepts',
            description: 'The names to know first, by part of the code: what each is and how widely it is used.',
            type: 'concept',
            kind: 'concepts',
          }),
        ]
      : []),
    page({
      title: 'Architecture',
      description: 'The parts, what imports what, and the packages below.',
      type: 'concept',
      kind: 'architecture',
    }),
  ]
  const development = [
    page({
      title: 'Development',
      description: 'Layout, scripts, tests and dependencies.',
      type: 'guide',
      kind: 'development',
    }),
    ...guides.forDevelopers,
  ]
  const others = [
    { group: 'Start', pages: start },
    { group: 'Use', pages: use },
    ...guides.forUsers,
    { group: 'How it works', pages: concepts },
    { group: 'Design notes', pages: guides.decisions },
  ]
  const reference = referenceGroups(
    facts,
    MAX_PAGES - others.flatMap(({ pages }) => pages).length - development.length,
    page,
  )
  return [...others, ...reference, { group: 'Development', pages: development }].filter(({ pages }) => pages.length > 0)
}

function startDescription(repoType: RepoType): string {
  return repoType === 'app' ? 'Install it and run it for the first time.' : 'Install it and use it for the first time.'
}

/** Pages for people who use it. A few of a kind are told on another page instead. */
function pagesForUse(facts: Facts): Omit<PlanPage, 'slug'>[] {
  const flags = offeredFlags(facts).length
  const commands = binaries(facts).length + flags
  const variables = offeredEnvironment(facts).length
  const routes = offeredRoutes(facts).length
  const keys = offeredKeys(facts).length
  const models = offeredModels(facts).length
  const pages: (Omit<PlanPage, 'slug'> | false)[] = [
    commands > 2 && {
      title: 'Commands',
      description: `${count(flags, 'flag')} and the commands that take them.`,
      type: 'reference',
      kind: 'commands',
    },
    variables + keys > 4 && {
      title: 'Configuration',
      description: configurationDescription(variables, keys),
      type: 'reference',
      kind: 'configuration',
    },
    routes > 2 && {
      title: 'HTTP routes',
      description: `${count(routes, 'route')}, with handlers.`,
      type: 'reference',
      kind: 'routes',
    },
    models > 1 && {
      title: 'Data models',
      description: `${count(models, 'table')}, with columns, keys and links.`,
      type: 'reference',
      kind: 'data_models',
    },
    hasExamples(facts) && {
      title: 'Examples',
      description: 'Examples kept in the repository.',
      type: 'recipe',
      kind: 'examples',
    },
  ]
  return pages.filter((page) => page !== false)
}

function configurationDescription(variables: number, keys: number): string {
  const parts = [
    variables > 0 && count(variables, 'environment variable'),
    keys > 0 && count(keys, 'configuration key'),
  ].filter((part) => part !== false)
  return `${listOf(parts)}, with defaults and where each is read.`
}

function referenceGroups(facts: Facts, limit: number, page: MakePage): PlanGroup[] {
  const room = limit - packagesIn(facts).length
  const all = modulePages(facts, MAX_MODULE_PAGES).filter(saysSomething)
  const kept = new Set(all.toSorted((a, b) => b.rank - a.rank || byText(a.subject, b.subject)).slice(0, room))
  const packages = packagesIn(facts)
  const made = new Map(packages.map((one) => [one, page(packagePage(facts, one), one.name)]))
  const pages = all
    .filter((one) => kept.has(one))
    .map((one) => ({ one, made: page(referencePage(facts, one), one.subject === '.' ? 'top-level' : one.subject) }))
  if (packages.length > 0) return packageGroups(facts, made, pages)
  if (pages.length <= ONE_REFERENCE_GROUP) return offeredFirst(facts, toolsLast(pages))
  const rankOf = (own: typeof pages) => own.reduce((sum, { one }) => sum + one.rank, 0)
  const byFolder = Map.groupBy(pages, ({ one }) => (one.subject.includes('/') ? (one.subject.split('/')[0] ?? '') : ''))
  const folders = [...byFolder].sort(([a, own], [b, others]) => rankOf(others) - rankOf(own) || byText(a, b))
  return folders.map(([folder, own]) => ({
    group: shorten(oneLine(folder === '' ? 'Reference' : `Reference: ${folder}`), 80),
    pages: own.map(({ made }) => made),
  }))
}

/** Pages with names that others can use, then those without, where it is known which names are offered. */
function offeredFirst(facts: Facts, pages: ReferencePage[]): PlanGroup[] {
  const offers = ({ one }: ReferencePage) =>
    !knowsOffered(facts) || one.sections.some(({ symbols }) => symbols.some((symbol) => isOffered(facts, symbol)))
  const groups = [
    { group: 'Reference', pages: pages.filter(offers) },
    { group: 'Reference: inside', pages: pages.filter((page) => !offers(page)) },
  ]
  return groups
    .filter((group) => group.pages.length > 0)
    .map(({ group, pages: own }) => ({ group, pages: own.map(({ made }) => made) }))
}

interface ReferencePage {
  one: ModulePage
  made: PlanPage
}

/** A group for each package, the main one first, then by importance; packages without reference share one, and so do files outside. */
function packageGroups(facts: Facts, packages: Map<Package, PlanPage>, pages: ReferencePage[]): PlanGroup[] {
  const main = mainPackage(facts)?.dir
  const ranked = [...packages].sort(
    ([a], [b]) =>
      Number(b.dir === main) - Number(a.dir === main) ||
      Number(SUPPORT.test(a.dir)) - Number(SUPPORT.test(b.dir)) ||
      b.rank - a.rank ||
      byText(a.dir, b.dir),
  )
  const ownerOf = ({ one }: ReferencePage) => {
    const paths = new Set(one.sections.map(({ path }) => path))
    return ranked.find(([{ files }]) => files.some((path) => paths.has(path)))?.[0]
  }
  const owned = Map.groupBy(pages, ownerOf)
  const groups = ranked.flatMap(([own, made]) => {
    const reference = toolsLast(owned.get(own) ?? []).map((page) => page.made)
    return reference.length === 0
      ? []
      : [{ group: shorten(oneLine(shortName(own.name)), 80), pages: [made, ...reference] }]
  })
  const small = ranked.filter(([own]) => !owned.has(own)).map(([, made]) => made)
  const outside = owned.get(undefined)?.map(({ made }) => made) ?? []
  const others = [
    { group: 'More packages', pages: small },
    { group: 'Reference', pages: outside },
  ]
  return [...groups, ...others.filter((group) => group.pages.length > 0)]
}

/** Packages that test, measure or show the others. */
const SUPPORT =
  /(?:^|[/-])(?:tests?|testing|test-\w[\w-]*|e2e|bench\w*|metrics|examples?|playground|size-check|docs?|website)(?:$|\/)/

/** Scripts around the project are not what a reader of its reference looks for first. */
function toolsLast(pages: ReferencePage[]): ReferencePage[] {
  const isTool = ({ one }: ReferencePage) => TOOLS.test(one.subject)
  return [...pages.filter((page) => !isTool(page)), ...pages.filter(isTool)]
}

const TOOLS = /^(?:ci|scripts?|tools?|tooling|bench\w*|build|website|hack|contrib)(?:\/|$)|^\.\w/

function packagePage(facts: Facts, { name, dir, manifest }: Package): Omit<PlanPage, 'slug'> {
  const description = shorten(packageMeaning(facts, { dir, manifest }), 300)
  return {
    title: capTitle(shortName(name)),
    description: description || `The package in ${dir === '.' ? 'the root of the repository' : dir}.`,
    type: 'concept',
    kind: 'package',
    subject: subjectOf(dir),
  }
}

function referencePage(facts: Facts, page: ModulePage): Omit<PlanPage, 'slug'> {
  const [path = '', name] = page.subject.split('#')
  const title = path === '.' ? 'Top-level files' : name ? `${path}: ${name}` : path
  const index = factsIndex(facts)
  const known = name ? docOf(page) : (index.files.get(path)?.header ?? index.modules.get(path)?.summary)?.text
  const summary = known === facts.description?.text ? undefined : known
  return {
    title: capTitle(title),
    description: shorten(oneLine(firstSentence(summary || contentsOf(facts, page))), 300),
    type: 'reference',
    kind: 'module',
    subject: subjectOf(page.subject),
  }
}

/** Summary of the one symbol a page is about. */
function docOf({ sections }: ModulePage): string | undefined {
  return sections.flatMap(({ symbols }) => symbols)[0]?.doc?.summary
}

function contentsOf(facts: Facts, page: ModulePage): string {
  const names = namesByImportance(
    facts,
    page.sections.flatMap((section) => section.symbols),
  )
  if (names.length > 0) return `${listOf(names, 6)}.`
  return `${count(page.sections.length, 'file')} without public names.`
}

function taglineOf(facts: Facts): string {
  return shorten(oneLine(facts.description?.text ?? ''), 300)
}

/** Outside the reference, a page that would say less than FEWEST_WORDS is not worth a click. The overview always stays. */
function withoutThinPages(facts: Facts, plan: Plan): Plan {
  let current = plan
  for (const kind of [
    'examples',
    'commands',
    'configuration',
    'routes',
    'data_models',
    'concepts',
    'package',
    'architecture',
    'getting_started',
    'development',
  ]) {
    const thin = new Set(
      current.navigation
        .flatMap((group) => group.pages)
        .filter(
          (page) =>
            page.kind === kind &&
            page.type !== 'reference' &&
            wordsOf(draftPage(facts, page, current).markdown()) < FEWEST_WORDS,
        ),
    )
    if (thin.size === 0) continue
    const navigation = current.navigation.map((group) => ({
      ...group,
      pages: group.pages.filter((page) => !thin.has(page)),
    }))
    current = { ...current, navigation: navigation.filter((group) => group.pages.length > 0) }
  }
  return current
}

/** Scripts in which no blanks stand between words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/gu

/** Words outside code blocks, with table cells, without citations and link targets. Two characters without blanks are one. */
function wordsOf(markdown: string): number {
  const uncited = markdown.replace(/\[(?:\\.|[^\]\\])*\]\(source:[^)]*\)/g, '')
  const prose = uncited.replace(/^(`{3,})[\s\S]*?^\1/gm, '').replace(/\]\([^)]*\)/g, ']')
  const unspaced = prose.match(UNSPACED)?.length ?? 0
  const words = prose.replace(UNSPACED, ' ').match(/[\p{L}\p{N}_'’-]*[\p{L}\p{N}][\p{L}\p{N}_'’-]*/gu)
  return (words?.length ?? 0) + Math.floor(unspaced / 2)
}

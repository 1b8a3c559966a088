import { cite } from '#lib/domain/citations.ts'
import type { EntryPointFact, Facts, SourceRange } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { type DevelopmentParts, developmentOf, developmentText } from './development.ts'
import { factsIndex } from './facts-index.ts'
import { type FirstSteps, firstSteps, firstStepsText } from './first-steps.ts'
import { binaries, offered } from './interface-tables.ts'
import { type KeySymbol, keySymbolsFor, keySymbolText } from './key-symbols.ts'
import { blocks, bullets, code, escapeText, heading, pageLink, table } from './markdown.ts'
import { packageMeaning, shortName } from './package-meaning.ts'
import { isTemplate, packagesIn } from './packages.ts'
import { placesOf } from './page-places.ts'
import { quotedBody, topicText } from './quoted-text.ts'
import { codeNames } from './quoting.ts'
import { defines, type QuotedPart, type QuotedSection, quotedIntroduction, quotedTopic } from './readme.ts'
import { article, byText, count, listOf, sentence, shorten } from './wording.ts'

interface SelectedOverview {
  title: string
  name: string
  repoType: RepoType
  commands: EntryPointFact[]
  description: { text: string; citation: SourceRange } | null
  introduction: QuotedPart[]
  features: QuotedSection[]
  languages: { language: string; files: number }[]
  packages: { name: string; version: string; slug: string | null; meaning: string; path: string }[]
  license: { name: string; citation: SourceRange } | null
  keySymbols: KeySymbol[]
  /** Only when the plan has no page for it. */
  steps: FirstSteps | null
  /** Only when the plan has no page for it: there was too little to say. */
  development: DevelopmentParts | null
  pages: { slug: string; title: string; description: string }[]
  guides: { group: string; pages: { slug: string; title: string }[] }[]
  reference: { pages: number; first: { slug: string; title: string } | null }
  limits: string[]
}

const SHOWN_COMMANDS = 4
const SHOWN_PACKAGES = 30
const LONGEST_MEANING = 160
/** A description whose first words begin the introduction says nothing more. */
const REPEATED_WORDS = 8
/** A description of so few words says no more than the introduction does. */
const SAYS_LITTLE = 4
const SHOWN_GUIDES = 10
/** Of two sentences with most of their longer words in common, one says it all. */
const LITTLE_WORD = 3
const STEM = 5
const FEWEST_TELLING = 5
const SAME_SHARE = 0.8

export const overviewComposer: Composer<SelectedOverview> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedOverview {
  const pages = planPages(plan)
  const { description, license } = facts
  return {
    title: page.title,
    name: plan.project_name,
    repoType: plan.repo_type,
    commands: binaries(facts).slice(0, SHOWN_COMMANDS),
    description: isBeside(facts) || !description ? null : { text: description.text, citation: description.range },
    introduction: quotedIntroduction(facts),
    features: quotedTopic(facts, 'features'),
    languages: sourceLanguages(facts),
    packages: offered(facts, facts.manifests, (manifest) => manifest.path)
      .filter((manifest) => manifest.name !== null && !isTemplate(manifest))
      .map((manifest) => {
        const dir = manifest.path.slice(0, Math.max(0, manifest.path.lastIndexOf('/'))) || '.'
        return {
          name: shortName(manifest.name ?? ''),
          version: manifest.version === '0.0.0' ? '' : (manifest.version ?? ''),
          slug: isOwnPage(facts, manifest) ? placesOf(facts, plan).ofPackage(dir) : null,
          meaning: codeNames(shorten(packageMeaning(facts, { dir, manifest }), LONGEST_MEANING)),
          path: manifest.path,
        }
      })
      .filter(({ slug, meaning, version }) => slug !== null || meaning !== '' || version !== '')
      .sort((a, b) => placeOf(a.slug, pages) - placeOf(b.slug, pages)),
    license: license && { name: license.name, citation: license.range },
    keySymbols: keySymbolsFor(facts, plan, 'overview'),
    steps: pages.some((one) => one.kind === 'getting_started') ? null : firstSteps(facts, plan.repo_type, plan),
    development: pages.some((one) => one.kind === 'development') ? null : developmentOf(facts, plan),
    pages: pages
      .filter((one) => !TOLD_ELSEWHERE.has(one.kind) && one.slug !== page.slug && !isGuide(one))
      .map(({ slug, title, description }) => ({ slug, title, description })),
    guides: plan.navigation
      .map(({ group, pages: own }) => ({
        group,
        pages: own.filter(isGuide).map(({ slug, title }) => ({ slug, title })),
      }))
      .filter((group) => group.pages.length > 0),
    reference: referenceOf(pages),
    limits: facts.limits,
  }
}

function referenceOf(pages: PlanPage[]): SelectedOverview['reference'] {
  const own = pages.filter((one) => one.kind === 'module')
  const [first] = own
  return { pages: own.length, first: first ? { slug: first.slug, title: first.title } : null }
}

/** The table of packages links to their pages; the reference is one line. */
const TOLD_ELSEWHERE = new Set<PlanPage['kind']>(['module', 'package'])

/** Of two manifests in one folder, one names the package that has the page. */
function isOwnPage(facts: Facts, { path }: Facts['manifests'][number]): boolean {
  return packagesIn(facts).some(({ manifest }) => manifest.path === path)
}

/** Packages with a page stand in the order of the navigation, the others behind them. */
function placeOf(slug: string | null, pages: PlanPage[]): number {
  const at = pages.findIndex((one) => one.slug === slug)
  return at < 0 ? pages.length : at
}

function isGuide({ kind, subject }: PlanPage): boolean {
  return kind === 'examples' && subject !== undefined
}

/** A description is beside the point when the README begins with it, or defines the project in other words. */
function isBeside(facts: Facts): boolean {
  const { description } = facts
  if (description && repeats(quotedIntroduction(facts)[0]?.markdown ?? '', description.text)) return true
  if (description && description.text.split(/\s+/).length <= SAYS_LITTLE && introducesItself(facts)) return true
  if (!description || !/readme/i.test(description.range.path)) return false
  if (defines(facts, description.text) || SAYS_WHAT.test(description.text)) return false
  return introducesItself(facts)
}

function introducesItself(facts: Facts): boolean {
  return quotedIntroduction(facts).some(({ markdown }) => defines(facts, markdown))
}

/** `gh is …`: the first word is a name, and what follows says what it is. */
const SAYS_WHAT =
  /^(?!(?:this|it|there|here|that|what)\b)[\w.-]+ (?:is|provides|lets|helps|allows|brings|makes|turns)\b/i

function repeats(introduction: string, description: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const told = plain(introduction.replace(/\]\([^)]*\)/g, ']'))
  const words = plain(description).split(' ')
  const start = words.slice(0, REPEATED_WORDS).join(' ')
  if (start === '' || told.startsWith(start)) return start !== ''
  const telling = words.filter((word) => word.length > LITTLE_WORD)
  const inBoth = telling.filter((word) => told.includes(word.slice(0, STEM)))
  return telling.length >= FEWEST_TELLING && inBoth.length >= telling.length * SAME_SHARE
}

function sourceLanguages(facts: Facts): SelectedOverview['languages'] {
  const byLanguage = Map.groupBy(factsIndex(facts).documented, (file) => file.language ?? '')
  return [...byLanguage]
    .map(([language, files]) => ({ language, files: files.length }))
    .sort((a, b) => b.files - a.files || byText(a.language, b.language))
}

function compose(selected: SelectedOverview): string {
  const { description, introduction, features, steps } = selected
  return blocks(
    heading(1, escapeText(selected.title)),
    description && `${sentence(codeNames(description.text))} ${cite(description.citation)}`,
    quotedBody({ parts: introduction }),
    natureOf(selected),
    features.length > 0 && blocks(heading(2, 'Features'), topicText(features, 'features')),
    steps && firstStepsText(steps),
    keySymbolText(selected.keySymbols),
    packageSection(selected),
    selected.development && developmentText(selected.development),
    nextSection(selected),
    selected.limits.length > 0 &&
      blocks(heading(2, 'What was not read'), bullets(selected.limits.map((limit) => escapeText(sentence(limit))))),
  )
}

const TYPE_NAMES: Record<RepoType, string> = {
  app: 'application',
  library: 'library',
  framework: 'framework',
  tests: 'test suite',
}

function natureOf({ name, repoType, languages, commands, license }: SelectedOverview): string {
  const kind = TYPE_NAMES[repoType]
  const installed = commands.map((command) => `${code(command.name)} ${cite(command.range)}`)
  const installs =
    installed.length > 0
      ? [`It installs the ${installed.length === 1 ? 'command' : 'commands'} ${listOf(installed)}.`]
      : []
  const licensed = license ? [`It is licensed under ${escapeText(license.name)}. ${cite(license.citation)}`] : []
  return [`${escapeText(name)} is ${article(kind)} ${kind} ${writtenIn(languages)}.`, ...installs, ...licensed].join(
    ' ',
  )
}

function writtenIn(languages: SelectedOverview['languages']): string {
  const [main, ...others] = languages
  if (!main) return 'without source code in a known language'
  const files = languages.reduce((sum, one) => sum + one.files, 0)
  if (others.length === 0) return `of ${count(files, 'source file')}, written in ${escapeText(main.language)}`
  const rest = listOf(
    others.map((one) => `${escapeText(one.language)} (${one.files})`),
    4,
  )
  return `of ${count(files, 'source file')}, mainly ${escapeText(main.language)} (${count(main.files, 'file')}), with ${rest}`
}

function packageSection({ packages }: SelectedOverview): string {
  if (packages.length < 2) return ''
  const rows = packages
    .slice(0, SHOWN_PACKAGES)
    .map((one) => [
      one.slug ? pageLink(code(one.name), one.slug) : code(one.name),
      one.meaning,
      code(one.version),
      code(one.path),
    ])
  const more = packages.length - rows.length
  return blocks(
    heading(2, 'Packages in this repository'),
    table(['Package', 'What it is', 'Version', 'Manifest'], rows),
    more > 0 && `${count(more, 'more package')} ${more === 1 ? 'has' : 'have'} a manifest.`,
  )
}

function nextSection({ pages, guides, reference }: SelectedOverview): string {
  const link = ({ slug, title }: { slug: string; title: string }) => pageLink(escapeText(title), slug)
  const items = pages.map(
    (page) => `${link(page)}${page.description ? `: ${escapeText(sentence(page.description))}` : ''}`,
  )
  items.push(...guides.map(({ group, pages: own }) => `${escapeText(group)}: ${listOf(own.map(link), SHOWN_GUIDES)}.`))
  if (reference.first) {
    const from =
      reference.pages === 1
        ? link(reference.first)
        : `${count(reference.pages, 'page')} from ${link(reference.first)} on`
    items.push(`Reference: ${from}, with every public name, its signature and its source.`)
  }
  return items.length === 0 ? '' : blocks(heading(2, 'Where to go next'), bullets(items))
}

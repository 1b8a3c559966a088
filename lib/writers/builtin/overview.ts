import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { factsIndex } from './facts-index.ts'
import { type InstallSteps, installSteps, installText } from './install-steps.ts'
import { type KeySymbol, keySymbols } from './key-symbols.ts'
import { blocks, bullets, code, escapeText, heading, pageLink, table } from './markdown.ts'
import { type QuotedSection, quotedIntroduction, quotedTopic } from './readme.ts'
import { article, byText, count, listOf, sentence } from './wording.ts'

interface SelectedOverview {
  title: string
  name: string
  repoType: RepoType
  reasons: string[]
  description: { text: string; citation: SourceRange } | null
  introduction: QuotedSection | null
  features: QuotedSection[]
  languages: { language: string; files: number }[]
  packages: { name: string; version: string; path: string }[]
  license: { name: string; citation: SourceRange } | null
  keySymbols: KeySymbol[]
  /** Only when the plan has no page for it. */
  install: InstallSteps | null
  pages: { slug: string; title: string; description: string }[]
  referencePages: number
  limits: string[]
}

const SHOWN_SYMBOLS = 8
const SHOWN_PACKAGES = 12

export const overviewComposer: Composer<SelectedOverview> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedOverview {
  const pages = planPages(plan)
  const { description, license } = facts
  return {
    title: page.title,
    name: plan.project_name,
    repoType: plan.repo_type,
    reasons: plan.repo_type === facts.repoType ? facts.repoTypeReasons : [],
    description: description && { text: description.text, citation: description.range },
    introduction: quotedIntroduction(facts),
    features: quotedTopic(facts, 'features'),
    languages: sourceLanguages(facts),
    packages: facts.manifests
      .filter((manifest) => manifest.name !== null)
      .map(({ name, version, path }) => ({ name: name ?? '', version: version ?? '', path })),
    license: license && { name: license.name, citation: license.range },
    keySymbols: keySymbols(facts, SHOWN_SYMBOLS),
    install: pages.some((one) => one.kind === 'getting_started') ? null : installSteps(facts, plan.repo_type),
    pages: pages
      .filter((one) => one.kind !== 'module' && one.slug !== page.slug)
      .map(({ slug, title, description: text }) => ({ slug, title, description: text })),
    referencePages: pages.filter((one) => one.kind === 'module').length,
    limits: facts.limits,
  }
}

function sourceLanguages(facts: Facts): SelectedOverview['languages'] {
  const byLanguage = Map.groupBy(factsIndex(facts).documented, (file) => file.language ?? '')
  return [...byLanguage]
    .map(([language, files]) => ({ language, files: files.length }))
    .sort((a, b) => b.files - a.files || byText(a.language, b.language))
}

function compose(selected: SelectedOverview): string {
  const { description, introduction, features, install } = selected
  return blocks(
    heading(1, escapeText(selected.title)),
    description && `${sentence(escapeText(description.text))} ${cite(description.citation)}`,
    introduction && `${introduction.markdown} ${cite(introduction.citation)}`,
    natureOf(selected),
    features.length > 0 && blocks(heading(2, 'Features'), ...features.map(quoted)),
    install && installText(install, 2),
    keySection(selected.keySymbols),
    packageSection(selected),
    nextSection(selected),
    selected.limits.length > 0 &&
      blocks(heading(2, 'What was not read'), bullets(selected.limits.map((limit) => escapeText(sentence(limit))))),
  )
}

function quoted({ markdown, citation }: QuotedSection): string {
  return /(?:```|\|)$/.test(markdown) ? blocks(markdown, `From ${cite(citation)}.`) : `${markdown} ${cite(citation)}`
}

const TYPE_NAMES: Record<RepoType, string> = {
  app: 'application',
  library: 'library',
  framework: 'framework',
  tests: 'test suite',
}

function natureOf({ name, repoType, languages, reasons, license }: SelectedOverview): string {
  const [main, ...others] = languages
  const kind = TYPE_NAMES[repoType]
  const written = main
    ? `${escapeText(name)} is ${article(kind)} ${kind} of ${count(
        languages.reduce((sum, one) => sum + one.files, 0),
        'source file',
      )}, ${others.length > 0 ? 'mainly' : 'written in'} ${escapeText(main.language)}${
        others.length > 0
          ? ` (${count(main.files, 'file')}), with ${listOf(
              others.map((one) => `${escapeText(one.language)} (${one.files})`),
              4,
            )}`
          : ''
      }.`
    : `${escapeText(name)} is ${article(kind)} ${kind}; none of its files is source code in a known language.`
  const licensed = license ? ` It is licensed under ${escapeText(license.name)}. ${cite(license.citation)}` : ''
  return `${written} ${escapeText(reasons.join(' '))}${licensed}`.replace(/ {2,}/g, ' ').trim()
}

function keySection(symbols: KeySymbol[]): string {
  if (symbols.length === 0) return ''
  const items = symbols.map(
    (symbol) => `${code(symbol.name)} (${symbol.kind}): ${sentence(symbol.summary)} ${cite(symbol.citation)}`,
  )
  return blocks(
    heading(2, 'Names to know'),
    'These are the documented names that most other files and tests use.',
    bullets(items),
  )
}

function packageSection({ packages }: SelectedOverview): string {
  if (packages.length < 2) return ''
  const rows = packages.slice(0, SHOWN_PACKAGES).map((one) => [code(one.name), code(one.version), code(one.path)])
  const more = packages.length - rows.length
  return blocks(
    heading(2, 'Packages in this repository'),
    table(['Package', 'Version', 'Manifest'], rows),
    more > 0 && `${count(more, 'more package')} ${more === 1 ? 'has' : 'have'} a manifest.`,
  )
}

function nextSection({ pages, referencePages }: SelectedOverview): string {
  const items = pages.map(({ slug, title, description }) => {
    return `${pageLink(escapeText(title), slug)}${description ? `: ${escapeText(sentence(description))}` : ''}`
  })
  const reference =
    referencePages > 0
      ? [`Reference: ${count(referencePages, 'page')} with every public name, its signature and its source.`]
      : []
  return items.length + reference.length === 0
    ? ''
    : blocks(heading(2, 'Where to go next'), bullets([...items, ...reference]))
}

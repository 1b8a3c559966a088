import { cite } from '#lib/domain/citations.ts'
import type { Facts, ManifestFact, ScriptFact, SourceRange } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { isPackagedIn } from '#lib/domain/manifest-languages.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import { factsIndex } from './facts-index.ts'
import { type GuideProgram, guideProgram, readmeProgram, showsProgram } from './first-program.ts'
import { blocks, code, escapeText, fence, heading, pageLink } from './markdown.ts'
import { mainPackage } from './packages.ts'
import { quotedBody, quotedText, topicText } from './quoted-text.ts'
import { type QuotedSection, quotedTopic, type SectionTopic } from './readme.ts'
import { type SetupUnit, setupUnits } from './setup-units.ts'
import { exampleText, type SymbolExample, symbolExamples } from './symbol-examples.ts'
import { containerTable, scriptTable } from './task-tables.ts'

/** From nothing to a first result: as the README says where it holds, else as manifests, scripts and doc comments imply. */
export interface FirstSteps {
  requirements: QuotedSection[]
  install: QuotedSection[]
  /** Only when the README does not tell how to install it. */
  commands: { command: string; because: string; citation: SourceRange; isBuild: boolean }[]
  /** The page of a guide that tells it, when neither the README nor a command does. */
  installGuide: { slug: string; title: string } | null
  usage: QuotedSection[]
  /** Of an application: the parts of the README that set it up and run it, instead of the sections above. */
  units: SetupUnit[]
  /** The first program of the README, when what tells the use shows commands only. */
  program: QuotedSection | null
  /** The first program of the guides, when the README has none. */
  guideProgram: GuideProgram | null
  /** Only when no document shows a program. */
  examples: SymbolExample[]
  scripts: ScriptFact[]
  /** Services of the compose file at the root, when the README does not start them. */
  containers: ScriptFact[]
}

const SHOWN_EXAMPLES = 2
const START_SCRIPTS = ['start', 'dev', 'serve', 'run', 'preview']

export function firstSteps(facts: Facts, repoType: RepoType, plan?: Plan): FirstSteps {
  const units = repoType === 'app' ? setupUnits(facts, plan) : []
  const isTold = units.some(({ isTyped }) => isTyped)
  const quoted = (topic: SectionTopic) => (units.length > 0 ? [] : quotedTopic(facts, topic))
  const install = quoted('install')
  const usage = quoted('usage')
  return {
    requirements: quoted('requirements'),
    install,
    commands: isTold || install.length > 0 ? [] : derivedCommands(facts, repoType),
    installGuide: plan && !isTold && install.every(({ parts }) => parts.length === 0) ? installGuideIn(plan) : null,
    units,
    usage,
    ...firstPrograms(facts, repoType === 'app' || usage.some(hasProgram), plan),
    scripts: repoType === 'app' && !isTold ? startScripts(facts) : [],
    containers: repoType === 'app' && !units.some(tellsContainers) ? composedServices(facts) : [],
  }
}

/** From the README, else from the guides, else from doc comments. */
function firstPrograms(
  facts: Facts,
  isShown: boolean,
  plan?: Plan,
): Pick<FirstSteps, 'program' | 'guideProgram' | 'examples'> {
  const program = isShown ? null : readmeProgram(facts)
  const inGuides = isShown || program || !plan ? null : guideProgram(facts, plan)
  const examples = isShown || program || inGuides ? [] : symbolExamples(facts, SHOWN_EXAMPLES)
  return { program, guideProgram: inGuides, examples }
}

function hasProgram({ parts }: QuotedSection): boolean {
  return parts.some(({ markdown }) => showsProgram(markdown))
}

/** Sections of level two. Empty when nothing is known. */
export function firstStepsText(steps: FirstSteps): string {
  const { requirements, usage, units, program, guideProgram: guide, examples, scripts, containers } = steps
  const firstUse = blocks(
    topicText(usage, 'usage'),
    program && quotedBody(program),
    guide && blocks(`From the guide ${pageLink(escapeText(guide.title), guide.slug)}:`, quotedBody(guide)),
    ...examples.map(exampleText),
  )
  return blocks(
    requirements.length > 0 && blocks(heading(2, 'Requirements'), topicText(requirements, 'requirements')),
    installText(steps),
    ...units.flatMap(({ sections }) => sections.map((section) => quotedText(section, { ...section, isFirst: false }))),
    firstUse !== '' && blocks(heading(2, 'First use'), firstUse),
    scripts.length > 0 && blocks(heading(2, 'Run it'), scriptTable(scripts)),
    containers.length > 0 && blocks(heading(2, 'Run it in containers'), containerTable(containers)),
  )
}

function installGuideIn(plan: Plan): FirstSteps['installGuide'] {
  const guide = planPages(plan).find(
    ({ kind, subject, slug }) =>
      kind === 'examples' && subject !== undefined && /(?:^|-)install(?:ation|ing)?$/.test(slug),
  )
  return guide ? { slug: guide.slug, title: guide.title } : null
}

function installText({ install, commands, installGuide }: FirstSteps): string {
  if (install.length === 0 && commands.length === 0 && !installGuide) return ''
  const isBuild = install.length === 0 && commands.length > 0 && commands.every((one) => one.isBuild)
  const title = isBuild && !installGuide ? 'Build from source' : 'Installation'
  const derived = commands.map(({ command, because, citation }) =>
    blocks(fence(command, 'sh'), `${because} ${cite(citation)}`),
  )
  const guide =
    installGuide && `All ways to install it: ${pageLink(escapeText(installGuide.title), installGuide.slug)}.`
  return blocks(heading(2, title), topicText(install, 'install'), ...derived, guide)
}

function derivedCommands(facts: Facts, repoType: RepoType): FirstSteps['commands'] {
  const commands = installedFrom(facts, repoType)
    .filter(({ kind }) => isOfProject(facts, kind, repoType))
    .flatMap((manifest) => {
      const citation = manifestRange(facts, manifest)
      const command = commandFor(facts, manifest, repoType)
      if (!command || !citation) return []
      const isBuild = BUILT_ONLY.has(manifest.kind)
      const because =
        repoType === 'app' || isBuild
          ? `Run this in a checkout of the repository: ${code(manifest.path)} lists what it needs.`
          : `The package name is the one in ${code(manifest.path)}.`
      return [{ command, because, citation, isBuild }]
    })
  return [...new Map(commands.map((one) => [one.command, one])).values()]
}

/** The manifests at the root; where one only holds packages together, the main package counts instead. */
function installedFrom(facts: Facts, repoType: RepoType): ManifestFact[] {
  const roots = facts.manifests.filter(({ path }) => !path.includes('/'))
  if (repoType === 'app') return roots
  const main = mainPackage(facts)?.manifest
  const isHolder = ({ kind, name, version }: ManifestFact) => (kind === 'npm' ? version : name) === null
  return roots.map((root) => (main && root.kind === main.kind && isHolder(root) ? main : root))
}

/** Others than the package in the project's main language serve its maintainers, or a part; an application needs them all. */
function isOfProject(facts: Facts, kind: ManifestFact['kind'], repoType: RepoType): boolean {
  const { documented } = factsIndex(facts)
  const files = documented.filter(({ language }) => isPackagedIn(kind, language)).length
  return documented.length === 0 || kind === 'other' || files > (repoType === 'app' ? 0 : documented.length / 3)
}

type CommandOf = [used: (name: string) => string, built: string]

/** Per kind of package: how to use it from another project, and how to build it in a checkout. */
const COMMANDS: Partial<Record<ManifestFact['kind'], CommandOf>> = {
  npm: [(name) => `npm install ${name}`, 'npm install'],
  pypi: [(name) => `pip install ${name}`, 'pip install .'],
  go: [(name) => `go get ${name}`, 'go build ./...'],
  cargo: [(name) => `cargo add ${name}`, 'cargo build'],
  composer: [(name) => `composer require ${name}`, 'composer install'],
  gem: [(name) => `gem install ${name}`, 'bundle install'],
  hex: [() => '', 'mix deps.get'],
  nuget: [(name) => `dotnet add package ${name}`, 'dotnet build'],
  maven: [() => 'mvn install', 'mvn install'],
  gradle: [() => 'gradle build', 'gradle build'],
  cmake: [() => 'cmake -B build && cmake --build build', 'cmake -B build && cmake --build build'],
  swift: [() => 'swift build', 'swift build'],
}

/** What a lock file at the root says people install dependencies with. */
const LOCKED: [file: string, kind: ManifestFact['kind'], command: string][] = [
  ['pnpm-lock.yaml', 'npm', 'pnpm install'],
  ['yarn.lock', 'npm', 'yarn install'],
  ['bun.lock', 'npm', 'bun install'],
  ['bun.lockb', 'npm', 'bun install'],
  ['uv.lock', 'pypi', 'uv sync'],
  ['poetry.lock', 'pypi', 'poetry install'],
  ['pdm.lock', 'pypi', 'pdm install'],
]

function commandFor(facts: Facts, { kind, name }: ManifestFact, repoType: RepoType): string | null {
  const [used, built] = COMMANDS[kind] ?? []
  const isUsed = repoType !== 'app' && name !== null && /^[@\w./-]+$/.test(name)
  if (isUsed) return used?.(name) ?? null
  const locked = LOCKED.find(([file, of]) => of === kind && facts.files.some(({ path }) => path === file))
  return locked?.[2] ?? built ?? null
}

/** Kinds without a command that adds a package: theirs builds the checkout. */
const BUILT_ONLY = new Set<ManifestFact['kind']>(['maven', 'gradle', 'cmake', 'swift'])

/** Lines of a manifest that other facts point at; its first line when there are none. */
function manifestRange(facts: Facts, { path }: ManifestFact): SourceRange | null {
  const ranges = [
    ...facts.dependencies.filter((fact) => fact.kind === 'runtime').map((fact) => fact.source),
    ...facts.dependencies.map((fact) => fact.source),
    ...facts.scripts.map((fact) => fact.range),
  ]
  const file = facts.files.find((one) => one.path === path)
  return ranges.find((range) => range.path === path) ?? (file && file.lines > 0 ? { path, start: 1, end: 1 } : null)
}

function composedServices({ scripts }: Facts): ScriptFact[] {
  return scripts.filter(
    ({ runner, range }) => runner === 'docker-compose' && /^(?:docker-)?compose\.ya?ml$/.test(range.path),
  )
}

function tellsContainers({ sections }: SetupUnit): boolean {
  return sections.some(({ parts }) => parts.some(({ markdown }) => /\bdocker[ -]compose\b/.test(markdown)))
}

/** Scripts that start the project, most usual first. */
function startScripts(facts: Facts): ScriptFact[] {
  return facts.scripts
    .filter(
      (script) => script.invocation !== '' && START_SCRIPTS.includes(script.name) && !script.range.path.includes('/'),
    )
    .sort((a, b) => START_SCRIPTS.indexOf(a.name) - START_SCRIPTS.indexOf(b.name))
}

import { cite } from '#lib/domain/citations.ts'
import type { DependencyFact, EntryPointFact, Facts, ManifestFact, ScriptFact, SourceRange } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { leadOf, type MainName, namesOf, nameTable } from './concepts.ts'
import { entryTable } from './interface-tables.ts'
import { mainNamesOf } from './main-names.ts'
import { blocks, bullets, code, escapeText, heading, pageLink } from './markdown.ts'
import { type Package, packagesIn } from './packages.ts'
import { modulePageOf, placesOf } from './page-places.ts'
import { quotedText } from './quoted-text.ts'
import { codeNames } from './quoting.ts'
import { introductionIn, type QuotedPart, type QuotedSection, quotedTopic } from './readme.ts'
import { scriptTable } from './task-tables.ts'
import { byText, count, listOf, sentence } from './wording.ts'

interface SelectedPackage {
  title: string
  dir: string
  version: string
  files: number
  manifest: string
  description: { text: string; citation: SourceRange } | null
  introduction: QuotedPart[]
  steps: QuotedSection[]
  /** Packages of this repository it declares as dependencies, and those that declare it. */
  uses: Neighbour[]
  usedBy: Neighbour[]
  entryPoints: EntryPointFact[]
  scripts: ScriptFact[]
  names: MainName[]
  pages: { slug: string; title: string }[]
}

interface Neighbour {
  name: string
  slug: string | null
  citation: SourceRange
}

const SHOWN_NEIGHBOURS = 8
const SHOWN_ENTRIES = 12
const SAME_START = 6

export const packageComposer: Composer<SelectedPackage> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedPackage {
  const all = packagesIn(facts)
  const own = all.find(({ dir }) => dir === page.subject)
  const { manifest, files, dir } = own ?? nothingOf(page)
  const slugOf = placesOf(facts, plan).ofPackage
  return {
    title: page.title,
    dir,
    version: manifest?.version ?? '',
    files: files.length,
    manifest: manifest?.path ?? '',
    description: descriptionOf(facts, dir, manifest),
    introduction: dir === '.' ? [] : ownIntroduction(facts, all, dir),
    steps: dir === '.' ? [] : [...quotedTopic(facts, 'install', dir), ...quotedTopic(facts, 'usage', dir)],
    ...neighbours(facts, all, { dir, slugOf }),
    entryPoints: facts.entryPoints.filter(({ range }) => range.path === manifest?.path).slice(0, SHOWN_ENTRIES),
    scripts:
      dir === '.' ? [] : facts.scripts.filter((one) => one.range.path === manifest?.path && one.invocation !== ''),
    names: own ? namesOf(facts, mainNamesOf(facts, new Set(files))) : [],
    pages: planPages(plan)
      .filter((one) => one.kind === 'module' && holdsFileOf(facts, one, files))
      .map(({ slug, title }) => ({ slug, title })),
  }
}

/** Without what the READMEs of earlier packages say in the same words. */
function ownIntroduction(facts: Facts, all: Package[], dir: string): QuotedPart[] {
  const words = ({ markdown }: QuotedPart) =>
    markdown
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ')
      .toLowerCase() ?? ''
  const before = all.slice(
    0,
    Math.max(
      0,
      all.findIndex((one) => one.dir === dir),
    ),
  )
  const told = new Set(before.flatMap((one) => introductionIn(facts, one.dir).map(words)))
  return introductionIn(facts, dir).filter((part) => !told.has(words(part)))
}

/** Whether the page of a package begins with this text: the comment of its main file often does, too. */
export function isToldByPackage(facts: Facts, text: string): boolean {
  return packageStarts(facts).has(startOf(text))
}

const starts = new WeakMap<Facts, Set<string>>()

function packageStarts(facts: Facts): Set<string> {
  const known = starts.get(facts)
  if (known) return known
  const found = new Set(
    packagesIn(facts).flatMap(({ dir, manifest }) => [
      startOf(manifest.description ?? ''),
      ...(dir === '.' ? [] : introductionIn(facts, dir).map(({ markdown }) => startOf(markdown))),
    ]),
  )
  found.delete('')
  starts.set(facts, found)
  return found
}

function startOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.slice(0, SAME_START).join(' ')
}

function nothingOf({ subject }: PlanPage): Pick<Package, 'files' | 'dir'> & { manifest: ManifestFact | null } {
  return { manifest: null, files: [], dir: subject ?? '.' }
}

function holdsFileOf(facts: Facts, page: PlanPage, files: string[]): boolean {
  const own = new Set(files)
  return modulePageOf(facts, page).sections.some(({ path }) => own.has(path))
}

/** What the manifest says, unless the README of the package begins with it. */
function descriptionOf(facts: Facts, dir: string, manifest: ManifestFact | null): SelectedPackage['description'] {
  const text = manifest?.description ?? ''
  const citation = manifest?.descriptionAt
  const plain = (markdown: string) =>
    markdown
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase()
  const isTold = introductionIn(facts, dir).some(({ markdown }) => plain(markdown).startsWith(plain(text)))
  return text === '' || isTold || !citation ? null : { text, citation }
}

function neighbours(
  facts: Facts,
  all: Package[],
  { dir, slugOf }: { dir: string; slugOf: (dir: string) => string | null },
): Pick<SelectedPackage, 'uses' | 'usedBy'> {
  const byName = new Map(all.map((one) => [one.name, one]))
  const byManifest = new Map(all.map((one) => [one.manifest.path, one]))
  const edges = facts.dependencies.flatMap((dependency) => {
    const [from, to] = [byManifest.get(dependency.source.path), byName.get(dependency.name)]
    return from && to && from !== to ? [{ from, to, dependency }] : []
  })
  const neighbour = ({ name, dir: at }: Package, { source }: DependencyFact): Neighbour => ({
    name,
    slug: slugOf(at),
    citation: source,
  })
  const once = (list: Neighbour[]) =>
    [...new Map(list.map((one) => [one.name, one])).values()].sort((a, b) => byText(a.name, b.name))
  return {
    uses: once(edges.filter(({ from }) => from.dir === dir).map(({ to, dependency }) => neighbour(to, dependency))),
    usedBy: once(edges.filter(({ to }) => to.dir === dir).map(({ from, dependency }) => neighbour(from, dependency))),
  }
}

function compose(selected: SelectedPackage): string {
  const { title, description, introduction, steps, names, entryPoints, scripts, pages } = selected
  return blocks(
    heading(1, escapeText(title)),
    description && `${sentence(codeNames(description.text))} ${cite(description.citation)}`,
    introduction.length > 0 && quotedText({ heading: '', line: 0, parts: introduction }, { level: 2, isFirst: true }),
    placeText(selected),
    neighbourText(selected),
    ...steps.map((section) => quotedText(section, { level: 2, isFirst: false })),
    names.length > 0 && blocks(heading(2, 'Main names'), leadOf(names), nameTable(names)),
    entryPoints.length > 0 && blocks(heading(2, 'Entry points'), entryTable(entryPoints)),
    scripts.length > 0 && blocks(heading(2, 'Scripts and tasks'), scriptTable(scripts)),
    pages.length > 0 &&
      blocks(heading(2, 'Reference'), bullets(pages.map((page) => pageLink(escapeText(page.title), page.slug)))),
  )
}

function placeText({ dir, files, manifest, version }: SelectedPackage): string {
  const at = dir === '.' ? 'the root of the repository' : code(dir)
  const versioned = version === '' ? '' : ` Its version is ${code(version)}.`
  return `It lies in ${at} with ${count(files, 'source file')}; ${code(manifest)} describes it.${versioned}`
}

function neighbourText({ uses, usedBy }: SelectedPackage): string {
  const linked = ({ name, slug, citation }: Neighbour) =>
    `${slug ? pageLink(code(name), slug) : code(name)} ${cite(citation)}`
  return blocks(
    uses.length > 0 && `Of this repository it uses ${listOf(uses.map(linked), SHOWN_NEIGHBOURS)}.`,
    usedBy.length > 0 && `It is used by ${listOf(usedBy.map(linked), SHOWN_NEIGHBOURS)}.`,
  )
}

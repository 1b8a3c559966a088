import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { type FactsIndex, factsIndex } from './facts-index.ts'
import { byText } from './wording.ts'

/** One reference page: which files it lists, and which of their symbols it explains. */
export interface ModulePage {
  /** Key in `PlanPage.subject`: a directory, a file, or `file#Symbol`. */
  subject: string
  /** Modules whose files the page holds, by path. */
  modules: string[]
  sections: FileSection[]
  /** Methods and top-level names on the page. */
  weight: number
  rank: number
}

export interface FileSection {
  path: string
  symbols: SymbolFact[]
}

/** A page below this weight is merged with its neighbours; one above the other limit is split. */
const SMALL = 8
const LARGE = 60
/** So many words of doc comments make a page as long as one more name does. */
const WORDS_OF_A_NAME = 100

interface Sizes {
  small: number
  large: number
}

const cache = new WeakMap<Facts, Map<number, ModulePage[]>>()

/**
 * Reference pages of a repository in path order, at most `limit` where merging alone achieves that: directories as pages,
 * small ones merged upwards, large ones split by file and then by class.
 */
export function modulePages(facts: Facts, limit: number): ModulePage[] {
  const known = cache.get(facts) ?? new Map<number, ModulePage[]>()
  cache.set(facts, known)
  const pages = known.get(limit) ?? fitPages(facts, limit)
  known.set(limit, pages)
  return pages
}

/** A few files that offer no name are not worth a page. */
export function saysSomething({ weight, sections }: ModulePage): boolean {
  return weight > 0 || sections.length > 2
}

/** Subject as the plan can store it. */
export function subjectOf(path: string): string {
  return path.slice(0, 400)
}

function fitPages(facts: Facts, limit: number): ModulePage[] {
  const index = factsIndex(facts)
  const start = directoryPages(facts, index)
  let pages: ModulePage[] = []
  for (const factor of [1, 2, 4, 8, 16]) {
    const sizes = { small: SMALL * factor, large: LARGE * factor }
    pages = mergeSmall(start, sizes).flatMap((page) => splitLarge(page, sizes, index))
    if (pages.length <= limit) break
  }
  return pages.sort((a, b) => byText(a.subject, b.subject))
}

function directoryPages(facts: Facts, index: FactsIndex): ModulePage[] {
  const byModule = Map.groupBy(index.documented, (file) => index.moduleOf.get(file.path) ?? folderOf(file.path))
  return [...byModule].map(([path, files]) => {
    const sections = files.map((file) => ({ path: file.path, symbols: index.topLevel.get(file.path) ?? [] }))
    return {
      subject: path,
      modules: [path],
      sections,
      weight: sections.reduce((sum, section) => sum + sectionWeight(section, index), 0),
      rank: files.reduce((sum, file) => sum + (facts.fileRank[file.path] ?? 0), 0),
    }
  })
}

/** Deepest directories first: a small page joins the page of its parent directory, which may make that one large enough. */
function mergeSmall(start: ModulePage[], sizes: Sizes): ModulePage[] {
  const pages = new Map(start.map((page) => [page.subject, page]))
  const deepest = Math.max(0, ...start.map((page) => depthOf(page.subject)))
  for (let depth = deepest; depth > 0; depth -= 1) {
    const small = [...pages.values()].filter((page) => depthOf(page.subject) === depth && page.weight < sizes.small)
    for (const [parent, children] of Map.groupBy(small, (page) => folderOf(page.subject))) {
      const host = pages.get(parent)
      const merged = mergedInto(host, children, sizes)
      if (merged.length === 0) continue
      for (const child of merged) pages.delete(child.subject)
      pages.set(parent, joined(parent, host ? [host, ...merged] : merged))
    }
  }
  return [...pages.values()].map((page) => ({
    ...page,
    subject: page.modules.length === 1 ? (page.modules[0] ?? '.') : page.subject,
  }))
}

/** All that fit on a page; else those too small for one of their own, the smallest first, up to a long page. */
function mergedInto(host: ModulePage | undefined, children: ModulePage[], sizes: Sizes): ModulePage[] {
  let total = host?.weight ?? 0
  if (children.reduce((sum, page) => sum + page.weight, total) <= sizes.large) return children
  return children
    .toSorted((a, b) => a.weight - b.weight || byText(a.subject, b.subject))
    .filter(({ weight }) => {
      total += weight
      return weight < sizes.small / 4 || (weight < sizes.small / 2 && total <= sizes.large * 1.5)
    })
}

function joined(subject: string, pages: ModulePage[]): ModulePage {
  return {
    subject,
    modules: pages.flatMap((page) => page.modules).sort(byText),
    sections: pages.flatMap((page) => page.sections).sort((a, b) => byText(a.path, b.path)),
    weight: pages.reduce((sum, page) => sum + page.weight, 0),
    rank: pages.reduce((sum, page) => sum + page.rank, 0),
  }
}

/** Files that could stand alone leave a large page; what remains too large for one file leaves by class. */
function splitLarge(page: ModulePage, sizes: Sizes, index: FactsIndex): ModulePage[] {
  if (page.weight <= sizes.large) return [page]
  const heavy = heavySections(page, sizes, index)
  const rest = page.sections.filter((section) => !heavy.has(section))
  const alone = [...heavy].flatMap((section) =>
    splitFile(partOf(page, { subject: section.path, sections: [section] }, index), sizes, index),
  )
  return rest.length > 0 ? [partOf(page, { subject: page.subject, sections: rest }, index), ...alone] : alone
}

/** The heaviest files first: down to an ordinary page if they are worth one, else down to a long page. */
function heavySections(page: ModulePage, sizes: Sizes, index: FactsIndex): Set<FileSection> {
  const heavy = new Set<FileSection>()
  let left = page.weight
  const byWeight = page.sections
    .map((section) => ({ section, weight: sectionWeight(section, index) }))
    .sort((a, b) => b.weight - a.weight || byText(a.section.path, b.section.path))
  for (const { section, weight } of byWeight) {
    const isWorthIt = weight >= sizes.small * 2 ? left > sizes.large : weight >= sizes.small && left > sizes.large * 1.5
    if (!isWorthIt) break
    heavy.add(section)
    left -= weight
  }
  return heavy
}

function splitFile(page: ModulePage, sizes: Sizes, index: FactsIndex): ModulePage[] {
  const [section] = page.sections
  if (!section || page.weight <= sizes.large) return [page]
  const large = section.symbols.filter((symbol) => symbolWeight(symbol, index) >= sizes.small * 2)
  if (large.length === 0 || section.symbols.length === 1) return [page]
  const rest = section.symbols.filter((symbol) => !large.includes(symbol))
  const parts = large.map((symbol) => {
    const subject = `${section.path}#${symbol.qualified}`
    return partOf(page, { subject, sections: [{ path: section.path, symbols: [symbol] }] }, index)
  })
  return rest.length > 0
    ? [partOf(page, { subject: section.path, sections: [{ path: section.path, symbols: rest }] }, index), ...parts]
    : parts
}

function partOf(page: ModulePage, part: Pick<ModulePage, 'subject' | 'sections'>, index: FactsIndex): ModulePage {
  const { sections } = part
  const modules = new Set(sections.map((section) => index.moduleOf.get(section.path) ?? folderOf(section.path)))
  return {
    ...part,
    modules: page.modules.filter((path) => modules.has(path)),
    weight: sections.reduce((sum, section) => sum + sectionWeight(section, index), 0),
    rank: page.rank * (sections.length / Math.max(1, page.sections.length)),
  }
}

function sectionWeight(section: FileSection, index: FactsIndex): number {
  return section.symbols.reduce((sum, symbol) => sum + symbolWeight(symbol, index), 0)
}

const weights = new WeakMap<FactsIndex, Map<SymbolFact, number>>()

/** Names that get a heading, the symbol and its methods, and long doc comments. Properties share one table. */
export function symbolWeight(symbol: SymbolFact, index: FactsIndex): number {
  const known = weights.get(index) ?? new Map<SymbolFact, number>()
  weights.set(index, known)
  const weight = known.get(symbol) ?? weigh(symbol, index)
  known.set(symbol, weight)
  return weight
}

function weigh(symbol: SymbolFact, index: FactsIndex): number {
  const members = (index.members.get(symbol.id) ?? []).filter((member) => member.kind !== 'property')
  const words = [symbol, ...members].reduce((sum, one) => sum + docWords(one), 0)
  return 1 + members.length + Math.floor(words / WORDS_OF_A_NAME)
}

function docWords({ doc }: SymbolFact): number {
  return doc ? (`${doc.summary} ${doc.body}`.match(/\S+/g)?.length ?? 0) : 0
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end > 0 ? path.slice(0, end) : '.'
}

function depthOf(path: string): number {
  return path === '.' ? 0 : path.split('/').length
}

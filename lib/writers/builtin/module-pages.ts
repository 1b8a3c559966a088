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
  /** How long the page gets, in characters of text; what is no text counts as many as take its room. */
  weight: number
  rank: number
}

export interface FileSection {
  path: string
  symbols: SymbolFact[]
}

/**
 * A page below this weight is merged with its neighbours; one above the other limit is split. Of 180 pages of eleven
 * repositories, all above 11 kB compressed, which is what style sheets and scripts leave of 20 kB, weigh more than 16,000.
 */
const SMALL = 1500
const LARGE = 16_000
/** So much text takes the room, in a compressed page, of a heading with its signature and of the row of a property. */
const CHARS_OF_A_NAME = 125
const CHARS_OF_A_PROPERTY = 75
const CHARS_OF_A_FILE = 125

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
export function saysSomething({ sections }: ModulePage): boolean {
  return sections.length > 2 || sections.some(({ symbols }) => symbols.length > 0)
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

/** All that fit on a page; else those too small for one of their own, the smallest first, until it is full. */
function mergedInto(host: ModulePage | undefined, children: ModulePage[], sizes: Sizes): ModulePage[] {
  let total = host?.weight ?? 0
  if (children.reduce((sum, page) => sum + page.weight, total) <= sizes.large) return children
  return children
    .toSorted((a, b) => a.weight - b.weight || byText(a.subject, b.subject))
    .filter(({ weight }) => {
      total += weight
      return weight < sizes.small / 4 || (weight < sizes.small && total <= sizes.large)
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

/** The heaviest files first, until the others fit on a page; files too short for a page of their own stay. */
function heavySections(page: ModulePage, sizes: Sizes, index: FactsIndex): Set<FileSection> {
  let left = page.weight
  const heavy = heaviest(page.sections, (section) => sectionWeight(section, index)).filter(([, weight]) => {
    const leaves = left > sizes.large && weight >= sizes.small / 2
    if (leaves) left -= weight
    return leaves
  })
  return new Set(heavy.map(([section]) => section))
}

/** With its weight. */
function heaviest<Part extends FileSection | SymbolFact>(parts: Part[], weightOf: (part: Part) => number) {
  return parts.map((part) => [part, weightOf(part)] as const).sort(([, a], [, b]) => b - a)
}

/** Long classes leave, and others only until the rest fits on a page. */
function splitFile(page: ModulePage, sizes: Sizes, index: FactsIndex): ModulePage[] {
  const [section] = page.sections
  if (!section || page.weight <= sizes.large || section.symbols.length === 1) return [page]
  let left = page.weight
  const leaving = heaviest(section.symbols, (symbol) => symbolWeight(symbol, index)).filter(([, weight]) => {
    const leaves = weight >= sizes.small * 2 || (left > sizes.large && weight >= sizes.small)
    if (leaves) left -= weight
    return leaves
  })
  if (leaving.length === 0) return [page]
  const large = new Set(leaving.map(([symbol]) => symbol))
  const rest = section.symbols.filter((symbol) => !large.has(symbol))
  const parts = section.symbols
    .filter((symbol) => large.has(symbol))
    .map((symbol) => {
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
  return section.symbols.reduce((sum, symbol) => sum + symbolWeight(symbol, index), CHARS_OF_A_FILE)
}

const weights = new WeakMap<FactsIndex, Map<SymbolFact, number>>()

/** Of the symbol and its members, with their doc comments. */
function symbolWeight(symbol: SymbolFact, index: FactsIndex): number {
  const known = weights.get(index) ?? new Map<SymbolFact, number>()
  weights.set(index, known)
  const weight = known.get(symbol) ?? weigh(symbol, index)
  known.set(symbol, weight)
  return weight
}

function weigh(symbol: SymbolFact, index: FactsIndex): number {
  const members = index.members.get(symbol.id) ?? []
  return members.reduce(
    (sum, member) => sum + (member.kind === 'property' ? CHARS_OF_A_PROPERTY : CHARS_OF_A_NAME) + docChars(member),
    CHARS_OF_A_NAME + docChars(symbol),
  )
}

function docChars({ doc }: SymbolFact): number {
  if (!doc) return 0
  const texts = [doc.summary, doc.body, ...Object.values(doc.params), doc.returns ?? '', ...doc.raises, ...doc.examples]
  return texts.reduce((sum, text) => sum + text.length, 0)
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end > 0 ? path.slice(0, end) : '.'
}

function depthOf(path: string): number {
  return path === '.' ? 0 : path.split('/').length
}

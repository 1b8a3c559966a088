import { cite } from '#lib/domain/citations.ts'
import type { Facts, ModuleFact, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import { usersOf } from '#lib/domain/symbol-users.ts'
import type { Composer } from './composer.ts'
import { mermaid } from './dependency-graph.ts'
import { type FactsIndex, factsIndex } from './facts-index.ts'
import { neighbourhoodOf } from './flow.ts'
import { type GuideTexts, guideTextsOf } from './guide-texts.ts'
import { inReadingOrder, symbolsByImportance } from './importance.ts'
import { blocks, code, escapeText, fence, heading, pageLink, table } from './markdown.ts'
import type { FileSection } from './module-pages.ts'
import { isToldByPackage } from './package.ts'
import type { PlannedModule } from './page-parts.ts'
import { modulePageOf, type Places, placesOf } from './page-places.ts'
import { codeNames } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { composeEntry, type SymbolEntry, selectEntries } from './symbol-entry.ts'
import { byText, count, firstSentence, listOf, sentence, shorten } from './wording.ts'

interface SelectedModule {
  title: string
  path: string
  summaries: { module: string; text: string; citation: SourceRange }[]
  imports: { module: string; slug: string | null; count: number; example: SourceRange }[]
  importedBy: { module: string; slug: string | null; example: SourceRange | null }[]
  used: { name: string; users: number; citation: SourceRange }[]
  files: SelectedFile[]
  parts: SelectedPart[]
}

/** What stands on a page of its own. */
interface SelectedPart extends Pick<SelectedFile, 'purpose' | 'names' | 'citation'> {
  name: string
  slug: string
}

interface SelectedFile {
  path: string
  header: string
  /** The header, else what the most important name says of itself. */
  purpose: string
  names: string[]
  headerAt: SourceRange | null
  /** Of the first of `names`, else of the header; null for an empty file. */
  citation: SourceRange | null
  entries: SymbolEntry[]
}

const SHOWN_NAMES = 4
const SHOWN_NEIGHBOURS = 6
const SHOWN_PURPOSE = 160
const SHOWN_USED = 10
const FEWEST_IN_PICTURE = 4

export const moduleComposer: Composer<SelectedModule> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedModule {
  const index = factsIndex(facts)
  const content = modulePageOf(facts, page)
  const places = placesOf(facts, plan)
  const isWhole = !content.subject.includes('#') && !index.files.has(content.subject)
  const modules = isWhole
    ? content.modules.map((path) => index.modules.get(path)).filter((one) => one !== undefined)
    : []
  return {
    title: page.title,
    path: content.subject,
    summaries: modules.flatMap(({ path, summary }) =>
      summary && !isToldByPackage(facts, summary.text)
        ? [{ module: path, text: codeNames(summary.text), citation: summary.range }]
        : [],
    ),
    ...neighbours(modules, content.modules, { index, places }),
    used: mostUsed(facts, content.sections),
    files: content.sections
      .map((section) => selectFile(facts, section, { index, places, inGuides: guideTextsOf(facts, plan) }))
      .map((file) => (content.subject.includes('#') ? withoutHeader(file, content.sections) : file)),
    parts: places.partsOf(page).flatMap((part) => selectPart(facts, part)),
  }
}

function selectPart(facts: Facts, { page, content }: PlannedModule): SelectedPart[] {
  const [section] = content.sections
  if (!section) return []
  const [path = '', name] = content.subject.split('#')
  const ranked = symbolsByImportance(facts, section.symbols)
  const [first] = ranked
  const header = name === undefined ? factsIndex(facts).files.get(path)?.header?.text : undefined
  return [
    {
      name: name ?? path,
      slug: page.slug,
      purpose: header ?? purposeOf(first, section),
      names: name === undefined ? uniqueNames(ranked) : [],
      citation: first ? symbolCitation(first) : null,
    },
  ]
}

function uniqueNames(ranked: SymbolFact[]): string[] {
  return [...new Set(ranked.map(({ name }) => name))]
}

function neighbours(modules: ModuleFact[], own: string[], { index, places }: { index: FactsIndex; places: Places }) {
  const inside = new Set(own)
  const imports = new Map<string, SelectedModule['imports'][number]>()
  for (const edge of modules.flatMap((module) => module.imports)) {
    if (inside.has(edge.module)) continue
    const known = imports.get(edge.module)
    if (known) known.count += edge.count
    else imports.set(edge.module, { ...edge, slug: places.ofModule(edge.module) })
  }
  const importedBy = new Set(modules.flatMap((module) => module.importedBy).filter((path) => !inside.has(path)))
  return {
    imports: [...imports.values()].sort((a, b) => b.count - a.count || byText(a.module, b.module)),
    importedBy: [...importedBy].sort(byText).map((module) => {
      const edge = index.modules.get(module)?.imports.find((one) => inside.has(one.module))
      return { module, slug: places.ofModule(module), example: edge?.example ?? null }
    }),
  }
}

/** Names of the page that several files use, most used first. */
function mostUsed(facts: Facts, sections: FileSection[]): SelectedModule['used'] {
  const seen = new Set<string>()
  const symbols = sections.flatMap((section) => section.symbols)
  const hasOthers = symbols.filter((symbol) => !isMacro(symbol)).length >= SHOWN_USED
  return symbols
    .filter(({ range, qualified }) => {
      const name = `${range.path}#${qualified}`
      return !seen.has(name) && seen.add(name)
    })
    .map((symbol) => ({ symbol, users: usersOf(facts, symbol).length }))
    .filter(({ symbol, users }) => users > 1 && (!hasOthers || !isMacro(symbol)))
    .sort((a, b) => b.users - a.users || byText(a.symbol.id, b.symbol.id))
    .slice(0, SHOWN_USED)
    .map(({ symbol, users }) => ({ name: symbol.qualified, users, citation: symbolCitation(symbol) }))
}

/** Macros hold the files of C together; a reader looks for what they hold. */
function isMacro({ name, range }: SymbolFact): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name) && /\.(?:[ch]|[ch]pp|cc|hh|cxx|hxx)$/.test(range.path)
}

/** On the page of one class, the comment at the top of its file would be told again; it stands on the page of the file. */
function withoutHeader(file: SelectedFile, sections: FileSection[]): SelectedFile {
  return sections.some(({ symbols }) => symbols.length > 0) ? { ...file, header: '', headerAt: null } : file
}

function selectFile(
  facts: Facts,
  section: FileSection,
  { index, places, inGuides }: { index: FactsIndex; places: Places; inGuides: GuideTexts },
): SelectedFile {
  const file = index.files.get(section.path)
  const ranked = symbolsByImportance(facts, section.symbols)
  const [first] = ranked
  const isTold = section.symbols.some(({ doc }) => file?.header && doc?.summary.startsWith(file.header.text))
  const start = file?.lines === 0 ? null : { path: section.path, start: 1, end: 1 }
  return {
    path: section.path,
    // The comment at the top of a file is often that of its one class, which tells it itself.
    header: isTold ? '' : (file?.header?.text ?? ''),
    purpose: file?.header?.text ?? purposeOf(first, section),
    names: uniqueNames(ranked),
    headerAt: isTold ? null : (file?.header?.range ?? null),
    citation: first ? symbolCitation(first) : (file?.header?.range ?? start),
    entries: selectEntries(facts, inReadingOrder(facts, section.symbols), {
      ofSymbol: places.ofSymbol,
      inGuides,
    }),
  }
}

/** What the most important name says of itself, when that is more than its name. */
function purposeOf(first: SymbolFact | undefined, { symbols }: FileSection): string {
  const summary = symbols.find(({ name, doc }) => name === first?.name && doc)?.doc?.summary ?? ''
  return /\S\s+\S+\s+\S/.test(summary) ? firstSentence(summary) : ''
}

function compose(selected: SelectedModule): string {
  const isSingle = selected.files.length === 1
  return blocks(
    heading(1, escapeText(selected.title)),
    summariesOf(selected),
    neighbourhood(selected),
    pictureOf(selected),
    usedText(selected),
    !isSingle && blocks(heading(2, 'Files'), fileTable(selected.files)),
    partsText(selected.parts),
    ...selected.files.filter((file) => isSingle || file.entries.length > 0).map((file) => fileSection(file, isSingle)),
  )
}

/** What a part of the page says of itself is not said of all of it. */
function summariesOf({ path, summaries }: SelectedModule): string {
  return blocks(
    ...summaries.map(({ module, text, citation }) => {
      const isOfAll = summaries.length === 1 && module === path
      return `${isOfAll ? '' : `${code(module)}: `}${sentence(text)} ${cite(citation)}`
    }),
  )
}

function neighbourhood({ path, imports, importedBy }: SelectedModule): string {
  const linked = ({ module, slug }: { module: string; slug: string | null }) => {
    const name = module === '.' ? 'the top level' : code(module)
    return slug ? pageLink(name, slug) : name
  }
  const shown = (edge: SelectedModule['importedBy'][number]) =>
    edge.example ? `${linked(edge)} ${cite(edge.example)}` : linked(edge)
  const from = imports.slice(0, SHOWN_NEIGHBOURS).map(shown)
  const more = imports.length - from.length
  const subject = path === '.' ? 'The top level' : code(path)
  return blocks(
    from.length > 0 && `${subject} imports ${listOf([...from, ...(more > 0 ? [count(more, 'other module')] : [])])}.`,
    importedBy.length > 0 &&
      `It is imported by ${listOf(importedBy.map(shown), SHOWN_NEIGHBOURS)}.`.replace(
        /^It is/,
        from.length > 0 ? 'It is' : `${subject} is`,
      ),
  )
}

/** The page between its neighbours, where there are enough of them for a picture to say more than a sentence. */
function pictureOf({ path, imports, importedBy }: SelectedModule): string {
  if (path.includes('#') || imports.length + importedBy.length < FEWEST_IN_PICTURE) return ''
  const around = { imports, importedBy: importedBy.map(({ module }) => module) }
  const picture = neighbourhoodOf(path, around, SHOWN_NEIGHBOURS)
  return fence(mermaid(picture, '', 'LR'), 'mermaid')
}

/** Names of the page that other files use, with in how many; the first with its declaration, which shows the name alone. */
function usedText({ used }: SelectedModule): string {
  const names = used.map(({ name, users, citation }, at) =>
    at === 0 ? `${code(name)} ${cite(citation)} (by ${count(users, 'file')})` : `${code(name)} (${users})`,
  )
  return names.length > 0 ? `Most used: ${listOf(names)}.` : ''
}

function fileTable(files: SelectedFile[]): string {
  const rows = files.map((file) => [
    code(file.path),
    codeNames(shorten(file.purpose, SHOWN_PURPOSE)),
    listOf(file.names.map(code), SHOWN_NAMES),
    file.citation ? cite(file.citation) : '',
  ])
  return table(['File', 'What it holds', 'Public names', 'Source'], rows)
}

function partsText(parts: SelectedPart[]): string {
  if (parts.length === 0) return ''
  const rows = parts.map(({ name, slug, purpose, names, citation }) => [
    pageLink(code(name), slug),
    codeNames(shorten(purpose, SHOWN_PURPOSE)),
    listOf(names.map(code), SHOWN_NAMES),
    citation ? cite(citation) : '',
  ])
  return blocks('On pages of their own:', table(['Page', 'What it holds', 'Public names', 'Source'], rows))
}

function fileSection(file: SelectedFile, isSingle: boolean): string {
  const intro =
    file.headerAt &&
    (isSingle || file.header.length > SHOWN_PURPOSE) &&
    `${sentence(codeNames(file.header))} ${cite(file.headerAt)}`
  const level = isSingle ? 2 : 3
  return blocks(
    !isSingle && heading(2, code(file.path)),
    intro,
    ...file.entries.map((entry) => composeEntry(entry, level)),
  )
}

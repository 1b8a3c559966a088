import { cite } from '#lib/domain/citations.ts'
import type { DocumentFact, Facts, FileFact, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { type FindAnchor, linksFrom } from './document-links.ts'
import { factsIndex } from './facts-index.ts'
import { firstSteps } from './first-steps.ts'
import { anchorsIn, isLeadSection } from './guide-anchors.ts'
import { codeBlocks, META } from './guide-documents.ts'
import { blocks, code, escapeText, heading, table } from './markdown.ts'
import { quotedText } from './quoted-text.ts'
import { holds, type QuotedPart, type QuotedSection, quotedLines, quoteSection, readmeOf } from './readme.ts'
import { type LevelledSection, withoutEmpty, withoutGaps } from './section-levels.ts'
import { developmentUnits, unitLines } from './setup-units.ts'
import { count, listOf, shorten } from './wording.ts'

interface SelectedExamples {
  title: string
  /** Document the page follows; null when it gathers the examples of the repository. */
  document: string | null
  sections: LevelledSection[]
  /** Sections that a very long document has behind those. */
  rest: { sections: number; at: SourceRange } | null
  files: { path: string; header: string; uses: string[]; citation: SourceRange }[]
  moreFiles: number
}

const SHOWN_FILES = 60
const SHOWN_SECTIONS = 40
const SHOWN_OF_GUIDE = 150
const SHOWN_NAMES = 5
const LONGEST_PURPOSE = 160

export const examplesComposer: Composer<SelectedExamples> = { select, compose }

const ASIDE = new RegExp(`${META.source}|\\btests?\\b|develop|table of contents`, 'i')

/** README sections with code that the first steps do not use, and the files below example folders. */
export function hasExamples(facts: Facts): boolean {
  return readmeExamples(facts).length >= 2 || exampleFiles(facts).length >= 2
}

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedExamples {
  const document = page.subject ? facts.documents.find(({ path }) => path === page.subject) : undefined
  if (document)
    return {
      title: page.title,
      document: document.path,
      ...guideSections(facts, document, { plan, title: page.title }),
      files: [],
      moreFiles: 0,
    }
  const files = exampleFiles(facts)
  return {
    title: page.title,
    document: null,
    sections: readmeExamples(facts),
    rest: null,
    files: files.slice(0, SHOWN_FILES),
    moreFiles: Math.max(0, files.length - SHOWN_FILES),
  }
}

function guideSections(
  facts: Facts,
  document: DocumentFact,
  { plan, title }: { plan: Plan; title: string },
): Pick<SelectedExamples, 'sections' | 'rest'> {
  const links = linksFrom(document.path, { plan, hasPath: factsIndex(facts).hasPath })
  const isNamed = ({ heading: own }: QuotedSection) => own === document.title
  const isTitle = (section: SectionFact) => section.heading === document.title && section.level === 1
  const told = document.sections.filter((section) => holds(facts, section))
  const shown = told.slice(0, SHOWN_OF_GUIDE)
  const quoted = (findAnchor?: FindAnchor) => {
    const sections = shown
      .map((section) => ({
        ...quoteSection(facts, section, { ...links, findAnchor }),
        level: isTitle(section) ? 0 : section.level,
      }))
      .filter((section) => section.heading !== '' || saysSomething(section.parts))
    return withoutGaps(withoutEmpty(sections).map((one) => (isNamed(one) ? { ...one, level: 0 } : one)))
  }
  // Which headings the page has is known when everything was quoted once.
  const plain = quoted()
  const linksWithin = shown.some(({ text }) => text.includes('](#'))
  const left = told.slice(SHOWN_OF_GUIDE)
  const at = left[0] && { ...left[0].range, end: left.at(-1)?.range.end ?? left[0].range.end }
  return {
    sections: linksWithin ? quoted(anchorsIn(document.sections, plain, title)) : plain,
    rest: at ? { sections: left.length, at } : null,
  }
}

function readmeExamples(facts: Facts): SelectedExamples['sections'] {
  const readme = readmeOf(facts)
  if (!readme) return []
  const { program: first, units } = firstSteps(facts, facts.repoType)
  const used = new Set([...quotedLines(facts), ...unitLines([...units, ...developmentUnits(facts)])])
  const program = first?.line
  const sections = readme.sections.filter(
    (section) =>
      section.level > 1 &&
      codeBlocks(section) > 0 &&
      !used.has(section.range.start) &&
      section.range.start !== program &&
      !ASIDE.test(section.heading),
  )
  return sections
    .filter((section) => holds(facts, section))
    .slice(0, SHOWN_SECTIONS)
    .map((section) => ({ ...quoteSection(facts, section), level: 2 }))
}

/** An example in a folder of its own is opened at its start file; the files beside that are its parts. */
function withoutParts(files: FileFact[]): FileFact[] {
  const folderOf = ({ path }: FileFact) => path.slice(0, path.lastIndexOf('/') + 1)
  const isStart = ({ path }: FileFact) => /\/(?:index|main|app|server|cli)\.\w+$/.test(path)
  const started = new Set(files.filter(isStart).map(folderOf))
  return files.filter((file) => isStart(file) || !started.has(folderOf(file)))
}

function exampleFiles(facts: Facts): SelectedExamples['files'] {
  const index = factsIndex(facts)
  const files = facts.files.filter(
    (file) => file.role === 'example' && index.moduleOf.get(file.path) === undefined && file.lines > 0,
  )
  const code = files.filter(
    (file) => file.language !== null && !/^(?:JSON|YAML|TOML|Markdown|HTML|CSS|INI)$/.test(file.language),
  )
  const imports = Map.groupBy(facts.imports, (fact) => fact.from)
  return withoutParts(code).map((file) => {
    const own = (imports.get(file.path) ?? []).filter(
      (fact) => fact.to !== null && index.files.get(fact.to)?.role === 'source',
    )
    const isNamed = !/^C(?:\+\+)?$/.test(file.language ?? '')
    const uses = [...new Set(own.flatMap((fact) => (isNamed ? fact.names : [])).filter((name) => name !== '*'))]
    const naming = own.find(({ names }) => names.some((name) => uses.slice(0, SHOWN_NAMES).includes(name)))
    const start = file.header?.range ?? { path: file.path, start: 1, end: Math.min(file.lines, 10) }
    return { path: file.path, header: file.header?.text ?? '', uses, citation: naming?.range ?? start }
  })
}

/** What stands above the title of a document is often no more than a name or a badge. */
function saysSomething(parts: QuotedPart[]): boolean {
  return parts.some(({ markdown }) => (markdown.match(/\p{L}{2,}/gu)?.length ?? 0) > 5)
}

function compose(selected: SelectedExamples): string {
  const { document, sections } = selected
  return blocks(
    heading(1, escapeText(selected.title)),
    document !== null && sections[0] && `This guide follows ${code(document)}, as it stands in the repository.`,
    ...sections.map((section) => sectionText(section, selected.title)),
    selected.rest &&
      `${code(document ?? '')} goes on with ${count(selected.rest.sections, 'more section')}. ${cite(selected.rest.at)}`,
    fileSection(selected),
  )
}

function sectionText(section: SelectedExamples['sections'][number], title: string): string {
  const level = Math.max(2, section.level)
  return quotedText(section, { level, isFirst: isLeadSection(section, title) })
}

function fileSection({ files, moreFiles }: SelectedExamples): string {
  if (files.length === 0) return ''
  const rows = files.map((file) => [
    code(file.path),
    escapeText(shorten(file.header, LONGEST_PURPOSE)),
    listOf(file.uses.map(code), SHOWN_NAMES),
    cite(file.citation),
  ])
  return blocks(
    heading(2, 'Example programs'),
    `The repository keeps ${count(files.length + moreFiles, 'example program')}.`,
    table(['File', 'What it shows', 'Uses', 'Source'], rows),
    moreFiles > 0 && `${count(moreFiles, 'more example file')} ${moreFiles === 1 ? 'is' : 'are'} not listed.`,
  )
}

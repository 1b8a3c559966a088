import { cite } from '#lib/domain/citations.ts'
import type { DocumentFact, Facts, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { factsIndex } from './facts-index.ts'
import { blocks, code, escapeText, heading, table } from './markdown.ts'
import { quotedText } from './quoted-text.ts'
import { holds, type QuotedSection, quotedLines, quoteSection, readmeOf } from './readme.ts'
import { byText, count, listOf, shorten } from './wording.ts'

interface SelectedExamples {
  title: string
  /** Document the page follows; null when it gathers the examples of the repository. */
  document: string | null
  sections: (QuotedSection & { level: number })[]
  files: { path: string; header: string; uses: string[]; citation: SourceRange }[]
  moreFiles: number
}

const SHOWN_FILES = 60
const SHOWN_SECTIONS = 40
const SHOWN_NAMES = 5
const LONGEST_PURPOSE = 160

export const examplesComposer: Composer<SelectedExamples> = { select, compose }

/** Documents that are guides with code, most examples first; each may become a page. */
export function guideDocuments(facts: Facts, limit: number): DocumentFact[] {
  return facts.documents
    .filter(({ path }) => /(?:^|\/)(?:docs?|documentation|guides?|website\/docs)\//i.test(path) && !META.test(path))
    .map((document) => ({
      document,
      examples: document.sections.reduce((sum, section) => sum + codeBlocks(section), 0),
    }))
    .filter(({ examples }) => examples >= 2)
    .sort((a, b) => b.examples - a.examples || byText(a.document.path, b.document.path))
    .slice(0, limit)
    .map(({ document }) => document)
    .sort((a, b) => byText(a.path, b.path))
}

const META =
  /(?:change(?:s|log)|contribut|code.of.conduct|security|licen[cs]e|history|release|migrat|upgrad|roadmap|readme)/i

/** README sections with code that the first steps do not use, and the files below example folders. */
export function hasExamples(facts: Facts): boolean {
  return readmeExamples(facts).length >= 2 || exampleFiles(facts).length >= 2
}

function select(facts: Facts, page: PlanPage): SelectedExamples {
  const document = page.subject ? facts.documents.find(({ path }) => path === page.subject) : undefined
  if (document)
    return {
      title: page.title,
      document: document.path,
      sections: guideSections(facts, document),
      files: [],
      moreFiles: 0,
    }
  const files = exampleFiles(facts)
  return {
    title: page.title,
    document: null,
    sections: readmeExamples(facts),
    files: files.slice(0, SHOWN_FILES),
    moreFiles: Math.max(0, files.length - SHOWN_FILES),
  }
}

function guideSections(facts: Facts, document: DocumentFact): SelectedExamples['sections'] {
  const isTitle = (section: SectionFact) => section.heading === document.title && section.level === 1
  return document.sections
    .filter((section) => section.text.trim() !== '' && holds(facts, section))
    .slice(0, SHOWN_SECTIONS)
    .map((section) => ({ ...quoteSection(facts, document.path, section), level: isTitle(section) ? 0 : section.level }))
    .filter((section) => section.markdown !== '')
}

function readmeExamples(facts: Facts): SelectedExamples['sections'] {
  const readme = readmeOf(facts)
  if (!readme) return []
  const used = quotedLines(facts)
  const sections = readme.sections.filter(
    (section) =>
      section.level > 1 && codeBlocks(section) > 0 && !used.has(section.range.start) && !META.test(section.heading),
  )
  return sections
    .filter((section) => holds(facts, section))
    .slice(0, SHOWN_SECTIONS)
    .map((section) => ({ ...quoteSection(facts, readme.path, section), level: 2 }))
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
  return code.map((file) => {
    const own = (imports.get(file.path) ?? []).filter(
      (fact) => fact.to !== null && index.files.get(fact.to)?.role === 'source',
    )
    const uses = [...new Set(own.flatMap((fact) => fact.names).filter((name) => name !== '*'))]
    const first = own[0]?.range ?? { path: file.path, start: 1, end: Math.min(file.lines, 10) }
    return { path: file.path, header: file.header?.text ?? '', uses, citation: file.header?.range ?? first }
  })
}

function codeBlocks(section: SectionFact): number {
  return Math.floor(Array.from(section.text.matchAll(/^ {0,3}(?:```|~~~)/gm)).length / 2)
}

function compose(selected: SelectedExamples): string {
  const { document, sections } = selected
  return blocks(
    heading(1, escapeText(selected.title)),
    document !== null && sections[0] && `This guide follows ${code(document)}, as it stands in the repository.`,
    ...sections.map((section) => sectionText(section)),
    fileSection(selected),
  )
}

function sectionText(section: SelectedExamples['sections'][number]): string {
  const level = Math.max(2, section.level)
  const isLead = section.level === 0
  return quotedText(section, { level, isFirst: isLead })
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
    `The repository keeps ${count(files.length + moreFiles, 'example file')}.`,
    table(['File', 'What it shows', 'Uses', 'Source'], rows),
    moreFiles > 0 && `${count(moreFiles, 'more example file')} ${moreFiles === 1 ? 'is' : 'are'} not listed.`,
  )
}

import type { DocumentFact, Facts, SectionFact } from '#lib/domain/facts.ts'
import { oneLine } from './markdown.ts'
import { openingParagraphs, readmeOf } from './readme.ts'
import { byText, firstSentence, listOf, shorten } from './wording.ts'

/** Documents that are guides, those with most examples first, those of prose alone last; each may become a page. */
export function guideDocuments(facts: Facts, limit: number): DocumentFact[] {
  return facts.documents
    .filter(
      (document) =>
        isPlaced(document) &&
        !META.test(document.path) &&
        !ROOT_INDEX.test(document.path) &&
        !isCopy(facts, document.path) &&
        !isTranslation(facts, document.path),
    )
    .map((document) => ({
      document,
      examples: document.sections.reduce((sum, section) => sum + codeBlocks(section), 0),
    }))
    .filter(({ document, examples }) => examples > 0 || isProse(document))
    .filter(({ document }) => !isGenerated(document) && !GENERATED.test(document.path))
    .sort((a, b) => b.examples - a.examples || byText(a.document.path, b.document.path))
    .slice(0, limit)
    .map(({ document }) => document)
}

/** Enough to explain something; lists of links and tables of contents explain nothing. */
const FEWEST_WORDS = 150
const NO_PROSE = /^(?:\s*(?:[-*+>|#:]|\d+[.)]|\.\. |<|!?\[)|\s{4})/
const CONTENTS = /(?:^|\/)index\.\w+$|template/i

function isProse({ path, sections }: DocumentFact): boolean {
  if (!GUIDE.test(path) || CONTENTS.test(path)) return false
  const words = sections
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => (NO_PROSE.test(line) ? 0 : wordsIn(line)))
  return words.reduce((sum, one) => sum + one, 0) >= FEWEST_WORDS
}

function wordsIn(line: string): number {
  return line.match(/\p{L}{2,}/gu)?.length ?? 0
}

/** What those who change the project are told with code, outside the guides. */
export function contributorDocuments(facts: Facts, guides: DocumentFact[]): DocumentFact[] {
  return facts.documents
    .filter(
      (document) =>
        CONTRIBUTORS.test(document.path) && !guides.includes(document) && document.sections.some(namesLanguage),
    )
    .sort((a, b) => byText(a.path, b.path))
    .slice(0, MOST_FOR_CONTRIBUTORS)
}

const CONTRIBUTORS =
  /^(?:\.github\/|docs?\/)?(?:contributing|develop(?:ment|ing)|hacking|building|testing|releasing)\.(?:md|markdown|rst)$/i
const MOST_FOR_CONTRIBUTORS = 5

/** `docs/zh/state.md` beside `docs/state.md` says the same in another language. */
function isTranslation({ documents }: Facts, path: string): boolean {
  const parts = path.split('/')
  return parts.slice(0, -1).some((part, at) => {
    if (!LOCALE.test(part) || part === 'en') return false
    const original = (folders: string[]) => [...parts.slice(0, at), ...folders, ...parts.slice(at + 1)].join('/')
    const originals = [original([]), original(['en'])]
    return documents.some((one) => originals.includes(one.path))
  })
}

const LOCALE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/

const GUIDE = /^(?:[\w-]+\/){0,2}?(?:docs?|documentation|guides?)\//i
/** A document at the root with code is a guide unless it speaks to those who change the project. */
const AT_ROOT = /^[^/]+\.(?:md|markdown|rst)$/i
const FOR_DEVELOPERS =
  /polic|funding|privacy|incident|threat|develop|hacking|building|compil|maintain|governance|bench|roadmap|todo|agents?\b|claude|copilot|design|style|test|credits|authors|thanks|support/i

/** Documents at the root whose name says that they are guides. */
const NAMED_GUIDE =
  /^(?:[\w-]*guide|usage|manual|tutorial|faq|quick-?start|get(?:ting)?-?started|examples?|cookbook|recipes|commands?|options|configuration)\.\w+$/i

function isPlaced({ path, sections }: DocumentFact): boolean {
  if (GUIDE.test(path)) return true
  return AT_ROOT.test(path) && !FOR_DEVELOPERS.test(path) && (NAMED_GUIDE.test(path) || sections.some(namesLanguage))
}

/** Code that is no table, form or transcript says what language it is in. */
function namesLanguage({ text }: SectionFact): boolean {
  return /^ {0,3}(?:`{3,}|~{3,})[\w+#-]+|^\s*\.\. code-block:: \w/m.test(text)
}

/** A document at the root that says what the README says, for another place. */
function isCopy(facts: Facts, path: string): boolean {
  if (path.includes('/')) return false
  const linesOf = (document: DocumentFact | null | undefined) =>
    document?.sections.flatMap(({ text }) =>
      text.split('\n').filter((line) => line.trim().length > FEWEST_CHARACTERS),
    ) ?? []
  const told = new Set(linesOf(readmeOf(facts)))
  const own = linesOf(facts.documents.find((document) => document.path === path))
  return own.filter((line) => told.has(line)).length * 2 > own.length
}

const FEWEST_CHARACTERS = 12

/** The start page of a folder of documents says what the README says. */
const ROOT_INDEX = /^(?:[\w-]+\/)?(?:docs?|documentation)\/index\.\w+$/i
/** Documents about the project instead of its use. */
export const META =
  /(?:(?:^|\/)blogs?\/|change(?:s|log)|contribut|code.of.conduct|(?:^|\/)security\.|licen[cs]e|history|release|migrat|upgrad|roadmap|readme)/i

/** As TypeDoc lays out the pages it writes. */
const GENERATED = /(?:^|\/)api\/(?:.*\/)?(?:functions|interfaces|classes|modules|enums|type-aliases|variables)\//

/** A page that a documentation tool fills from the code says nothing by itself. */
function isGenerated({ sections }: DocumentFact): boolean {
  const marks = sections.map(
    ({ text }) => text.match(/^\s*(?:\.\. auto\w+::|::: [\w.]+$|`{3,}\{auto\w+\})/gm)?.length ?? 0,
  )
  return marks.reduce((sum, one) => sum + one, 0) >= 3
}

/** The first sentence of a guide, plain text, else what its parts are; empty when it has neither. */
export function guideSummary(facts: Facts, document: DocumentFact): string {
  const paragraphs = beginning(document).flatMap((section) => openingParagraphs(facts, section))
  const sentences = paragraphs.slice(0, MOST_PARAGRAPHS).map((markdown) => {
    const plain = markdown
      .replace(/\[\^[a-z\d-]+\]/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<\/?[a-z]+>/g, ' ')
      .replace(/\\(?=[^\w\s])|[`*]/g, '')
    return firstSentence(oneLine(plain))
  })
  const said = sentences.find((one) => !/^import |:$/.test(one) && !VERSION_NOTE.test(one) && !FOLLOWS.test(one))
  return shorten(said ?? partsOf(document), 200)
}

/** What stands above the first part, or the first parts where nothing does: a sentence of a later one tells of that only. */
function beginning({ sections, title }: DocumentFact): SectionFact[] {
  const lead = sections.filter(
    (one, at) => at < 2 && (one.level < 2 || one.heading === title) && one.text.trim() !== '',
  )
  return lead.length > 0 ? lead : sections.slice(0, 3)
}

function partsOf({ sections, title }: DocumentFact): string {
  const headings = sections.filter((one) => one.level === 2 && one.heading !== title).map((one) => oneLine(one.heading))
  return headings.length > 1 ? `${listOf(headings, SHOWN_PARTS)}.` : ''
}

const SHOWN_PARTS = 4
const MOST_PARAGRAPHS = 3
const VERSION_NOTE = /^\W*(?:(?:added|changed|deprecated) (?:in|since) version|note\b)/i
/** Begins in the middle: it continues something that was left out. */
const FOLLOWS = /^(?:and|so|but|then|or|because|while|however|here|now|instead|otherwise|also|in that case)\b/i

/** How many blocks of code a section has. */
export function codeBlocks({ text, range }: SectionFact): number {
  if (range.path.endsWith('.rst'))
    return text.match(/^\s*\.\. (?:code-block|code|sourcecode)::|[^.:]::\s*$|^\s*>>> /gm)?.length ?? 0
  return Math.floor(Array.from(text.matchAll(/^ {0,3}(?:```|~~~)/gm)).length / 2)
}

import type { DocumentFact, Facts, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import type { DocumentLinks } from './document-links.ts'
import { noteNames } from './document-notes.ts'
import { factsIndex } from './facts-index.ts'
import { oneLine } from './markdown.ts'
import { quoting } from './quoting.ts'
import { sectionChunks } from './source-chunks.ts'

/** Part of a document written by the maintainers, as safe Markdown, with the lines it was taken from. */
export interface QuotedSection {
  heading: string
  /** Line of the heading. */
  line: number
  parts: QuotedPart[]
}

export interface QuotedPart {
  markdown: string
  citation: SourceRange
}

export const SECTION_TOPICS = {
  requirements: /^(?:system )?(?:requirements?|prerequisites?|supported (?:versions|platforms|environments))\b/i,
  install: /^(?:\W*)(?:how to )?(?:install(?:ation|ing)?\b(?! an? )|set ?up\W*$|downloads?\W*$)/i,
  usage:
    /^(?:\W*)(?:quick ?-?start|getting started|get started|(?:basic |simple )?(?:usage|examples?)|a simple example|how to use|running(?! (?:the )?(?:unit |integration )?(?:tests?|specs|linters?|benchmarks?|ci)\b)|run it|your first)\b/i,
  features:
    /^(?:\W*)(?:(?:[\w-]+ ){0,3}?(?:and |& )?features(?:\W*$| (?:&|and) [\w –-]{3,30}$)|(?:key |main )?features|highlights|goals\W*$|why\b(?! (?:was|were|is|are|did|does|not?|another|the (?:name|fork))\b))/i,
} as const
export type SectionTopic = keyof typeof SECTION_TOPICS

const LEAD_SECTIONS = 4
const LEAD_PARAGRAPHS = 3
/** Features are listed in short parts; instructions are long. */
const MOST_SUBSECTIONS: Record<SectionTopic, number> = { requirements: 3, install: 3, usage: 3, features: 8 }
const FEWEST_WORDS = 8
/** Fewer words outside links only say where to look. */
const FEWEST_OUTSIDE_LINKS = 4

/** The README at the root of the repository, or in a folder; null when there is none. */
export function readmeOf(facts: Facts, dir = '.'): DocumentFact | null {
  const folder = dir === '.' ? '' : `${dir}/`
  const inFolder = facts.documents.filter(({ path }) => path.startsWith(folder))
  const roots = inFolder.filter(({ path }) => /^readme(?:\.\w+)?$/i.test(path.slice(folder.length)))
  return roots.find(({ path }) => /\.(?:md|markdown)$/i.test(path)) ?? roots[0] ?? null
}

/** Sections of the README on one topic that hold against the facts, with the subsections below their headings. */
export function quotedTopic(facts: Facts, topic: SectionTopic, dir = '.'): QuotedSection[] {
  const sections = readmeOf(facts, dir)?.sections ?? []
  const matching = sections.filter((section) => SECTION_TOPICS[topic].test(oneLine(section.heading)))
  const isUnique = ({ heading }: SectionFact) => matching.filter((one) => one.heading === heading).length === 1
  const candidates = matching
    .filter((section) => section.level < 3 || (isUnique(section) && !PART_OF_IT.test(headingAbove(sections, section))))
    .map((section) => [section, ...below(sections, section).filter((one) => !isTopic(one, topic))])
  for (const candidate of candidates) {
    const quoted = candidate
      .filter((section) => section.text.trim() !== '' && holds(facts, section))
      .slice(0, MOST_SUBSECTIONS[topic] + 1)
      .map((section) => quoteSection(facts, section))
      .filter(({ parts }) => parts.length > 0)
    if (quoted.length > 0) return quoted
  }
  return []
}

/** Below such a heading, usage and installation are those of a part. */
const PART_OF_IT = /\b(?:apis?|advanced|internals?|readers?|protocols?|extensions?|plugins?|handlers?)\b/i

function headingAbove(sections: SectionFact[], section: SectionFact): string {
  const before = sections.slice(0, sections.indexOf(section))
  return before.findLast(({ level }) => level < section.level)?.heading ?? ''
}

/** Sections under the heading of another one. */
function below(sections: SectionFact[], section: SectionFact): SectionFact[] {
  const rest = sections.slice(sections.indexOf(section) + 1)
  const end = rest.findIndex(({ level }) => level <= section.level)
  return end < 0 ? rest : rest.slice(0, end)
}

/** What the shell blocks of a text tell people to type, without prompts. */
export function shellLines(markdown: string): string[] {
  return Array.from(markdown.matchAll(BLOCK)).flatMap(([, , language = '', body = '']) => {
    const lines = body.split('\n').map((line) => line.trim())
    const prompted = lines.filter((line) => /^[$>] /.test(line))
    const typed = prompted.length > 0 ? prompted : SHELL.test(language) ? lines : []
    return SHELL.test(language) || language === '' ? typed.map((line) => line.replace(/^[$>] /, '')) : []
  })
}

const BLOCK = /^ {0,3}(`{3,}(?!`)(?!.*`)|~{3,})[ \t]*([\w-]*).*\n([\s\S]*?)^ {0,3}\1[ \t]*$/gm
const SHELL = /^(?:sh|bash|shell|console|zsh|fish|terminal|shell-?session|powershell|ps1|cmd|bat)$/i

/** Lines where the sections begin that the first steps and the overview quote. */
export function quotedLines(facts: Facts): Set<number> {
  const topics = Object.keys(SECTION_TOPICS) as SectionTopic[]
  return new Set(topics.flatMap((topic) => quotedTopic(facts, topic)).map((section) => section.line))
}

/** What the README says the project is, without what the description says already. */
export function quotedIntroduction(facts: Facts): QuotedPart[] {
  const known = facts.description?.text ?? ''
  const topics = Object.values(SECTION_TOPICS)
  const lead = (readmeOf(facts)?.sections ?? [])
    .slice(0, LEAD_SECTIONS)
    .filter((section) => !topics.some((topic) => topic.test(section.heading)) && !BESIDE.test(section.heading))
  const saysMuch = ({ markdown }: QuotedPart) =>
    markdown.split(/\s+/).length >= FEWEST_WORDS || defines(facts, markdown)
  const candidates = lead.flatMap((section) => {
    const found = leadParagraphs(facts, section).filter(({ markdown }) => !sameText(markdown, known))
    const paragraphs = found.slice(Math.max(0, found.findIndex(saysMuch)))
    return paragraphs.length === 0 ? [] : [{ paragraphs, level: section.level }]
  })
  const chosen =
    candidates.find(({ paragraphs }) => paragraphs.some((one) => defines(facts, one.markdown))) ?? candidates[0]
  if (!chosen) return []
  const starts = [defines, saysWhatItIs].map((says) => chosen.paragraphs.findIndex((one) => says(facts, one.markdown)))
  const from = Math.max(0, starts.find((at) => at >= 0) ?? 0)
  if (chosen.level > 1 && !defines(facts, chosen.paragraphs[from]?.markdown ?? '')) return []
  const shown = chosen.paragraphs.slice(from, from + LEAD_PARAGRAPHS)
  return shown.slice(
    Math.max(
      0,
      shown.findIndex(({ markdown }) => !GOES_ON.test(markdown)),
    ),
  )
}

/** Sections that introduce nothing. */
const BESIDE = /\b(?:help|support|faq|questions|community|sponsor\w*|backers|contribut\w+|news|thanks|licen[cs]e)\b/i

/** A paragraph that only goes on with what an earlier one said. */
const GOES_ON = /^(?:in addition|additionally|moreover|furthermore|however|also|besides|therefore|but|and)\b/i

/** What the README of a folder begins with. */
export function introductionIn(facts: Facts, dir: string): QuotedPart[] {
  const sections = readmeOf(facts, dir)?.sections.slice(0, 2) ?? []
  const lead = sections.filter(({ heading }) => !Object.values(SECTION_TOPICS).some((topic) => topic.test(heading)))
  return lead.flatMap((section) => leadParagraphs(facts, section)).slice(0, LEAD_PARAGRAPHS)
}

/** `Gin is a …`, `**docsfy** turns …`: a paragraph that begins with the name of the project. */
export function defines(facts: Facts, text: string): boolean {
  if (NAMED.test(text)) return true
  const plain = text.replace(/[*_`[\]]/g, '').toLowerCase()
  return projectNames(facts).some((name) => plain.startsWith(`${name} `) || plain.startsWith(`the ${name} `))
}

/** Whether a later sentence of a paragraph does so: `Enter Walk. Walk is a …`. */
function saysWhatItIs(facts: Facts, text: string): boolean {
  const plain = text.replace(/[*_`[\]]/g, '').toLowerCase()
  return projectNames(facts).some((name) =>
    [' is a ', ' is an ', ' is the '].some((is) => plain.includes(`. ${name}${is}`)),
  )
}

/** A name set apart at the start, with what it is or does: the command of a project is often not called like it. */
const NAMED = /^(?:`[\w.-]+`|\*\*[\w .-]+\*\*) (?:is|provides|lets|helps|allows|brings|makes|turns)\b/

/** Names people call the project by: its own, those of its packages, the first word of the README. */
export function projectNames(facts: Facts): string[] {
  const packages = facts.manifests
    .filter(({ path }) => !path.includes('/'))
    .map(({ name }) => name?.split('/').at(-1) ?? '')
  const title = readmeOf(facts)?.title?.split(/[\s:–—-]/)[0] ?? ''
  return [facts.name, ...packages, title].filter((name) => name.length > 1).map((name) => name.toLowerCase())
}

/** A section paragraph by paragraph, each with the lines it was taken from. Empty when nothing of it can be shown. */
export function quoteSection(facts: Facts, section: SectionFact, links?: DocumentLinks): QuotedSection {
  const quote = quoteDocument(facts, section.range.path, links)
  const parts = sectionChunks(section).map(({ text, range }) => ({ markdown: quote(text), citation: range }))
  const shown = parts.filter(({ markdown }) => markdown !== '')
  return { heading: oneLine(section.heading), line: section.range.start, parts: shown }
}

/** Quotes pieces of a document; links whose address stands elsewhere in it are followed. */
export function quoteDocument(facts: Facts, path: string, links?: DocumentLinks): (text: string) => string {
  const index = factsIndex(facts)
  const { block } = quoting(index, index.files.get(path)?.language ?? null, {
    ...links,
    noteName: noteNames(facts, path),
  })
  const definitions = linkDefinitions(facts, path)
  return (text) =>
    block(definitions !== '' && /\]\[|\[[^[\]]+\](?![(:[])/.test(text) ? `${text}\n\n${definitions}` : text)
}

const definitionCache = new WeakMap<DocumentFact, string>()

function linkDefinitions(facts: Facts, path: string): string {
  const document = facts.documents.find((one) => one.path === path)
  if (!document) return ''
  const known = definitionCache.get(document)
  if (known !== undefined) return known
  const lines = document.sections.flatMap(
    ({ text }) => text.match(/^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]+<?[^\s<>]+.*$/gm) ?? [],
  )
  const definitions = lines.slice(0, 200).join('\n')
  definitionCache.set(document, definitions)
  return definitions
}

/**
 * Whether every script and make target that shell blocks and prose of a section tell people to run exists. A section that
 * makes a new project speaks of the scripts of that project.
 */
export function holds(facts: Facts, section: SectionFact): boolean {
  const scripts = new Set(facts.scripts.map((script) => script.name))
  const told = section.text.replace(PROGRAM_BLOCK, '')
  if (/\b(?:npm (?:init|create)|npx create|(?:yarn|pnpm|bun) create)\b/.test(told)) return true
  const named = (pattern: RegExp) => Array.from(told.matchAll(pattern), (match) => match[1] ?? '')
  const npm = named(/\b(?:npm|pnpm|yarn|bun) run ([\w:.-]+)/g)
  const make = named(/^\s*(?:\$ )?make ([a-z][\w-]*)\s*$/gm)
  return [...npm, ...make].every((name) => scripts.has(name))
}

const PROGRAM_BLOCK =
  /^ {0,3}(`{3,}(?!`)(?!.*`)|~{3,})(?!\s|(?:sh|bash|shell|console|zsh|terminal|text|shell-session)\b)[\s\S]*?^ {0,3}\1\s*$/gm

function isTopic(section: SectionFact, own: SectionTopic): boolean {
  return Object.entries(SECTION_TOPICS).some(
    ([topic, pattern]) => topic !== own && pattern.test(oneLine(section.heading)),
  )
}

/**
 * Paragraphs from the start up to the first code, which what follows speaks of; a list stays with the line that announces
 * it, anything else is left out.
 */
export function leadParagraphs(facts: Facts, section: SectionFact): QuotedPart[] {
  const kept: QuotedPart[] = []
  let isBehindCode = false
  for (const part of quoteSection(facts, section).parts) {
    if (isBehindCode && kept.length > 0) break
    isBehindCode = /^(?:`{3}|:{3})/m.test(part.markdown)
    const [first = '', ...rest] = part.markdown
      .replace(/^(?:(`{3,})[\s\S]*?^\1|::: tabs$[\s\S]*?^:::)$/gm, '')
      .split('\n\n')
    if (!isProse(first) || ASIDE.test(first) || isEtymology(first)) continue
    const list =
      first.endsWith(':') && /^(?:[-*] |\d+\. )/.test(rest[0] ?? '') ? rest.filter((text) => text !== '') : []
    if (list.length > 0 && list.every(isLinkList)) continue
    const isLead = first.endsWith(':') && list.length === 0
    if (isLead && !defines(facts, first)) continue
    kept.push({ ...part, markdown: [isLead ? first.replace(/:$/, '.') : first, ...list].join('\n\n') })
  }
  return kept
}

/** Markdown of the paragraphs of a section up to its first code, the one that announces it included. */
export function openingParagraphs(facts: Facts, section: SectionFact): string[] {
  const { parts } = quoteSection(facts, section)
  const code = parts.findIndex(({ markdown }) => /^(?:`{3}|:{3})/m.test(markdown))
  const opening = (code < 0 ? parts : parts.slice(0, code + 1)).map(({ markdown }) => markdown.split('\n\n')[0] ?? '')
  return opening.filter((text) => isProse(text) && !ASIDE.test(text) && !isEtymology(text))
}

/** Where a name comes from, unless the same paragraph says what bears it. */
function isEtymology(text: string): boolean {
  return /\bpronunciation\b|\bpronounced\b/i.test(text) && !/\bis an? [\w-]/i.test(text)
}

/** A list of addresses introduces nothing. */
function isLinkList(list: string): boolean {
  return list.split('\n').every((line) => /^(?:[-*]|\d+\.) \[.*\]\([^)]*\)$/.test(line))
}

const ASIDE =
  /\bsponsor|^\W*Q ?(?:&|and) ?A\b|special thanks|is supported by|^\W*read the docs\b|^\W*(?:documentation|website|docs)\W*$/i

function isProse(markdown: string): boolean {
  const words = markdown.replace(/\[[^\]]*\]\([^)]*\)/g, ' ').match(/\p{L}{2,}/gu)?.length ?? 0
  return (
    words >= FEWEST_OUTSIDE_LINKS &&
    /\p{L}{3}.*\s.*\p{L}{3}/u.test(markdown) &&
    !/^(?:>|\||```|:::|\s|[-*] |\d+\. |\*\*[^*]*\*\*$)/.test(markdown)
  )
}

/** Whether two texts have the same words, whatever their markup. */
export function sameText(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .replace(/\]\([^)]*\)/g, ']')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return words(a) === words(b)
}

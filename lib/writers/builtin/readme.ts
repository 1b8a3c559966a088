import type { DocumentFact, Facts, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { oneLine } from './markdown.ts'
import { quoting } from './quoting.ts'
import { tight } from './ranges.ts'

/** Part of a document written by the maintainers, as safe Markdown, with the lines it was taken from. */
export interface QuotedSection {
  heading: string
  markdown: string
  citation: SourceRange
}

export const SECTION_TOPICS = {
  requirements: /^(?:system )?(?:requirements?|prerequisites?|supported (?:versions|platforms|environments))\b/i,
  install: /^(?:\W*)(?:how to )?(?:install(?:ation|ing)?|setup|set up)\b/i,
  usage:
    /^(?:\W*)(?:quick ?-?start|getting started|get started|(?:basic |simple )?(?:usage|examples?)|a simple example|how to use|running|run it|your first)\b/i,
  features: /^(?:\W*)(?:(?:key |main )?features|highlights|why)\b/i,
} as const
export type SectionTopic = keyof typeof SECTION_TOPICS

const LEAD_SECTIONS = 4
const LEAD_PARAGRAPHS = 3
const MOST_SUBSECTIONS = 3

/** The README at the root of the repository; null when there is none. */
export function readmeOf(facts: Facts): DocumentFact | null {
  const roots = facts.documents.filter(({ path }) => /^readme(?:\.\w+)?$/i.test(path))
  return roots.find(({ path }) => /\.(?:md|markdown)$/i.test(path)) ?? roots[0] ?? null
}

/** Sections of the README on one topic that hold against the facts, with the subsections below their headings. */
export function quotedTopic(facts: Facts, topic: SectionTopic): QuotedSection[] {
  const readme = readmeOf(facts)
  if (!readme) return []
  const start = readme.sections.findIndex((section) => SECTION_TOPICS[topic].test(oneLine(section.heading)))
  const first = readme.sections[start]
  if (!first) return []
  const rest = readme.sections.slice(start + 1)
  const end = rest.findIndex((section) => section.level <= first.level)
  const below = end < 0 ? rest : rest.slice(0, end)
  return [first, ...below.filter((section) => !isTopic(section, topic))]
    .filter((section) => section.text.trim() !== '' && holds(facts, section))
    .slice(0, MOST_SUBSECTIONS + 1)
    .map((section) => quoteSection(facts, readme.path, section))
    .filter((section) => section.markdown !== '')
}

/** Lines where the sections begin that the first steps and the overview quote. */
export function quotedLines(facts: Facts): Set<number> {
  const topics = Object.keys(SECTION_TOPICS) as SectionTopic[]
  return new Set(topics.flatMap((topic) => quotedTopic(facts, topic)).map((section) => section.citation.start))
}

/** What the README says the project is, without what the description says already. */
export function quotedIntroduction(facts: Facts): QuotedSection | null {
  const readme = readmeOf(facts)
  if (!readme) return null
  const known = facts.description?.text ?? ''
  const topics = Object.values(SECTION_TOPICS)
  const lead = readme.sections
    .slice(0, LEAD_SECTIONS)
    .filter((section) => !topics.some((topic) => topic.test(section.heading)))
  const candidates = lead.flatMap((section) => {
    const quoted = quoteSection(facts, readme.path, section)
    const paragraphs = leadParagraphs(quoted.markdown).filter((text) => !sameText(text, known))
    return paragraphs.length === 0 ? [] : [{ quoted, paragraphs, level: section.level }]
  })
  const chosen = candidates.find(({ paragraphs }) => paragraphs.some((text) => defines(facts, text))) ?? candidates[0]
  if (!chosen) return null
  const from = Math.max(
    0,
    chosen.paragraphs.findIndex((text) => defines(facts, text)),
  )
  if (chosen.level > 1 && !defines(facts, chosen.paragraphs[from] ?? '')) return null
  return { ...chosen.quoted, markdown: chosen.paragraphs.slice(from, from + LEAD_PARAGRAPHS).join('\n\n') }
}

/** `Gin is a …`, `**docsfy** turns …`: a paragraph that begins with the name of the project. */
export function defines(facts: Facts, text: string): boolean {
  const plain = text.replace(/[*_`[\]]/g, '').toLowerCase()
  return plain.startsWith(`${facts.name.toLowerCase()} `) || plain.startsWith(`the ${facts.name.toLowerCase()} `)
}

export function quoteSection(facts: Facts, path: string, section: SectionFact): QuotedSection {
  const index = factsIndex(facts)
  const markdown = quoting(index, index.files.get(path)?.language ?? null).block(section.text)
  return { heading: oneLine(section.heading), markdown, citation: tight(section.range) }
}

/** Whether every script and make target that shell blocks and prose of a section tell people to run exists. */
export function holds(facts: Facts, section: SectionFact): boolean {
  const scripts = new Set(facts.scripts.map((script) => script.name))
  const told = section.text.replace(PROGRAM_BLOCK, '')
  const named = (pattern: RegExp) => Array.from(told.matchAll(pattern), (match) => match[1] ?? '')
  const npm = named(/\b(?:npm|pnpm|yarn|bun) run ([\w:.-]+)/g)
  const make = named(/^\s*(?:\$ )?make ([a-z][\w-]*)\s*$/gm)
  return [...npm, ...make].every((name) => scripts.has(name))
}

const PROGRAM_BLOCK =
  /^ {0,3}(`{3,}|~{3,})(?!\s|(?:sh|bash|shell|console|zsh|terminal|text|shell-session)\b)[\s\S]*?^ {0,3}\1\s*$/gm

function isTopic(section: SectionFact, own: SectionTopic): boolean {
  return Object.entries(SECTION_TOPICS).some(
    ([topic, pattern]) => topic !== own && pattern.test(oneLine(section.heading)),
  )
}

/** Paragraphs from the start; a list stays with the line that announces it, anything else is left out. */
function leadParagraphs(markdown: string): string[] {
  const kept: string[] = []
  for (const text of markdown.split('\n\n')) {
    const isList = /^(?:[-*] |\d+\. )/.test(text)
    if (isList && kept.at(-1)?.endsWith(':')) kept.push(`${kept.pop()}\n\n${text}`)
    else if (!isList && isProse(text)) kept.push(text)
  }
  return kept.filter((text) => !text.endsWith(':'))
}

function isProse(markdown: string): boolean {
  return /\p{L}{3}.*\s.*\p{L}{3}/u.test(markdown) && !/^(?:>|\||```|\s|\*\*[^*]*\*\*$)/.test(markdown)
}

function sameText(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return words(a) === words(b)
}

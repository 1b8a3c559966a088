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
    .filter((section) => holds(facts, section))
    .map((section) => quoteSection(facts, readme.path, section))
    .filter((section) => section.markdown !== '')
}

/** The prose above the first topic of the README, without what the description says already. */
export function quotedIntroduction(facts: Facts): QuotedSection | null {
  const readme = readmeOf(facts)
  if (!readme) return null
  const second = readme.sections.findIndex(
    (section, at) => section.level >= 2 || (at > 0 && section.level === 1 && at > 1),
  )
  const lead = readme.sections.slice(0, second < 0 ? 2 : Math.max(second, 1)).filter((section) => section.level < 2)
  for (const section of lead) {
    const quoted = quoteSection(facts, readme.path, section)
    const known = facts.description?.text ?? ''
    const paragraphs = quoted.markdown.split('\n\n').filter((text) => isProse(text) && !sameText(text, known))
    if (paragraphs.length > 0) return { ...quoted, markdown: paragraphs.slice(0, 4).join('\n\n') }
  }
  return null
}

export function quoteSection(facts: Facts, path: string, section: SectionFact): QuotedSection {
  const index = factsIndex(facts)
  const markdown = quoting(index, index.files.get(path)?.language ?? null).block(section.text)
  return { heading: oneLine(section.heading), markdown, citation: tight(section.range) }
}

/** Whether every script and make target a section tells people to run exists. */
export function holds(facts: Facts, section: SectionFact): boolean {
  const scripts = new Set(facts.scripts.map((script) => script.name))
  const named = (pattern: RegExp) => Array.from(section.text.matchAll(pattern), (match) => match[1] ?? '')
  const npm = named(/\b(?:npm|pnpm|yarn|bun) run ([\w:.-]+)/g)
  const make = named(/^\s*(?:\$ )?make ([a-z][\w-]*)\s*$/gm)
  return [...npm, ...make].every((name) => scripts.has(name))
}

function isTopic(section: SectionFact, own: SectionTopic): boolean {
  return Object.entries(SECTION_TOPICS).some(
    ([topic, pattern]) => topic !== own && pattern.test(oneLine(section.heading)),
  )
}

function isProse(markdown: string): boolean {
  return /\p{L}{3}.*\s.*\p{L}{3}/u.test(markdown) && !/^(?:[-*] |\||```|\*\*[^*]*\*\*$)/.test(markdown)
}

function sameText(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return words(a) === words(b)
}

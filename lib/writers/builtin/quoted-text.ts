import { cite } from '#lib/domain/citations.ts'
import { withEmoji } from './emoji.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import { type QuotedPart, type QuotedSection, SECTION_TOPICS, type SectionTopic } from './readme.ts'

/** A section of a document with its heading (unless it is `isFirst`), each paragraph with the lines it was taken from. */
export function quotedText(section: QuotedSection, { level, isFirst }: { level: number; isFirst: boolean }): string {
  return blocks(!isFirst && heading(level, escapeText(withEmoji(section.heading))), quotedBody(section))
}

/** The sections on one topic, below a heading of level two that names it: one that only names it again stands without its own. */
export function topicText(sections: QuotedSection[], topic: SectionTopic): string {
  const isFirst = ({ heading }: QuotedSection, at: number) => at === 0 && SECTION_TOPICS[topic].test(heading)
  return blocks(...sections.map((section, at) => quotedText(section, { level: 3, isFirst: isFirst(section, at) })))
}

/** The quoted Markdown with its citations. */
export function quotedBody({ parts }: Pick<QuotedSection, 'parts'>): string {
  const last = parts.at(-1)
  return blocks(...parts.map((part) => citedPart(part === last ? withoutDanglingLead(part) : part)))
}

/** A last sentence that announces what could not be shown ends with a full stop. */
function withoutDanglingLead(part: QuotedPart): QuotedPart {
  const isProse = /^[^-*>|`:\d\s].*:$/s.test(part.markdown.split('\n\n').at(-1) ?? '')
  return isProse ? { ...part, markdown: part.markdown.replace(/:$/, '.') } : part
}

/** The citation stands at the end of the first paragraph, or below a part that has none. */
function citedPart({ markdown, citation }: QuotedPart): string {
  const [first = '', ...rest] = markdown.split('\n\n')
  if (isParagraph(first)) return blocks(`${first} ${cite(citation)}`, ...rest)
  return blocks(markdown, `Source: ${cite(citation)}`)
}

function isParagraph(block: string): boolean {
  return (
    !/^(?:\s|[-*>|]\s|\||\d+\. |`{3}|:{3}|!\[)/.test(block) &&
    !/^(?:[-*]|\d+\.) /m.test(block.split('\n').slice(1).join('\n'))
  )
}

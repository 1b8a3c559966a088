import { cite } from '#lib/domain/citations.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import type { QuotedPart, QuotedSection } from './readme.ts'

/** A section of a document with its heading (unless it is `isFirst`), its parts closed by the lines they were taken from. */
export function quotedText(section: QuotedSection, { level, isFirst }: { level: number; isFirst: boolean }): string {
  return blocks(!isFirst && heading(level, escapeText(section.heading)), quotedBody(section))
}

/** The quoted Markdown with its citations. */
export function quotedBody({ parts }: Pick<QuotedSection, 'parts'>): string {
  const last = parts.at(-1)
  return blocks(...parts.map((part) => citedPart(part === last ? withoutDanglingLead(part) : part)))
}

/** A last sentence that announces what could not be shown ends with a full stop. */
function withoutDanglingLead(part: QuotedPart): QuotedPart {
  const isProse = /^[^-*>|`\d\s].*:$/s.test(part.markdown.split('\n\n').at(-1) ?? '')
  return isProse ? { ...part, markdown: part.markdown.replace(/:$/, '.') } : part
}

/** The citation stands at the end of the last sentence, or below when the part ends in a list, a table or code. */
function citedPart({ markdown, citation }: QuotedPart): string {
  const last = markdown.split('\n\n').at(-1) ?? ''
  const isParagraph = !/^(?:\s|[-*>|]\s|\d+\.|`{3})/.test(last) && !/`{3,}$/.test(last)
  return isParagraph ? `${markdown} ${cite(citation)}` : blocks(markdown, `Source: ${cite(citation)}`)
}

import { cite } from '#lib/domain/citations.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import type { QuotedPart, QuotedSection } from './readme.ts'

/** A section of a document with its heading (unless it is `isFirst`), its parts closed by the lines they were taken from. */
export function quotedText(section: QuotedSection, { level, isFirst }: { level: number; isFirst: boolean }): string {
  return blocks(!isFirst && heading(level, escapeText(section.heading)), quotedBody(section))
}

/** The quoted Markdown with its citations. */
export function quotedBody({ parts }: Pick<QuotedSection, 'parts'>): string {
  return blocks(...parts.map(citedPart))
}

/** The citation stands at the end of the last sentence, or below when the part ends in a list, a table or code. */
function citedPart({ markdown, citation }: QuotedPart): string {
  const last = markdown.split('\n\n').at(-1) ?? ''
  const isParagraph = !/^(?:\s|[-*>|]\s|\d+\.|`{3})/.test(last) && !/`{3,}$/.test(last)
  return isParagraph ? `${markdown} ${cite(citation)}` : blocks(markdown, `Source: ${cite(citation)}`)
}

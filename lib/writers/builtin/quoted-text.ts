import { cite } from '#lib/domain/citations.ts'
import { blocks, escapeText, heading } from './markdown.ts'
import type { QuotedSection } from './readme.ts'

/** A section of a document with its heading (unless it is `isFirst`), closed by the lines it was taken from. */
export function quotedText(section: QuotedSection, { level, isFirst }: { level: number; isFirst: boolean }): string {
  return blocks(!isFirst && heading(level, escapeText(section.heading)), quotedBody(section))
}

/** The quoted Markdown and its citation: at the end of the last sentence, or below when that is a list, table or code. */
export function quotedBody({ markdown, citation }: QuotedSection): string {
  const last = markdown.split('\n\n').at(-1) ?? ''
  const isParagraph = !/^(?:\s|[-*>|]|\d+\.|`{3})/.test(last) && !/`{3,}$/.test(last)
  return isParagraph ? `${markdown} ${cite(citation)}` : blocks(markdown, `Source: ${cite(citation)}`)
}

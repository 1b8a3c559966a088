import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { linksFrom } from './document-links.ts'
import { type DocumentNote, documentNotes } from './document-notes.ts'
import { factsIndex } from './facts-index.ts'
import { blocks } from './markdown.ts'
import { quotedBody } from './quoted-text.ts'
import { quoteDocument } from './readme.ts'

/** A footnote that a page names, as safe Markdown, with the lines it was taken from. */
export interface PageNote {
  name: string
  markdown: string
  citation: SourceRange
}

const MARK = /\[\^([a-z\d-]{1,80})\]/g

/** The footnotes of documents that what a page selected names, and those that these name; most projects have none. */
export function pageNotes(facts: Facts, plan: Plan, selected: unknown): PageNote[] {
  const { byName } = documentNotes(facts)
  if (byName.size === 0) return []
  const notes = new Map<string, PageNote>()
  const waiting = [JSON.stringify(selected)]
  for (const text of waiting)
    for (const [, name = ''] of text.matchAll(MARK)) {
      const note = byName.get(name)
      if (!note || notes.has(name)) continue
      const quoted = quotedNote(facts, plan, note)
      notes.set(name, quoted)
      waiting.push(quoted.markdown)
    }
  return [...notes.values()]
}

function quotedNote(facts: Facts, plan: Plan, { name, text, range }: DocumentNote): PageNote {
  const links = linksFrom(range.path, { plan, hasPath: factsIndex(facts).hasPath })
  return { name, markdown: quoteDocument(facts, range.path, links)(text), citation: range }
}

/** The footnotes as they stand at the end of a page; the lines of one are indented below its mark. */
export function notesText(notes: PageNote[]): string {
  const texts = notes.map(({ name, markdown, citation }) => {
    const body = quotedBody({ parts: [{ markdown, citation }] })
    return `[^${name}]: ${body.replace(/\n(?=[^\n])/g, '\n    ')}`
  })
  return blocks(...texts)
}

import { AnchorIds } from '#lib/domain/anchors.ts'
import { decoded } from '#lib/domain/decoded.ts'
import type { SectionFact } from '#lib/domain/facts.ts'
import type { FindAnchor } from './document-links.ts'
import { withEmoji } from './emoji.ts'
import type { LevelledSection } from './section-levels.ts'

/** Whether a section of a guide stands without its heading: that of the page says the same. */
export function isLeadSection({ level, heading }: LevelledSection, title: string): boolean {
  return level === 0 || heading.toLowerCase() === title.toLowerCase()
}

/** Links within a document, which go by the ids that forges give to its headings, as links to the headings its page has. */
export function anchorsIn(document: SectionFact[], shown: LevelledSection[], title: string): FindAnchor {
  const ids = new AnchorIds()
  ids.next(title)
  const onPage = new Map<number, string>()
  for (const section of shown)
    if (!isLeadSection(section, title)) onPage.set(section.line, ids.next(withEmoji(section.heading)))
  const atForge = new AnchorIds()
  const targets = new Map<string, string>()
  for (const { heading, level, range } of document) {
    if (level === 0) continue
    const id = onPage.get(range.start)
    const own = atForge.next(heading)
    if (id !== undefined) targets.set(own, id)
  }
  return (href) => targets.get(decoded(href.slice(1)).toLowerCase()) ?? null
}

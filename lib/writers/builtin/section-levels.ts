import type { QuotedSection } from './readme.ts'

/** A quoted section and the level of its heading; 0 for what stands below the title of the page. */
export type LevelledSection = QuotedSection & { level: number }

/** Sections that say something; a heading without text of its own stays above the parts it is the heading of. */
export function withoutEmpty(sections: LevelledSection[]): LevelledSection[] {
  let below = 0
  return sections
    .toReversed()
    .filter(({ parts, level }) => {
      const isKept = parts.length > 0 || (level > 0 && level < below)
      if (isKept) below = level
      return isKept
    })
    .toReversed()
}

/** No level of headings is left out, also where a document begins deeper or skips one: the first is of level two. */
export function withoutGaps(sections: LevelledSection[]): LevelledSection[] {
  const above: number[] = []
  return sections.map((section) => {
    if (section.level === 0) return section
    while ((above.at(-1) ?? 0) >= section.level) above.pop()
    above.push(section.level)
    return { ...section, level: above.length + 1 }
  })
}

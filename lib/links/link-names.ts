import { AnchorIds } from '#lib/domain/anchors.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { headingOf, inlineSpans, markdownLines } from '#lib/links/markdown-blocks.ts'

interface Place {
  slug: string
  anchor: string
}

/**
 * Links inline code that names something to the heading that explains it: the first mention in each section, never in
 * headings, code blocks or links, never to the section it stands in. A name explained in two places is not linked.
 */
export function linkNames(pages: WrittenPage[]): WrittenPage[] {
  const places = explainedNames(pages)
  return pages.map((page) => ({ ...page, markdown: linkPage(page, places) }))
}

function explainedNames(pages: WrittenPage[]): Map<string, Place | null> {
  const places = new Map<string, Place | null>()
  for (const page of pages) {
    const ids = new AnchorIds()
    for (const line of markdownLines(page.markdown)) {
      const heading = line.kind === 'heading' ? headingOf(line.text) : null
      if (!heading) continue
      const anchor = ids.next(heading.text)
      const name = codeHeadingName(line.text)
      if (name && page.type === 'reference') places.set(name, places.has(name) ? null : { slug: page.slug, anchor })
    }
  }
  return places
}

/** The name a heading such as "### `fetchRepository`" explains; null when the heading is more than one span of code. */
function codeHeadingName(line: string): string | null {
  const match = /^ {0,3}#{1,6}\s+`([^`]+)`\s*$/.exec(line)
  return match?.[1] ? nameIn(match[1]) : null
}

function nameIn(code: string): string {
  return code.trim().replace(/\(\)$/, '')
}

function linkPage(page: WrittenPage, places: Map<string, Place | null>): string {
  const ids = new AnchorIds()
  let anchor = ''
  let linked = new Set<string>()
  const lines = markdownLines(page.markdown).map(({ text, kind }) => {
    const heading = kind === 'heading' ? headingOf(text) : null
    if (heading) {
      anchor = ids.next(heading.text)
      linked = new Set()
    }
    return kind === 'prose' ? linkLine(text, { page: page.slug, anchor, places, linked }) : text
  })
  return lines.join('\n')
}

interface Section {
  page: string
  anchor: string
  places: Map<string, Place | null>
  /** Names already linked in this section; grows. */
  linked: Set<string>
}

/** What follows are members or parameters: a name that is explained elsewhere is another one. */
const OWN_PARTS = /(?:^|\| )(?:Has|Takes) $/

function linkLine(line: string, section: Section): string {
  let isOwnPart = false
  return inlineSpans(line)
    .map(({ text, kind }) => {
      if (kind !== 'code') {
        isOwnPart = OWN_PARTS.test(text) || (isOwnPart && !/[.|]| returns /.test(text))
        return text
      }
      if (isOwnPart) return text
      const name = nameIn(text.replace(/^`+|`+$/g, ''))
      const place = section.places.get(name)
      if (!place || section.linked.has(name)) return text
      if (place.slug === section.page && place.anchor === section.anchor) return text
      section.linked.add(name)
      const file = place.slug === section.page ? '' : `${place.slug}.md`
      return `[${text}](${file}#${encodeURIComponent(place.anchor)})`
    })
    .join('')
}

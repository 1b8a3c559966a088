import { AnchorIds } from '#lib/domain/anchors.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { headingOf, inlineSpans, markdownLines } from '#lib/links/markdown-blocks.ts'

interface Place {
  slug: string
  anchor: string
  /** File that the section cites first: where what it explains is declared; null when it cites none. */
  path: string | null
}

type Places = Map<string, Place[]>

/**
 * Links inline code that names something to the heading that explains it: the first mention in each section, never in
 * headings, code blocks or links, never to the section it stands in. A name explained in several places is linked where a
 * table row of the page says in which file it is declared, or where the page itself explains it once.
 */
export function nameLinker(pages: WrittenPage[]): (page: WrittenPage) => WrittenPage {
  const places = explainedNames(pages)
  return (page) => ({ ...page, markdown: linkPage(page, places) })
}

function explainedNames(pages: WrittenPage[]): Places {
  const places: Places = new Map()
  for (const page of pages.filter(({ type }) => type === 'reference')) {
    const ids = new AnchorIds()
    let open: Place | null = null
    for (const line of markdownLines(page.markdown)) {
      const heading = line.kind === 'heading' ? headingOf(line.text) : null
      if (!heading) {
        if (open && line.kind === 'prose') open.path ??= citedPaths(line.text)[0] ?? null
        continue
      }
      open = { slug: page.slug, anchor: ids.next(heading.text), path: null }
      const name = codeHeadingName(line.text)
      if (name) add(places, name, open)
    }
  }
  return places
}

function add(places: Places, name: string, place: Place): void {
  const known = places.get(name)
  if (known) known.push(place)
  else places.set(name, [place])
}

function citedPaths(line: string): string[] {
  return Array.from(line.matchAll(/\]\(source:([^)#]+)#/g), ([, path = '']) => path)
}

/** The name a heading such as "### `fetchRepository`" explains; null when the heading is more than one span of code. */
function codeHeadingName(line: string): string | null {
  const match = /^ {0,3}#{1,6}\s+`([^`]+)`\s*$/.exec(line)
  return match?.[1] ? nameIn(match[1]) : null
}

function nameIn(code: string): string {
  return code.trim().replace(/\(\)$/, '')
}

function linkPage(page: WrittenPage, all: Places): string {
  const placeOf = placesFor(page, all)
  const ids = new AnchorIds()
  let anchor = ''
  let linked = new Set<string>()
  const lines = markdownLines(page.markdown).map(({ text, kind }) => {
    const heading = kind === 'heading' ? headingOf(text) : null
    if (heading) {
      anchor = ids.next(heading.text)
      linked = new Set()
    }
    return kind === 'prose' ? linkLine(text, { page: page.slug, anchor, placeOf, linked }) : text
  })
  return lines.join('\n')
}

/** The one place of a name, as this page means it; none for a name that could be either of several. */
function placesFor(page: WrittenPage, all: Places): (name: string) => Place | null {
  const inRows = namesInRows(page.markdown)
  const known = new Map<string, Place | null>()
  const find = (name: string) => {
    const candidates = all.get(name) ?? []
    const paths = inRows.get(name)
    const own = candidates.filter(({ slug }) => slug === page.slug)
    const declared = paths ? candidates.filter(({ path }) => path !== null && paths.has(path)) : []
    return [candidates, declared, own].find((places) => places.length === 1)?.[0] ?? null
  }
  return (name) => {
    const place = known.get(name) ?? find(name)
    known.set(name, place)
    return place
  }
}

/** Files that table rows cite for the name they begin with. */
function namesInRows(markdown: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { text, kind } of markdownLines(markdown)) {
    const code = kind === 'prose' ? /^\| `([^`]+)` \|/.exec(text)?.[1] : undefined
    if (code === undefined) continue
    const name = nameIn(code)
    found.set(name, new Set([...(found.get(name) ?? []), ...citedPaths(text)]))
  }
  return found
}

interface Section {
  page: string
  anchor: string
  placeOf: (name: string) => Place | null
  /** Names already linked in this section; grows. */
  linked: Set<string>
}

/** What follows are members or parameters: a name that is explained elsewhere is another one. */
const OWN_PARTS = /(?:^|\| )(?:Has|Takes) $/

function linkLine(line: string, section: Section): string {
  if (!line.includes('`')) return line
  let isOwnPart = false
  return inlineSpans(line)
    .map(({ text, kind }) => {
      if (kind !== 'code') {
        isOwnPart = OWN_PARTS.test(text) || (isOwnPart && !/[.|]| returns /.test(text))
        return text
      }
      if (isOwnPart) return text
      const name = nameIn(text.replace(/^`+|`+$/g, ''))
      const place = section.placeOf(name)
      if (!place || section.linked.has(name)) return text
      if (place.slug === section.page && place.anchor === section.anchor) return text
      section.linked.add(name)
      const file = place.slug === section.page ? '' : `${place.slug}.md`
      return `[${text}](${file}#${encodeURIComponent(place.anchor)})`
    })
    .join('')
}

import type { WrittenPage } from '#lib/domain/page.ts'
import { type PageNames, pageNames } from '#lib/links/page-names.ts'

interface Place {
  slug: string
  anchor: string
  /** File that the section cites first: where what it explains is declared; null when it cites none. */
  path: string | null
}

type Places = Map<string, Place[]>

/** What linking reads in a page; may be remembered, as it depends on the Markdown alone. */
type NamesOf = (page: WrittenPage) => PageNames

/**
 * Links inline code that names something to the heading that explains it: the first mention in each section, never in
 * headings, code blocks or links, never to the section it stands in. A name explained in several places is linked where a
 * table row of the page says in which file it is declared, or where the page itself explains it once.
 */
export function nameLinker(
  pages: WrittenPage[],
  namesOf: NamesOf = ({ markdown }) => pageNames(markdown),
): (page: WrittenPage) => WrittenPage {
  const places = explainedNames(pages, namesOf)
  return (page) => ({ ...page, markdown: linkPage(page, namesOf(page), places) })
}

function explainedNames(pages: WrittenPage[], namesOf: NamesOf): Places {
  const places: Places = new Map()
  for (const page of pages.filter(({ type }) => type === 'reference'))
    for (const [name, anchor, path] of namesOf(page).explains) add(places, name, { slug: page.slug, anchor, path })
  return places
}

function add(places: Places, name: string, place: Place): void {
  const known = places.get(name)
  if (known) known.push(place)
  else places.set(name, [place])
}

function linkPage({ slug, markdown }: WrittenPage, own: PageNames, all: Places): string {
  const rows = new Map(own.rows)
  const placeOf = own.names.map((name) => placeFor(name, { slug, paths: rows.get(name), all }))
  let linked = new Set<Place>()
  let open = 0
  let text = ''
  let end = 0
  const { mentions } = own
  for (let next = 0; next < mentions.length; next += 4) {
    const [at, length] = [mentions[next] ?? 0, mentions[next + 1] ?? 0]
    const [name, section] = [mentions[next + 2] ?? 0, mentions[next + 3] ?? 0]
    if (section !== open) linked = new Set()
    open = section
    const place = placeOf[name]
    if (!place || linked.has(place)) continue
    if (place.slug === slug && place.anchor === own.anchors[section]) continue
    linked.add(place)
    const file = place.slug === slug ? '' : `${place.slug}.md`
    text += `${markdown.slice(end, at)}[${markdown.slice(at, at + length)}](${file}#${encodeURIComponent(place.anchor)})`
    end = at + length
  }
  return text + markdown.slice(end)
}

interface Meaning {
  /** The page that names it. */
  slug: string
  /** Files that a row of the page cites for the name. */
  paths: string[] | undefined
  all: Places
}

/** The one place of a name, as this page means it; null for a name that could be either of several. */
function placeFor(name: string, { slug, paths, all }: Meaning): Place | null {
  const candidates = all.get(name) ?? []
  if (candidates.length < 2) return candidates[0] ?? null
  const declared = paths ? candidates.filter(({ path }) => path !== null && paths.includes(path)) : []
  const own = candidates.filter((place) => place.slug === slug)
  return [declared, own].find((places) => places.length === 1)?.[0] ?? null
}

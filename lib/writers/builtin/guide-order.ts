import type { DocumentFact, Facts } from '#lib/domain/facts.ts'
import { byText } from './wording.ts'

const BEGINNERS = /quick-?start|getting-?started|get-?started|install|tutorial|intro|first|user-?guide/i
/** A list of so many names in the order of the alphabet is in no order a reader needs. */
const FEWEST_SORTED = 4
/** Version 4 before version 3 is still the alphabet. */
const ONE_TURN_IN = 8
const UNKNOWN = Number.MAX_SAFE_INTEGER - 10
/** Before what has no place stand those whose titles are numbered: `2. Maps`. */
const NUMBERED = UNKNOWN - 1000

/**
 * Guides in the order of the navigation of their site, else of the tables of contents in their folder and those above it;
 * without any, those for beginners first, then by path.
 */
export function inContentsOrder(facts: Facts, documents: DocumentFact[]): DocumentFact[] {
  const contents = contentsByFolder(facts)
  const order = documents.map((document) => ({ document, places: placesOf(document, contents) }))
  return order
    .sort(
      (a, b) =>
        byPlace(a.document, b.document) || compare(a.places, b.places) || byText(a.document.path, b.document.path),
    )
    .map(({ document }) => document)
}

function byPlace({ place: a = UNKNOWN }: DocumentFact, { place: b = UNKNOWN }: DocumentFact): number {
  return a - b
}

/** Text of the tables of contents of each folder that has one in an order of its own. */
function contentsByFolder({ documents }: Facts): Map<string, string> {
  const contents = new Map<string, string>()
  for (const { path, sections } of documents) {
    if (!CONTENTS.test(path)) continue
    const text = sections.map((section) => section.text).join('\n')
    contents.set(folderOf(path), `${contents.get(folderOf(path)) ?? ''}\n${text}`)
  }
  for (const [folder, text] of contents) {
    const stems = documents.filter(({ path }) => folderOf(path) === folder).map(({ path }) => stemOf(path))
    const placed = stems.map((stem) => ({ stem, at: placeIn(text, stem) })).filter(({ at }) => at >= 0)
    const names = placed.sort((a, b) => a.at - b.at).map(({ stem }) => stem.toLowerCase())
    const turns = names.filter((name, at) => at > 0 && (names[at - 1] ?? '') > name).length
    if (turns * ONE_TURN_IN <= names.length && names.length >= FEWEST_SORTED) contents.delete(folder)
  }
  return contents
}

const CONTENTS = /(?:^|\/)(?:index|contents|summary|_sidebar|readme)\.\w+$/i

/** One number per folder on the way and one for the document itself. */
function placesOf({ path, title }: DocumentFact, contents: Map<string, string>): number[] {
  const parts = path.split('/')
  const number = /^(\d{1,3})[.)] /.exec(title ?? '')?.[1]
  return parts.map((part, at) => {
    const text =
      contents.get(
        parts
          .slice(0, at)
          .map((folder) => `${folder}/`)
          .join(''),
      ) ?? ''
    const isFile = at === parts.length - 1
    const name = isFile ? stemOf(part) : part
    if (isFile && /^index$/i.test(name)) return -1
    const place = isFile ? placeIn(text, name) : folderPlaceIn(text, name)
    if (place >= 0) return place
    if (isFile && number !== undefined) return NUMBERED + Number(number)
    return UNKNOWN + (BEGINNERS.test(name) ? 0 : isFile ? 1 : 2)
  })
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((place, index) => place !== b[index])
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
}

/** Where a contents list names a document: alone on its line, or as the target of a link. */
function placeIn(contents: string, stem: string): number {
  return contents.search(
    new RegExp(`(?:^[ \\t]*|[(</])${escaped(stem)}(?:\\.\\w+|/)?(?:[#)>][^\\n]*)?[ \\t]*(?:$|\\))`, 'm'),
  )
}

/** Where a contents list first names something in a folder. */
function folderPlaceIn(contents: string, folder: string): number {
  return contents.search(new RegExp(`(?:^[ \\t]*|[(</])${escaped(folder)}/`, 'm'))
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** `quickstart` of `docs/quickstart.rst`. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}

import { parseCitation, rangeFragment, SOURCE_SCHEME } from '#lib/domain/citations.ts'
import { fenceAfter } from '#lib/domain/code-fence.ts'
import { decoded } from '#lib/domain/decoded.ts'
import { replaceImages } from '#lib/domain/shown-images.ts'
import { forgeHref, type LinkMap } from '#lib/site/links.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** Lines that may begin or end a block of code. */
const FENCE = /(?<![^\n]) {0,3}(?:`{3,}|~{3,})[^\n]*/g

/**
 * Makes Markdown as published beside a page: links and images lead to the files beside it, citations to the forge or the
 * source pages. Pages cite few files in hundreds of places: where each file is gets worked out once.
 */
export function rawMarkdown(map: LinkMap): (markdown: string) => string {
  const placeOf = citedPlaces(map)
  const fragments = new Map<string, string>()
  // Files have few lines, and pages cite them often.
  const fragmentAt = (lines: string) => {
    const fragment = fragments.get(lines) ?? fragmentOf(lines)
    fragments.set(lines, fragment)
    return fragment
  }

  function withLinks(part: string): string {
    let text = part
    if (text.includes('![')) text = replaceImages(text, (path) => imageBeside(path, map))
    if (text.includes('](source:'))
      text = text.replace(/\]\(source:([^)\s#]+)#L(\d+(?:-L\d+)?)\)/g, (whole, file, lines) => {
        const place = placeOf(file)
        return place ? `](${place}${fragmentAt(lines)})` : whole
      })
    if (text.includes('.md'))
      text = text.replace(
        /\]\((?:\.\/)?([^)\s?#:\\]+)\.md(#[^)\s]*)?\)/g,
        (whole, page, anchor) => beside(page, anchor, map) ?? whole,
      )
    return text
  }

  return (markdown) => {
    let [text, from] = ['', 0]
    let fence: string | null = null
    for (const { 0: line, index } of markdown.matchAll(FENCE)) {
      const next = fenceAfter(line, fence)
      if (next === fence) continue
      const part = markdown.slice(from, index)
      text += fence === null ? withLinks(part) : part
      fence = next
      from = index
    }
    const rest = markdown.slice(from)
    return text + (fence === null ? withLinks(rest) : rest)
  }
}

/** Where a cited file is published, by its path as it stands in citations. */
function citedPlaces({ paths, forgeBase }: LinkMap): (file: string) => string | null {
  const places = new Map<string, string | null>()
  const placeOf = (path: string) => {
    const page = paths.sources.get(path)
    return forgeHref(path, forgeBase) ?? (page ? urlFrom(0, page) : null)
  }
  return (file) => {
    let place = places.get(file)
    if (place === undefined) {
      const range = parseCitation(`${SOURCE_SCHEME}${file}#L1`)
      place = range && placeOf(range.path)
      places.set(file, place)
    }
    return place
  }
}

/** `lines` as in `3-L9`. */
function fragmentOf(lines: string): string {
  const [start = 0, end = start] = lines.split('-L').map(Number)
  return rangeFragment({ path: '', start, end })
}

function beside(page: string, anchor: string | undefined, { paths }: LinkMap): string | null {
  const file = paths.pages.get(decoded(page))
  return file === undefined ? null : `](${urlFrom(0, file)}.md${anchor ?? ''})`
}

function imageBeside(path: string, { images, forgeBase }: LinkMap): string | null {
  const image = images?.get(path)
  if (image === undefined) return null
  return image ? urlFrom(0, image.file) : forgeHref(path, forgeBase)
}

import { parseCitation, rangeFragment } from '#lib/domain/citations.ts'
import { replaceImages } from '#lib/domain/shown-images.ts'
import { decoded, forgeHref, type LinkMap } from '#lib/site/links.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** Markdown as published beside a page: links and images lead to the files beside it, citations to the forge or the source pages. */
export function rawMarkdown(markdown: string, map: LinkMap): string {
  let fence: string | null = null
  return markdown
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
      if (fence === null) fence = mark ?? null
      else if (mark && mark[0] === fence[0] && mark.length >= fence.length) fence = null
      return fence === null
        ? replaceImages(line, (path) => imageBeside(path, map))
            .replace(/\]\((source:[^)\s]+)\)/g, (whole, href) => published(href, map) ?? whole)
            .replace(
              /\]\((?:\.\/)?([^)\s?#:\\]+)\.md(#[^)\s]*)?\)/g,
              (whole, page, anchor) => beside(page, anchor, map) ?? whole,
            )
        : line
    })
    .join('\n')
}

function published(href: string, map: LinkMap): string | null {
  const range = parseCitation(href)
  if (!range) return null
  const forge = forgeHref(range.path, map.forgeBase, rangeFragment(range))
  if (forge) return `](${forge})`
  const page = map.paths.sources.get(range.path)
  return page ? `](${urlFrom(0, page)}${rangeFragment(range)})` : null
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

import { decoded } from '#lib/domain/decoded.ts'

/** `![what it shows](docs/a.png)`, also `(<docs/a b.png> "title")`. */
const IMAGE = /(!\[(?:\\.|[^\]\\\n]){0,1000}\]\([ \t]{0,9})(<[^<>\n]{1,1000}>|[^\s()<>]{1,1000})/g

/** The file of the repository that the target of an image names, from its root; null for an address or no such path. */
export function imagePath(href: string): string | null {
  const [, path = ''] = /^(?:\.\/|\/(?!\/))?([^?#:\\]+)(?:[?#].*)?$/.exec(href) ?? []
  const plain = decoded(path)
  return plain !== '' && !/(?:^|\/)\.{0,2}(?:\/|$)/.test(plain) ? plain : null
}

/** Paths of the repository that a page shows as images, each once, in reading order. */
export function shownImages(markdown: string): Set<string> {
  const found = new Set<string>()
  if (!markdown.includes('![')) return found
  for (const [, , target = ''] of markdown.matchAll(IMAGE)) {
    const path = imagePath(bare(target))
    if (path !== null) found.add(path)
  }
  return found
}

/** Text with the images of the repository leading elsewhere; null from `target` leaves one as it is. */
export function replaceImages(text: string, target: (path: string) => string | null): string {
  return text.replace(IMAGE, (whole, lead: string, written: string) => {
    const path = imagePath(bare(written))
    const to = path === null ? null : target(path)
    return to === null ? whole : `${lead}${to}`
  })
}

function bare(target: string): string {
  return target.replace(/^<(.*)>$/, '$1')
}

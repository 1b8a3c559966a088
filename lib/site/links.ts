import { encodeRepositoryPath, parseCitation, rangeFragment, SOURCE_SCHEME } from '#lib/domain/citations.ts'
import { decoded } from '#lib/domain/decoded.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { decodeEntities } from '#lib/site/html.ts'
import { cleanedAddress, outsideAddress } from '#lib/site/safe-address.ts'
import { type SitePaths, urlFrom } from '#lib/site/site-paths.ts'

/** Where a link of a page leads, as seen from the root folder of the site. */
export type LinkTarget =
  | { kind: 'inside'; href: string }
  | { kind: 'outside'; href: string }
  | { kind: 'citation'; range: SourceRange; href: string | null }
  | { kind: 'nowhere' }

export interface LinkMap {
  paths: SitePaths
  forgeBase: string | null
  images?: SiteInput['images']
}

/** Resolves the target of a Markdown link. What is neither a page, an anchor, a citation nor a safe address leads nowhere. */
export function resolveLink(href: string, map: LinkMap): LinkTarget {
  if (cleanedAddress(href).toLowerCase().startsWith(SOURCE_SCHEME)) return resolveCitation(href, map)
  const outside = outsideAddress(href)
  if (outside) return { kind: 'outside', href: outside }
  const match = /^(?:\.\/)?([^?#:\\]*)(#[^\s]*)?$/.exec(decodeEntities(href))
  if (!match) return { kind: 'nowhere' }
  const fragment = match[2] && match[2].length > 1 ? `#${encodeURIComponent(decoded(match[2].slice(1)))}` : ''
  if (!match[1]) return fragment ? { kind: 'inside', href: fragment } : { kind: 'nowhere' }
  const slug = decoded(match[1]).replace(/\.(?:md|html)$/, '')
  const file = map.paths.pages.get(slug) ?? (slug === 'index' ? 'index' : null)
  return file ? { kind: 'inside', href: `${urlFrom(0, file)}.html${fragment}` } : { kind: 'nowhere' }
}

/** Address of a cited range: its page in the site, else the forge, else null. */
export function citationHref(range: SourceRange, map: LinkMap): string | null {
  const page = map.paths.sources.get(range.path)
  if (page) return urlFrom(0, page) + rangeFragment(range)
  return forgeHref(range.path, map.forgeBase, rangeFragment(range))
}

/** Address of a file on the forge at the commit; null when there is no forge or its address is not safe. */
export function forgeHref(path: string, forgeBase: string | null, fragment = ''): string | null {
  return forgeBase === null ? null : outsideAddress(forgeBase + encodeRepositoryPath(path) + fragment)
}

function resolveCitation(href: string, map: LinkMap): LinkTarget {
  const range = parseCitation(href)
  return range ? { kind: 'citation', range, href: citationHref(range, map) } : { kind: 'nowhere' }
}

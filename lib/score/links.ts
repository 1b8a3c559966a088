import { decoded } from '#lib/domain/decoded.ts'
import type { Claim } from '#lib/score/claims.ts'
import { HeadingIds } from '#lib/score/pages/anchor-ids.ts'

/** Whether a link stays inside the documentation: not an address with a scheme, not absolute. */
export function isInternalLink(href: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(href) && !href.startsWith('/')
}

/** Heading ids of a page by the rules of GitHub: what a link's fragment may name. */
export function pageAnchors(claims: Claim[]): Set<string> {
  const ids = new HeadingIds()
  return new Set(claims.filter(({ kind }) => kind === 'heading').map(({ text }) => ids.next(text)))
}

/** What is wrong with an internal link, or null when its page and heading exist. `anchors` has the ids of every page. */
export function checkLink(href: string, slug: string, anchors: Map<string, Set<string>>): string | null {
  const [file = '', fragment = ''] = href.split('#')
  const target = file === '' ? slug : file.replace(/\.(md|html)$/, '')
  const ids = anchors.get(target)
  if (!ids) return target === 'index' ? null : `there is no page "${file}"`
  return fragment === '' || ids.has(decoded(fragment)) ? null : `page "${target}" has no heading "#${fragment}"`
}

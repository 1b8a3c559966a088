import type { Claim } from '#lib/score/claims.ts'

/** Whether a link stays inside the documentation: not an address with a scheme, not absolute. */
export function isInternalLink(href: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(href) && !href.startsWith('/')
}

/** Heading ids of a page by the rules of GitHub: what a link's fragment may name. */
export function pageAnchors(claims: Claim[]): Set<string> {
  const anchors = new Set<string>()
  const seen = new Map<string, number>()
  for (const { kind, text } of claims) {
    if (kind !== 'heading') continue
    const id = headingId(text)
    const count = seen.get(id) ?? 0
    seen.set(id, count + 1)
    anchors.add(count === 0 ? id : `${id}-${count}`)
  }
  return anchors
}

/** What is wrong with an internal link, or null when its page and heading exist. `anchors` has the ids of every page. */
export function checkLink(href: string, slug: string, anchors: Map<string, Set<string>>): string | null {
  const [file = '', fragment = ''] = href.split('#')
  const target = file === '' ? slug : file.replace(/\.(md|html)$/, '')
  const ids = anchors.get(target)
  if (!ids) return target === 'index' ? null : `there is no page "${file}"`
  return fragment === '' || ids.has(decoded(fragment)) ? null : `page "${target}" has no heading "#${fragment}"`
}

function headingId(text: string): string {
  const kept = [...text.trim().toLowerCase()].filter((char) => /[\p{L}\p{N}\s_-]/u.test(char)).join('')
  return kept.replace(/\s/g, '-') || 'section'
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

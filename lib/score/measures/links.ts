import { decoded } from '#lib/domain/decoded.ts'
import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { LinkResolver, linksOf } from '#lib/score/page-links.ts'
import type { DocPage, Inline } from '#lib/score/pages/page.ts'

/** Internal links, images and anchors that exist: pages and files on disk, headings in the page that is named. */
export function measureLinks(context: Context): Finding {
  const resolver = new LinkResolver(context.target)
  const misses: ScoreMiss[] = []
  let checked = 0
  for (const page of context.target.pages) {
    for (const link of linksOf(page)) {
      const verdict = judge(link, page, { context, resolver })
      if (verdict === undefined) continue
      checked += 1
      if (verdict !== null) misses.push({ page: page.file, line: link.line, claim: link.href ?? '', found: verdict })
    }
  }
  return shareFinding(checked, misses)
}

/** Undefined when the link is not an internal one, or nobody can tell; null when it holds. */
function judge(
  link: Inline,
  page: DocPage,
  { context, resolver }: { context: Context; resolver: LinkResolver },
): string | null | undefined {
  const href = link.href ?? ''
  if (href === '' || (link.kind === 'link' && context.byInline.get(link)?.path === undefined && href === '#'))
    return undefined
  const destination = resolver.resolve(href, page)
  switch (destination.kind) {
    case 'elsewhere':
      return undefined
    case 'file':
      return null
    case 'missing':
      if (context.byInline.has(link) && !/\bsource\//.test(href)) return null
      return isPublished(href, context) ? null : 'no such page or file in the documentation'
    case 'outside':
      return destination.path === '' || context.ground.text.hasPath(destination.path)
        ? null
        : 'leads out of the documentation, to nothing in the repository'
    case 'page':
      return anchorProblem(destination.page, destination.fragment)
  }
}

/** `/images/a.png` of a site lies in a folder of files that are published as they are. */
function isPublished(href: string, { ground }: Context): boolean {
  const address = href.replace(/[?#].*$/, '')
  if (!address.startsWith('/')) return false
  return ground.facts.files.some(
    ({ path }) => path.endsWith(address) && /(?:^|\/)(?:public|static|assets)\//.test(path),
  )
}

function anchorProblem({ file, anchors }: DocPage, fragment: string): string | null | undefined {
  if (fragment === '' || fragment === 'top' || fragment.startsWith(':~:') || fragment.startsWith('/')) return null
  if (anchors === null) return undefined
  const wanted = decoded(fragment)
  // Browsers of forges find an id whatever the case of the letters; a site does not.
  const isThere = [fragment, wanted, ...(/\.html?$/i.test(file) ? [] : [wanted.toLowerCase()])].some((id) =>
    anchors.has(id),
  )
  return isThere ? null : `${file} has no heading or id "#${fragment}"`
}

import type { PageCheck } from '#lib/domain/page.ts'
import type { CheckMemory, SoundPage } from '#lib/score/check-memory.ts'
import { citationTarget, isCitation } from '#lib/score/citations.ts'
import type { Claim } from '#lib/score/claims.ts'
import { identifierParts } from '#lib/score/identifiers.ts'
import { checkLink, isInternalLink } from '#lib/score/links.ts'
import { isPathLike, pathExists } from '#lib/score/paths.ts'
import type { RepositoryText } from '#lib/score/repository-text.ts'

interface Checked {
  check: PageCheck
  claims: Claim[]
  anchors: Set<string> | undefined
  repository: RepositoryText
  memory: CheckMemory
}

/** On what the claims of a page rest that all hold; null for one with a miss, which is judged every time. */
export function soundPage({ check, claims, anchors, repository, memory }: Checked): SoundPage | null {
  if (check.misses.length > 0) return null
  const links = claims.filter(({ kind }) => kind === 'link').map(({ text }) => text)
  const codes = claims.filter(({ kind }) => kind === 'code').map(({ text }) => text)
  const words = new Set(codes.filter((text) => !isPathLike(text)).flatMap(identifierParts))
  const files = new Set(Array.from(words, (word) => memory.fileWith(word)))
  return {
    counts: check.counts,
    anchors: [...(anchors ?? [])],
    links: [...new Set(links.filter((href) => !isCitation(href) && isInternalLink(href)))],
    paths: [...new Set(codes.filter(isPathLike))],
    cited: [...lastLines(links)],
    files: [...files].filter((oid) => oid !== null),
    pathsKey: files.has(null) ? repository.pathsKey : null,
  }
}

function lastLines(links: string[]): Map<string, number> {
  const cited = new Map<string, number>()
  for (const href of links) {
    const target = isCitation(href) ? citationTarget(href) : null
    if (target) cited.set(target.path, Math.max(target.end, cited.get(target.path) ?? 0))
  }
  return cited
}

interface Now {
  slug: string
  /** Heading ids of every page. */
  anchors: Map<string, Set<string>>
  repository: RepositoryText
}

/** Whether all that a page rests on is so at this commit, too: then each of its claims would be found to hold. */
export async function isStillSound(page: SoundPage, { slug, anchors, repository }: Now): Promise<boolean> {
  if (page.pathsKey !== null && page.pathsKey !== repository.pathsKey) return false
  if (!page.files.every((oid) => repository.hasFile(oid))) return false
  if (!page.paths.every((path) => pathExists(path, repository))) return false
  if (!page.links.every((href) => checkLink(href, slug, anchors) === null)) return false
  for (const [path, line] of page.cited) if (((await repository.lineCount(path)) ?? 0) < line) return false
  return true
}

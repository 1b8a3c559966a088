import { decoded } from '#lib/domain/decoded.ts'
import type { DocumentFact } from '#lib/domain/facts.ts'

/** A file or folder of a branch at a forge: GitHub, GitLab, Gitea and what is laid out like them. */
const AT_FORGE =
  /https?:\/\/[\w.-]+\/([\w.-]+(?:\/[\w.-]+)+?)\/(?:-\/)?(?:blob|tree|src\/branch)\/([\w.-]+)\/([^\s()<>"'`#?\]]+)/g
/** Others are tags and commits, or branches whose names say what they keep: what they have may be gone here. */
const MAIN_BRANCH = /^(?:main|master|trunk|develop|dev|HEAD)$/

/**
 * Tells links of the documents to files on the main branch of their own repository that it does not have. Whose links
 * count as its own is decided by all of them: most lead to files that are there.
 */
export function goneLinks(documents: DocumentFact[], hasPath: (path: string) => boolean): (href: string) => boolean {
  let own: string | null | undefined
  return (href) => {
    if (!/\/(?:blob|tree|branch)\//.test(href)) return false
    const [link] = linksIn(href)
    if (!link || !MAIN_BRANCH.test(link.branch) || hasPath(link.path)) return false
    own ??= ownForge(documents, hasPath)
    return link.forge === own
  }
}

function ownForge(documents: DocumentFact[], hasPath: (path: string) => boolean): string | null {
  const links = documents.flatMap(({ sections }) => sections.flatMap(({ text }) => linksIn(text)))
  const current = links.filter(({ branch }) => MAIN_BRANCH.test(branch))
  const ranked = [...Map.groupBy(current, ({ forge }) => forge)]
    .map(([forge, own]) => ({ forge, all: own.length, here: own.filter(({ path }) => hasPath(path)).length }))
    .filter(({ all, here }) => here * 2 >= all)
    .sort((a, b) => b.here - a.here)
  return ranked[0]?.forge ?? null
}

function linksIn(text: string): { forge: string; branch: string; path: string }[] {
  return Array.from(text.matchAll(AT_FORGE), ([, forge = '', branch = '', path = '']) => ({
    forge: forge.toLowerCase(),
    branch,
    path: decoded(path).replace(/^\/+|\/+$/g, ''),
  }))
}

import type { CheckKind, Miss, PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { CheckMemory, type SoundPage } from '#lib/score/check-memory.ts'
import { checkCitation, citationTarget, isCitation } from '#lib/score/citations.ts'
import { type Claim, claimsOf } from '#lib/score/claims.ts'
import { identifierParts, unknownParts } from '#lib/score/identifiers.ts'
import { checkLink, isInternalLink, pageAnchors } from '#lib/score/links.ts'
import { isPathLike, pathExists } from '#lib/score/paths.ts'
import { RepositoryText } from '#lib/score/repository-text.ts'
import { isStillSound, soundPage } from '#lib/score/sound-page.ts'

interface CheckRequest {
  pages: Pick<WrittenPage, 'slug' | 'markdown'>[]
  snapshot: Snapshot
  signal: AbortSignal
  /** What an earlier check found out; grows. */
  memory?: CheckMemory
  /** Awaited before each page: lets an abort through. */
  pause?: () => Promise<void>
}

/** Holds every link, citation, path and identifier of every page against the commit. Nothing of the writers is trusted. */
export async function checkPages({
  pages,
  snapshot,
  signal,
  memory = new CheckMemory(),
  pause,
}: CheckRequest): Promise<PageCheck[]> {
  const repository = new RepositoryText(snapshot, signal, memory)
  const { sound, claims, anchors } = await readPages({ pages, memory, pause }, repository)
  const known = await repository.knownWords(wantedWords(claims), citedPaths(claims))
  const checks: PageCheck[] = []
  for (const { slug, markdown } of pages) {
    const list = claims.get(slug) ?? []
    const standing = sound.get(slug)
    const check = standing ? { ...emptyCheck(slug), counts: standing.counts } : emptyCheck(slug)
    for (const claim of list) {
      const verdict = await judge(claim, { slug, anchors, repository, known })
      if (verdict) record(check, claim, verdict)
    }
    const rests = standing ?? soundPage({ check, claims: list, anchors: anchors.get(slug), repository, memory })
    if (rests) memory.keepPage(slug, markdown, rests)
    checks.push(check)
  }
  return checks
}

interface ReadPages {
  /** Pages whose claims all hold, as is known without reading them. */
  sound: Map<string, SoundPage>
  /** Of the others. */
  claims: Map<string, Claim[]>
  /** Of all. */
  anchors: Map<string, Set<string>>
}

async function readPages(
  { pages, memory, pause }: Pick<CheckRequest, 'pages' | 'pause'> & { memory: CheckMemory },
  repository: RepositoryText,
): Promise<ReadPages> {
  const sound = new Map<string, SoundPage>()
  const claims = new Map<string, Claim[]>()
  const anchors = new Map<string, Set<string>>()
  for (const { slug, markdown } of pages) {
    await pause?.()
    const known = memory.soundPage(slug, markdown)
    if (known) sound.set(slug, known)
    else claims.set(slug, claimsOf(markdown))
    anchors.set(slug, known ? new Set(known.anchors) : pageAnchors(claims.get(slug) ?? []))
  }
  for (const { slug, markdown } of pages) {
    const known = sound.get(slug)
    if (!known || (await isStillSound(known, { slug, anchors, repository }))) continue
    sound.delete(slug)
    claims.set(slug, claimsOf(markdown))
  }
  return { sound, claims, anchors }
}

interface Context {
  slug: string
  anchors: Map<string, Set<string>>
  repository: RepositoryText
  known: Set<string>
}

interface Verdict {
  kind: CheckKind
  /** What the repository says instead; null when the claim holds. */
  found: string | null
}

async function judge(claim: Claim, context: Context): Promise<Verdict | null> {
  const { slug, anchors, repository, known } = context
  if (claim.kind === 'link') {
    if (isCitation(claim.text)) return { kind: 'citation', found: await checkCitation(claim.text, repository) }
    return isInternalLink(claim.text) ? { kind: 'link', found: checkLink(claim.text, slug, anchors) } : null
  }
  if (claim.kind !== 'code') return null
  if (isPathLike(claim.text)) {
    return { kind: 'path', found: pathExists(claim.text, repository) ? null : 'no such file or folder at the commit' }
  }
  const parts = identifierParts(claim.text)
  if (parts.length === 0) return null
  const unknown = unknownParts(parts, known)
  return {
    kind: 'identifier',
    found: unknown.length === 0 ? null : `"${unknown.join('", "')}" occurs nowhere in the repository`,
  }
}

function record(check: PageCheck, claim: Claim, { kind, found }: Verdict): void {
  check.counts[kind].total += 1
  if (found === null) check.counts[kind].ok += 1
  else check.misses.push({ kind, line: claim.line, claim: claim.text, found } satisfies Miss)
}

function emptyCheck(slug: string): PageCheck {
  const none = () => ({ total: 0, ok: 0 })
  return { slug, counts: { link: none(), citation: none(), path: none(), identifier: none() }, misses: [] }
}

function wantedWords(claims: Map<string, Claim[]>): Set<string> {
  const words = [...claims.values()].flat().filter(({ kind, text }) => kind === 'code' && !isPathLike(text))
  return new Set(words.flatMap(({ text }) => identifierParts(text)))
}

function citedPaths(claims: Map<string, Claim[]>): Set<string> {
  const cited = [...claims.values()]
    .flat()
    .map(({ kind, text }) => (kind === 'link' ? citationTarget(text)?.path : undefined))
  return new Set(cited.filter((path) => path !== undefined))
}

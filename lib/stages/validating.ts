import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { Miss, PageCheck, Repair, WrittenPage } from '#lib/domain/page.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { anchorsOf, type LinesOf, movedCitations } from '#lib/links/anchors.ts'
import { correctClaims } from '#lib/links/correct-claims.ts'
import { type Correct, repairPage } from '#lib/links/repair-page.ts'
import { checkPages } from '#lib/score/check-pages.ts'
import { readAnchors, writeAnchors } from '#lib/variant-folder.ts'

export interface Checked {
  pages: WrittenPage[]
  checks: PageCheck[]
}

export interface Pages {
  planned: Planned
  pages: WrittenPage[]
  snapshot: Snapshot
}

/**
 * Checks every claim of every page against the commit. What a rule can mend is mended: a range that moved, a path that
 * was renamed. A link that leads nowhere is taken out, everything else that does not hold is marked.
 */
export async function validate(job: Job, tools: Tools, { planned, pages, snapshot }: Pages): Promise<Checked> {
  const { signal } = tools
  const linesOf = lineReader(snapshot, signal)
  const anchors = await anchorsOf(pages, await readAnchors(job.variantDir), { commit: snapshot.commit, linesOf })
  await writeAnchors(job.variantDir, anchors)
  const inPlace = await Promise.all(
    pages.map(async (page) => withMoves(page, await movedCitations(anchors[page.slug] ?? {}, linesOf))),
  )
  const placed = inPlace.map(({ page }) => page)
  const found = new Map((await checkPages({ pages: placed, snapshot, signal })).map((check) => [check.slug, check]))
  throwIfAborted(signal)
  const correct = correctClaims(planned.facts, planned.plan)
  const done = inPlace.flatMap(({ page, moves }) => {
    const check = found.get(page.slug)
    return check ? [repaired(page, { check, moves, correct })] : []
  })
  for (const { check } of done) warn(tools, check)
  return { pages: done.map(({ page }) => page), checks: done.map(({ check }) => check) }
}

/** Lines of text files at the commit; null for what is none. */
function lineReader(snapshot: Snapshot, signal: AbortSignal): LinesOf {
  const oids = new Map(snapshot.entries.map(({ path, oid }) => [path, oid]))
  const known = new Map<string, string[] | null>()
  return async (path) => {
    const cached = known.get(path)
    if (cached !== undefined) return cached
    throwIfAborted(signal)
    const oid = oids.get(path)
    const bytes = oid === undefined ? null : await snapshot.readBlob(oid)
    const lines = bytes ? new TextDecoder().decode(bytes).split('\n') : null
    if (lines?.at(-1) === '') lines.pop()
    known.set(path, lines)
    return lines
  }
}

/** A page kept from an earlier commit, its citations where their lines stand now. */
function withMoves(page: WrittenPage, moved: Map<string, string>): { page: WrittenPage; moves: Repair[] } {
  if (moved.size === 0) return { page, moves: [] }
  const lines = page.markdown.split('\n')
  const misses = lines.flatMap((text, at) =>
    [...moved.keys()].filter((claim) => text.includes(`](${claim})`)).map((claim) => missOf(claim, at + 1)),
  )
  const { markdown, repairs } = repairPage(page.markdown, misses, ({ claim }) => moved.get(claim) ?? null)
  return { page: { ...page, markdown }, moves: repairs }
}

function missOf(claim: string, line: number): Miss {
  return { kind: 'citation', line, claim, found: 'these lines moved' }
}

interface Found {
  check: PageCheck
  moves: Repair[]
  correct: Correct
}

function repaired(page: WrittenPage, { check, moves, correct }: Found): { page: WrittenPage; check: PageCheck } {
  const { markdown, repairs, left } = repairPage(page.markdown, check.misses, correct)
  const counts = { ...check.counts }
  for (const miss of check.misses) {
    const kind = counts[miss.kind]
    if (!left.includes(miss)) counts[miss.kind] = { ...kind, ok: kind.ok + 1 }
  }
  return { page: { ...page, markdown }, check: { ...check, counts, misses: left, repairs: [...moves, ...repairs] } }
}

function warn(tools: Tools, { slug, misses }: PageCheck): void {
  const [first, ...others] = misses
  if (!first) return
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const message = `${slug}.md:${first.line} ${first.claim}: ${first.found}${more}`
  tools.progress({ kind: 'warning', message, stage: 'validating' })
}

import { cite, parseCitation } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { citationTargets, replaceCitations } from '#lib/links/citation-targets.ts'
import { type LinesOf, type OwnCitations, placeOfSame, targetOf } from '#lib/links/own-citations.ts'

export interface Anchored {
  markdown: string
  /** Where its facts stand. */
  places: SourceRange[]
  /** Citations that stand for no fact. */
  own: OwnCitations
}

export type Reanchored =
  | { kept: Anchored; moved: number }
  /** The page cannot stand: the lines of this citation say something else, or nobody can tell where they are. */
  | { kept: null; lost: string }

/**
 * Brings the citations of a page whose facts are the same to the lines where those stand now; nothing else of the text
 * changes. Citations that stand for no fact go where the same lines are.
 */
export async function reanchor(page: Anchored, now: SourceRange[], linesOf: LinesOf): Promise<Reanchored> {
  const targets = new Map<string, SourceRange>()
  const taken = new Map<string, string>()
  const cited = citationTargets(page.markdown)
  for (const [at, place] of page.places.entries()) {
    const [target, next] = [targetOf(place), now[at]]
    if (!cited.has(target)) continue
    const known = targets.get(target)
    if (!next || (known && !isSame(known, next))) return { kept: null, lost: target }
    const other = taken.get(targetOf(next))
    if (other !== undefined && other !== target) return { kept: null, lost: target }
    targets.set(target, next)
    taken.set(targetOf(next), target)
  }
  const own: OwnCitations = {}
  for (const [target, hash] of Object.entries(page.own)) {
    const found = await placeOfSame(target, hash, linesOf)
    if (!found) return { kept: null, lost: target }
    own[targetOf(found)] = hash
    targets.set(target, found)
  }
  return moveTo(targets, { page, now, own })
}

function moveTo(
  targets: Map<string, SourceRange>,
  { page, now, own }: { page: Anchored; now: SourceRange[]; own: OwnCitations },
): Reanchored {
  let moved = 0
  const markdown = replaceCitations(page.markdown, ({ label, target }) => {
    const [old, next] = [parseCitation(target), targets.get(target)]
    if (!old || !next || isSame(old, next)) return null
    moved += 1
    return labelOf(old) === label ? cite(next) : `[${label}](${targetOf(next)})`
  })
  return { kept: { markdown, places: now, own }, moved }
}

/** The label that a citation has by itself, as it stands in Markdown. */
function labelOf(range: SourceRange): string {
  return cite(range).slice(1, -`](${targetOf(range)})`.length)
}

function isSame(a: SourceRange, b: SourceRange): boolean {
  return a.path === b.path && a.start === b.start && a.end === b.end
}

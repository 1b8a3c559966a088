import { cite, parseCitation } from '#lib/domain/citations.ts'
import { replaceCitations } from '#lib/links/citation-targets.ts'
import { type LinesOf, type OwnCitations, placeOfSame, targetOf } from '#lib/links/own-citations.ts'

/**
 * A page whose citations lead to where their lines stand now. Those whose lines say something else stay, and are told in
 * `lost`, by target; nothing else of the text changes.
 */
export async function followLines(
  markdown: string,
  own: OwnCitations,
  linesOf: LinesOf,
): Promise<{ markdown: string; lost: string[] }> {
  const now = new Map<string, string>()
  const lost: string[] = []
  for (const [target, hash] of Object.entries(own)) {
    const found = await placeOfSame(target, hash, linesOf)
    if (found) now.set(target, targetOf(found))
    else lost.push(target)
  }
  const moved = replaceCitations(markdown, ({ label, target }) => {
    const [old, next] = [parseCitation(target), parseCitation(now.get(target) ?? '')]
    if (!old || !next || targetOf(next) === target) return null
    return cite(old) === `[${label}](${target})` ? cite(next) : `[${label}](${targetOf(next)})`
  })
  return { markdown: moved, lost }
}

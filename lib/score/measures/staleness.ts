import { createHash } from 'node:crypto'
import type { Citation, Context } from '#lib/score/context.ts'
import type { EarlierGrounds } from '#lib/score/earlier-grounds.ts'
import type { Finding, ScoreMiss } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { claimOf } from './citations-resolve.ts'

type Fate = 'same' | 'moved' | 'edited' | 'gone'

/**
 * Share of citations whose lines read differently at the commit they were made at: moved elsewhere in the file (found
 * by the hash of their text), edited, or gone with the file. Needs a commit in the links or in the documentation.
 */
export async function measureStaleness(context: Context, earlier: EarlierGrounds): Promise<Finding> {
  const fates: Record<Fate, number> = { same: 0, moved: 0, edited: 0, gone: 0 }
  const misses: ScoreMiss[] = []
  for (const citation of context.citations) {
    const commit = /^[0-9a-f]{40}$/.test(citation.ref ?? '') ? citation.ref : context.target.commit
    if (!commit || !citation.lines) continue
    const then = await earlier.of(commit)
    const fate = then && (await fateOf(citation, then, context.ground))
    if (!fate) continue
    fates[fate.kind] += 1
    const { page, inline } = citation
    if (fate.kind !== 'same')
      misses.push({ page: page.file, line: inline.line, claim: claimOf(citation), found: fate.found })
  }
  const checked = fates.same + fates.moved + fates.edited + fates.gone
  const note =
    checked === 0
      ? 'no commit is named that is still there'
      : `${fates.moved} moved, ${fates.edited} edited, ${fates.gone} gone`
  return { value: checked === 0 ? null : misses.length / checked, checked, misses, note }
}

async function fateOf(
  { path, lines: range }: Citation,
  then: Ground,
  now: Ground,
): Promise<{ kind: Fate; found: string } | null> {
  const before = (await then.linesOf(path))?.slice((range?.start ?? 1) - 1, range?.end)
  if (!range || !before || before.length === 0) return null
  const after = await now.linesOf(path)
  if (!after) return { kind: 'gone', found: 'the file is gone' }
  const wanted = hashOf(before)
  if (hashOf(after.slice(range.start - 1, range.end)) === wanted) return { kind: 'same', found: '' }
  for (let start = 0; start + before.length <= after.length; start += 1) {
    if (after[start]?.trim() !== before[0]?.trim()) continue
    if (hashOf(after.slice(start, start + before.length)) === wanted)
      return { kind: 'moved', found: `the text moved to line ${start + 1}` }
  }
  return { kind: 'edited', found: 'the text was edited since' }
}

function hashOf(lines: string[]): string {
  return createHash('sha256')
    .update(lines.map((line) => line.trim().replace(/\s+/g, ' ')).join('\n'))
    .digest('hex')
}

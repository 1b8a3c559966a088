import type { Citation, Context } from '#lib/score/context.ts'
import { type EarlierGrounds, isOfThisCommit } from '#lib/score/earlier-grounds.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'

/**
 * Citations whose file exists at the commit, whose lines lie inside it, and whose label says what the link says. A link
 * that names another commit, branch or tag says nothing of this one: it is held against that commit where it is there,
 * and left out where it is not.
 */
export async function measureCitationsResolve(context: Context, earlier: EarlierGrounds): Promise<Finding> {
  const misses: ScoreMiss[] = []
  let checked = 0
  for (const citation of context.citations) {
    const ground = isOfThisCommit(citation, context) ? context.ground : await earlier.of(citation.ref ?? '')
    if (!ground) continue
    checked += 1
    const found = await problem(citation, ground)
    if (found) misses.push({ page: citation.page.file, line: citation.inline.line, claim: claimOf(citation), found })
  }
  return shareFinding(checked, misses)
}

/** `path:3-9`, as people write it. */
export function claimOf({ path, lines }: Pick<Citation, 'path' | 'lines'>): string {
  if (!lines) return path
  return lines.start === lines.end ? `${path}:${lines.start}` : `${path}:${lines.start}-${lines.end}`
}

async function problem({ path, lines, labelSays }: Citation, ground: Ground): Promise<string | null> {
  if (!ground.text.hasPath(path)) return 'no such file at the commit'
  if (!lines) return null
  const count = await ground.text.lineCount(path)
  if (count === null) return 'a folder has no lines'
  if (lines.start < 1 || lines.end < lines.start) return 'the line range is empty'
  if (lines.end > count) return `the file has ${count} lines`
  return labelSays ? `its label says ${labelSays}` : null
}

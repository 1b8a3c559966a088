import { createHash } from 'node:crypto'
import { z } from 'zod/mini'
import { encodeRepositoryPath, parseCitation, rangeFragment } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { WrittenPage } from '#lib/domain/page.ts'

/** Per page, what the lines of each citation said at the commit it was written from: target → hash. */
export type Anchors = Record<string, Record<string, string>>

export type LinesOf = (path: string) => Promise<string[] | null>

const LONGEST_SEARCHED = 20_000
const anchorsSchema = z.object({ format: z.literal(1), pages: z.record(z.string(), z.record(z.string(), z.string())) })

/** Parses stored anchors; none when they are absent, torn or of another format. */
export function parseAnchors(json: string | null): Anchors {
  try {
    const parsed = anchorsSchema.safeParse(JSON.parse(json ?? 'null'))
    return parsed.success ? parsed.data.pages : {}
  } catch {
    return {}
  }
}

export function anchorsJson(pages: Anchors): string {
  return `${JSON.stringify({ format: 1, pages })}\n`
}

/** Anchors of every page: new ones for pages written from this commit, the known ones for pages kept from an earlier one. */
export async function anchorsOf(pages: WrittenPage[], known: Anchors, at: { commit: string; linesOf: LinesOf }) {
  const anchors: Anchors = {}
  for (const { slug, markdown, provenance } of pages) {
    const kept = provenance.commit === at.commit ? undefined : known[slug]
    anchors[slug] = kept ?? (await anchorsIn(markdown, at.linesOf))
  }
  return anchors
}

/** Citations whose lines say something else now, with the place in the same file where what they said stands. */
export async function movedCitations(anchors: Record<string, string>, linesOf: LinesOf): Promise<Map<string, string>> {
  const moved = new Map<string, string>()
  for (const [target, hash] of Object.entries(anchors)) {
    const range = parseCitation(target)
    const lines = range && (await linesOf(range.path))
    if (!range || !lines || hashOf(lines, range) === hash) continue
    const found = nearest(lines, range, hash)
    if (found) moved.set(target, `source:${encodeRepositoryPath(found.path)}${rangeFragment(found)}`)
  }
  return moved
}

async function anchorsIn(markdown: string, linesOf: LinesOf): Promise<Record<string, string>> {
  const anchors: Record<string, string> = {}
  for (const [, target = ''] of markdown.matchAll(/\]\((source:[^)\s]+)\)/g)) {
    const range = parseCitation(target)
    const lines = range && (await linesOf(range.path))
    if (range && lines && range.end <= lines.length) anchors[target] = hashOf(lines, range)
  }
  return anchors
}

function nearest(lines: string[], range: SourceRange, hash: string): SourceRange | null {
  if (lines.length > LONGEST_SEARCHED) return null
  const length = range.end - range.start + 1
  const starts = Array.from({ length: Math.max(0, lines.length - length + 1) }, (_, at) => at + 1)
  const byDistance = starts.sort((a, b) => Math.abs(a - range.start) - Math.abs(b - range.start) || a - b)
  const start = byDistance.find((at) => hashOf(lines, { ...range, start: at, end: at + length - 1 }) === hash)
  return start === undefined ? null : { ...range, start, end: start + length - 1 }
}

/** SHA-256 of the lines, white space folded, first 16 hex digits. */
function hashOf(lines: string[], { start, end }: SourceRange): string {
  const text = lines
    .slice(start - 1, end)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

import { hash } from 'node:crypto'
import { z } from 'zod'
import type { CachedPage } from '#lib/domain/cached-page.ts'
import type { ManifestFact } from '#lib/domain/manifest.ts'

const noteSchema = z.object({
  format: z.literal(2),
  writer: z.string(),
  /** What the page was made from (`PageManifest`): its fingerprint and where it stands. */
  fingerprint: z.string(),
  places: z.custom<[path: string, start: number, end: number][]>(isPlaces),
  /** Facts as JSON, in notes where they do not stand on a line of their own yet. */
  facts: z.string().optional(),
  /** Citations that stand for no fact, with what their lines said. */
  own_citations: z.record(z.string(), z.string()),
  /** SHA-256 of the Markdown: the note speaks of exactly this text. */
  content_hash: z.string(),
  provider: z.string(),
  model: z.string(),
  run_id: z.string(),
  commit: z.string(),
  stand_in: z.string().optional(),
})

const factsSchema = z.object({
  facts: z.array(z.object({ fact: z.string(), sides: z.record(z.string(), z.string()) })),
})
const END_OF_LINE = 10

/**
 * What is kept beside the text of a page: one JSON object, on whose second line the facts stand that the page was made
 * from. These are four fifths of it, and only read of pages that changed.
 */
export function pageNote(page: CachedPage): string {
  const { provider, model, runId, commit, standIn } = page.provenance
  const note = {
    format: 2,
    writer: page.writer,
    fingerprint: page.fingerprint,
    places: page.places.map(({ path, start, end }) => [path, start, end]),
    own_citations: page.own,
    content_hash: contentHash(page.markdown),
    provider,
    model,
    run_id: runId,
    commit,
    stand_in: standIn,
  }
  return `${JSON.stringify(note).slice(0, -1)},\n"facts":${JSON.stringify(page.facts())}}\n`
}

/** The page of a text and of its note; null when the note is none or speaks of another text. */
export function notedPage(slug: string, { text, note }: { text: Buffer; note: Buffer }): CachedPage | null {
  const end = note.indexOf(END_OF_LINE)
  const about = note.toString('utf8', 0, end < 0 ? note.length : end)
  const parsed = noteSchema.safeParse(parsedJson(about.replace(/,$/, '}')))
  if (!parsed.success || parsed.data.content_hash !== contentHash(text)) return null
  const { writer, fingerprint, places, facts, own_citations, provider, model, run_id, commit, stand_in } = parsed.data
  return {
    slug,
    markdown: text.toString('utf8'),
    writer,
    fingerprint,
    places: places.map(([path, start, end]) => ({ path, start, end })),
    facts: () => factsIn(facts === undefined ? `{${note.toString('utf8', end + 1)}` : `{"facts":${facts}}`),
    own: own_citations,
    provenance: { provider, model, runId: run_id, commit, ...(stand_in === undefined ? {} : { standIn: stand_in }) },
  }
}

function factsIn(text: string): ManifestFact[] {
  return factsSchema.safeParse(parsedJson(text)).data?.facts ?? []
}

/** By hand, as all pages of a variant have a hundred thousand of them. */
function isPlaces(value: unknown): boolean {
  const isPlace = (one: unknown) =>
    Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'number' && typeof one[2] === 'number'
  return Array.isArray(value) && value.every(isPlace)
}

function contentHash(text: string | Buffer): string {
  return hash('sha256', text)
}

/** Null for text that is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

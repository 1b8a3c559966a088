import * as z from 'zod/mini'

interface Section {
  id: string
  heading: string
  text: string
}

interface Range {
  path: string
  start: number
  end: number
}

/** By hand, as a site has tens of thousands of them. */
function isListOf(fields: Record<string, 'string' | 'number'>): (value: unknown) => boolean {
  const wanted = Object.entries(fields)
  const isOne = (one: Record<string, unknown> | null) => wanted.every(([name, type]) => typeof one?.[name] === type)
  return (value) => Array.isArray(value) && value.every(isOne)
}

/** What a rendered site is made of, kept beside it, so that the next one takes over every file that would be the same. */
export const renderedSchema = z.object({
  format: z.literal(1),
  /** Run whose site this is. */
  run_id: z.string(),
  /** Pages by slug: their key, what the rest of the site needs of them, and the files they consist of. */
  pages: z.record(
    z.string(),
    z.object({
      key: z.string(),
      sections: z.custom<Section[]>(isListOf({ id: 'string', heading: 'string', text: 'string' })),
      citations: z.custom<Range[]>(isListOf({ path: 'string', start: 'number', end: 'number' })),
      files: z.array(z.string()),
    }),
  ),
  /** Pages of cited files: path in the site → key. */
  sources: z.record(z.string(), z.string()),
  /** Pictures of the repository that the site has, by Git id. */
  images: z.optional(
    z.record(z.string(), z.object({ file: z.string(), width: z.number(), height: z.number(), bytes: z.number() })),
  ),
  /** What the search knows of it (`SearchMemory`). */
  search: z.optional(
    z.object({
      pages: z.array(z.tuple([z.string(), z.string(), z.number()])),
      terms: z.string(),
      texts: z.optional(z.array(z.tuple([z.string(), z.string()]))),
    }),
  ),
})
export type Rendered = z.infer<typeof renderedSchema>

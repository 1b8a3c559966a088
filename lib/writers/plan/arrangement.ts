import * as z from 'zod'
import { PAGE_TYPES } from '#lib/domain/kinds.ts'

export const MOST_GROUPS = 60
export const MOST_ADDED = 8
const MOST_PARTS = 5
const MOST_SOURCES = 12

const slug = z.string().min(1).max(100)
const title = z.string().min(1).max(120)
const description = z.string().max(300)

/** A page of the built-in plan, perhaps under another title, perhaps with others told on it. */
const placedSchema = z.strictObject({
  page: slug,
  title: title.optional(),
  description: description.optional(),
  merge: z.array(slug).max(MOST_PARTS).optional(),
})

/** A page that the built-in plan does not have. */
const addedSchema = z.strictObject({
  add: slug,
  title,
  description,
  type: z.enum(PAGE_TYPES),
  purpose: z.string().min(20).max(600),
  sources: z.array(z.string().min(1).max(400)).min(1).max(MOST_SOURCES),
})

export type PlacedPage = z.infer<typeof placedSchema>
export type AddedPage = z.infer<typeof addedSchema>
export type ArrangedPage = PlacedPage | AddedPage

/** Groups of pages in reading order, in terms of the built-in plan; no groups: the plan stays as it is. */
export const arrangementSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        group: z.string().min(1).max(80),
        pages: z.array(z.union([placedSchema, addedSchema])).min(1),
      }),
    )
    .max(MOST_GROUPS),
})
export type Arrangement = z.infer<typeof arrangementSchema>

export function isAdded(page: ArrangedPage): page is AddedPage {
  return 'add' in page
}

/** A reply as an arrangement, or what is wrong with its shape: `groups.2.pages.0.title: Too big …`. */
export function parseArrangement(reply: unknown): { arrangement: Arrangement } | { faults: string[] } {
  const parsed = arrangementSchema.safeParse(reply)
  return parsed.success
    ? { arrangement: parsed.data }
    : { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, reply)) }
}

/** Of a page that is neither kind: what it lacks to be the one it says it is. */
function faultsOf(issue: z.core.$ZodIssue, reply: unknown): string[] {
  if (issue.code !== 'invalid_union') return [`${issue.path.join('.') || 'the answer'}: ${issue.message}`]
  const at = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], reply)
  const wanted = typeof at === 'object' && at !== null && 'add' in at ? addedSchema : placedSchema
  const inner = wanted.safeParse(at).error?.issues ?? []
  return inner.map(({ path, message }) => `${[...issue.path, ...path].join('.')}: ${message}`)
}

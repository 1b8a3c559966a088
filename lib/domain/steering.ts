import * as z from 'zod/mini'

/**
 * What the owner of a project asks of its documentation, in `docsfy.yml` and in the dashboard. Wishes about words, pages and
 * paths only: nothing in it reaches tools, keys, limits or access.
 */
const text = (most: number) =>
  z
    .string('it has to be a text')
    .check(z.trim(), z.minLength(1, 'it is empty'), z.maxLength(most, `it may have ${most} characters`))
const line = (most: number) => text(most).check(z.regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'it has to be one line'))
const list = <Item extends z.core.$ZodType>(item: Item, most: number) =>
  z.array(item, 'it has to be a list').check(z.maxLength(most, `it may have ${most} entries`))
const pattern = line(200)
/** Titles stand in navigation, search and headings: plain words. */
const title = line(120).check(
  z.regex(/^[^\p{Cf}`<>[\]\\|]*$/u, 'it has a character that plain words do not need'),
  z.regex(/^(?!.*:\/\/)/, 'it has a web address'),
)

const termSchema = z.strictObject({
  use: line(60),
  /** Words that it stands for. */
  not: z._default(list(line(60), 10), []),
})

const wantedPageSchema = z.strictObject({
  title,
  /** Title or address of the page that is meant, where it has another title. */
  page: z.optional(line(120)),
  /** What it should tell. */
  about: z.optional(text(500)),
  /** Files that prove it, for a page that the plan does not have: `path` or `path:3-9`. */
  sources: z.optional(list(line(400), 12)),
})
export type WantedPage = z.infer<typeof wantedPageSchema>

export const STEERING_FIELDS = {
  audience: text(300),
  tone: text(200),
  /** Of the text that a model writes: `de`, `pt-BR`. */
  language: line(20).check(
    z.regex(/^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}$/, 'it has to be a language such as en, de or pt-BR'),
  ),
  terms: list(termSchema, 50),
  /** In the order in which they come, right behind the first page. */
  pages: list(wantedPageSchema, 30),
  paths: z.strictObject({
    include: z._default(list(pattern, 50), []),
    exclude: z._default(list(pattern, 50), []),
  }),
}

export const steeringSchema = z.partial(z.strictObject(STEERING_FIELDS))
export type Steering = z.infer<typeof steeringSchema>

/** As the dashboard has it. Times are ISO 8601 UTC; null: never set. */
export const steeringResponseSchema = z.object({
  steering: steeringSchema,
  updated_by: z.nullable(z.string()),
  updated_at: z.nullable(z.string()),
})
export type SteeringResponse = z.infer<typeof steeringResponseSchema>

/** What of it decides the words of every page a model writes. */
export const styleSchema = z.object({
  audience: z.optional(z.string()),
  tone: z.optional(z.string()),
  language: z.optional(z.string()),
  terms: z.optional(z.array(termSchema)),
})
export type Style = z.infer<typeof styleSchema>

/** Null when nothing is asked for. */
export function styleOf({ audience, tone, language, terms = [] }: Steering): Style | null {
  if (audience === undefined && tone === undefined && language === undefined && terms.length === 0) return null
  return { audience, tone, language, terms }
}

/** What holds when both say something: the dashboard wins, wish by wish. */
export function mergedSteering(file: Steering, dashboard: Steering): Steering {
  return { ...file, ...dashboard }
}

/** The same text for the same wishes, whatever order they were written in; empty for none. */
export function steeringKey(steering: Steering): string {
  const entries = Object.entries(steering).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? '' : JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

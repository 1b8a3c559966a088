import * as z from 'zod/mini'
import { PAGE_TYPES, REPO_TYPES } from '#lib/domain/kinds.ts'
import { styleSchema } from '#lib/domain/steering.ts'

/**
 * Page kinds: which composer in lib/writers/builtin writes the page, and what it is about. A `topic` is a page that a model
 * added: from its facts no page is published that the model did not write.
 */
export const PAGE_KINDS = [
  'overview',
  'getting_started',
  'concepts',
  'architecture',
  'package',
  'module',
  'commands',
  'configuration',
  'routes',
  'data_models',
  'examples',
  'development',
  'topic',
] as const
export type PageKind = (typeof PAGE_KINDS)[number]

export const MAX_PAGES = 200
/** Of stored plans: raised when pages of an earlier plan could be taken for something else. */
export const PLAN_FORMAT = 2
export const SLUG_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/

const pageFields = {
  /** File name without ending; unique in the plan; never `index`, which is the home page. */
  slug: z.string().check(z.regex(SLUG_PATTERN)),
  title: z.string().check(z.minLength(1), z.maxLength(120)),
  description: z.string().check(z.maxLength(300)),
  type: z.enum(PAGE_TYPES),
  kind: z.enum(PAGE_KINDS),
  /** What the page is about, in the terms of its kind: a module path, a package name. Absent: the repository. */
  subject: z.optional(z.string().check(z.maxLength(400))),
}

/** A page of the built-in plan that is told on another one: a section of that page, to which its address leads. */
const planPartSchema = z.object(pageFields)
export type PlanPart = z.infer<typeof planPartSchema>

export const planPageSchema = z.object({
  ...pageFields,
  parts: z.optional(z.array(planPartSchema)),
  /** Of a `topic`: what it is for, and the files it is made from, `path` or `path:3-9`. */
  purpose: z.optional(z.string().check(z.maxLength(600))),
  sources: z.optional(z.array(z.string())),
  /** What the owner asks of this page. */
  wish: z.optional(z.string().check(z.maxLength(500))),
})
export type PlanPage = z.infer<typeof planPageSchema>

export const planGroupSchema = z.object({
  group: z.string().check(z.minLength(1), z.maxLength(80)),
  pages: z.array(planPageSchema).check(z.minLength(1)),
})
export type PlanGroup = z.infer<typeof planGroupSchema>

export const planSchema = z.object({
  project_name: z.string().check(z.minLength(1), z.maxLength(200)),
  tagline: z.string().check(z.maxLength(300)),
  repo_type: z.enum(REPO_TYPES),
  /** What the owner asks of every page that a model writes. */
  style: z.optional(styleSchema),
  navigation: z.array(planGroupSchema).check(
    z.minLength(1),
    z.refine((groups) => groups.flatMap(({ pages }) => pages).length <= MAX_PAGES, `at most ${MAX_PAGES} pages`),
  ),
})
/** What will be written: project name, tagline, repo type, and groups of pages in reading order. */
export type Plan = z.infer<typeof planSchema>

export function planPages(plan: Plan): PlanPage[] {
  return plan.navigation.flatMap((group) => group.pages)
}

/** Parses stored plan JSON; null when it is absent, torn or of another format. */
export function parsePlan(json: string | null | undefined): Plan | null {
  if (!json) return null
  try {
    const parsed = planSchema.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const LONGEST_STEM = 72

/**
 * Turns any text into a slug that fits SLUG_PATTERN, is not `index` and is not yet in `taken`; adds it to `taken`. Where
 * letters of other scripts, or the end of a long text, have no place in it, a number made of the whole text keeps it from
 * meaning another page when the pages around it change. Text without any usable character becomes `page`.
 */
export function uniqueSlug(text: string, taken: Set<string>): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const whole = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  const isTold = whole.length <= LONGEST_STEM && !/[^\P{L}a-z]|[^\P{N}0-9]/u.test(plain)
  const stem = whole.slice(0, LONGEST_STEM - 8).replace(/-+$/, '') || 'page'
  const base = isTold ? whole || 'page' : `${stem}-${numberOf(text)}`
  let slug = base === 'index' ? 'index-page' : base
  for (let n = 2; taken.has(slug); n += 1) slug = `${base}-${n}`
  taken.add(slug)
  return slug
}

/** The same for equal texts, in seven characters at most: FNV-1a, as no secret hangs on it. */
function numberOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}

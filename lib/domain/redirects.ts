import { z } from 'zod/mini'
import { type Plan, type PlanPage, planPages, SLUG_PATTERN } from './plan.ts'

/** Where readers of a page that is gone are led: slug of the old page → slug of the page that took its place. */
export type Redirects = Record<string, string>

/** Name of the record in the folder of a variant and at the root of a site. */
export const REDIRECTS_FILE = 'redirects.json'

const MOST_REDIRECTS = 1000

const slugSchema = z.string().check(z.regex(SLUG_PATTERN))
const redirectsSchema = z.object({ format: z.literal(1), redirects: z.record(slugSchema, slugSchema) })

/** Parses stored redirects; none when they are absent, torn or of another format. */
export function parseRedirects(json: string | null): Redirects {
  try {
    const parsed = redirectsSchema.safeParse(JSON.parse(json ?? 'null'))
    return parsed.success ? parsed.data.redirects : {}
  } catch {
    return {}
  }
}

export function redirectsJson(redirects: Redirects): string {
  return `${JSON.stringify({ format: 1, redirects }, null, 2)}\n`
}

/**
 * The redirects once `plan` takes the place of `before`: those already known, followed to pages that exist now, one for
 * every page that disappears, and one for every page that is told on another one. A slug that is a page again has none.
 */
export function redirectsAfter({
  before,
  plan,
  known,
}: {
  before: Plan | null
  plan: Plan
  known: Redirects
}): Redirects {
  const pages = planPages(plan)
  const slugs = new Set(pages.map(({ slug }) => slug))
  const gone = new Map((before ? planPages(before) : []).map((page) => [page.slug, page]))
  const hosts = new Map(pages.flatMap(({ slug, parts = [] }) => parts.map((part) => [part.slug, slug] as const)))
  const targetOf = (slug: string): string | null => {
    if (slugs.has(slug)) return slug
    const host = hosts.get(slug)
    if (host !== undefined) return host
    const old = gone.get(slug)
    return old ? successorOf(old, pages) : (pages[0]?.slug ?? null)
  }
  const own = [...gone.keys(), ...hosts.keys()].map((slug) => [slug, slug] as const)
  const wanted = [...Object.entries(known), ...own]
  const found = wanted.flatMap(([from, to]) => {
    const target = slugs.has(from) ? null : targetOf(to)
    return target === null ? [] : [[from, target] as const]
  })
  return Object.fromEntries(found.slice(-MOST_REDIRECTS).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The page about the same thing; else the one about the nearest folder above it; else of the same kind; else the first. */
function successorOf(old: PlanPage, pages: PlanPage[]): string | null {
  const sameKind = pages.filter(({ kind }) => kind === old.kind)
  const subject = old.subject ?? ''
  const about = (page: PlanPage) => page.subject ?? ''
  const above = sameKind
    .filter((page) => about(page) !== '' && isInside(subject, about(page)))
    .sort((a, b) => about(b).length - about(a).length)[0]
  const below = sameKind.find((page) => subject !== '' && isInside(about(page), subject))
  const alike = pages.find(({ title }) => title === old.title)
  return (above ?? below ?? alike ?? sameKind.find((page) => about(page) === '') ?? pages[0])?.slug ?? null
}

function isInside(path: string, folder: string): boolean {
  return path === folder || folder === '.' || path.startsWith(`${folder}/`) || path.startsWith(`${folder}#`)
}

import { type Plan, type PlanGroup, type PlanPage, type PlanPart, planPages } from '#lib/domain/plan.ts'
import { type ArrangedPage, type Arrangement, isAdded } from './arrangement.ts'

/** The built-in plan in this arrangement, which holds for it (`planFaults`). Pure: the same gives the same plan. */
export function arrangedPlan(plan: Plan, { groups }: Arrangement): Plan {
  if (groups.length === 0) return plan
  const known = new Map(planPages(plan).map((page) => [page.slug, page]))
  const navigation = groups.map(({ group, pages }) => ({ group, pages: pages.flatMap((page) => pageOf(page, known)) }))
  return { ...plan, navigation }
}

/**
 * An arrangement made for another commit, so that it holds for this plan: pages and sources that are gone leave it, and pages
 * that are new stand behind the page that is before them in the built-in plan, in its group.
 */
export function fitted(arrangement: Arrangement, plan: Plan, hasFile: (path: string) => boolean): Arrangement {
  if (arrangement.groups.length === 0) return arrangement
  const known = new Set(planPages(plan).map(({ slug }) => slug))
  const groups = arrangement.groups.map(({ group, pages }) => ({
    group,
    pages: pages.flatMap((page) => keptPage(page, { known, hasFile })),
  }))
  const placed = new Set(groups.flatMap(({ pages }) => pages.flatMap(slugsOf)))
  for (const { group, pages } of plan.navigation) {
    for (const [at, { slug }] of pages.entries()) {
      if (placed.has(slug)) continue
      insert(groups, { slug, group, before: pages.slice(0, at).map((page) => page.slug) })
      placed.add(slug)
    }
  }
  return { groups: groups.filter(({ pages }) => pages.length > 0) }
}

/** The pages of the built-in plan that a page of an arrangement tells. */
export function slugsOf(page: ArrangedPage): string[] {
  return isAdded(page) ? [] : [page.page, ...(page.merge ?? [])]
}

function pageOf(page: ArrangedPage, known: ReadonlyMap<string, PlanPage>): PlanPage[] {
  if (isAdded(page)) {
    const { add, ...rest } = page
    return [{ ...rest, slug: add, kind: 'topic' }]
  }
  const own = known.get(page.page)
  if (!own) return []
  const parts: PlanPart[] = (page.merge ?? []).flatMap((slug) => known.get(slug) ?? [])
  const renamed = { ...own, title: page.title ?? own.title, description: page.description ?? own.description }
  return [parts.length > 0 ? { ...renamed, parts } : renamed]
}

interface Present {
  known: ReadonlySet<string>
  hasFile: (path: string) => boolean
}

/** Where the page itself is gone, what was told on it stands by itself again. */
function keptPage(page: ArrangedPage, { known, hasFile }: Present): ArrangedPage[] {
  if (isAdded(page)) {
    const sources = page.sources.filter((source) => hasFile(sourcePath(source)))
    return sources.length > 0 && !known.has(page.add) ? [{ ...page, sources }] : []
  }
  const merge = (page.merge ?? []).filter((slug) => known.has(slug))
  if (!known.has(page.page)) return merge.map((slug) => ({ page: slug }))
  return [merge.length > 0 ? { ...page, merge } : { ...page, merge: undefined }]
}

/** `path` of `path`, `path:3` and `path:3-9`. */
export function sourcePath(source: string): string {
  return source.replace(/:\d+(?:-\d+)?$/, '')
}

interface Missing {
  slug: string
  group: string
  /** Slugs before it in its group, in order. */
  before: string[]
}

function insert(groups: Arrangement['groups'], { slug, group, before }: Missing): void {
  for (const other of before.toReversed()) {
    const home = groups.find(({ pages }) => pages.some((page) => slugsOf(page).includes(other)))
    if (!home) continue
    home.pages.splice(home.pages.findIndex((page) => slugsOf(page).includes(other)) + 1, 0, { page: slug })
    return
  }
  const same = groups.find((one) => one.group === group)
  if (same) same.pages.unshift({ page: slug })
  else groups.push({ group, pages: [{ page: slug }] } satisfies { group: PlanGroup['group']; pages: ArrangedPage[] })
}

import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import { planPages } from '#lib/domain/plan.ts'

/** A page as two plans have it. */
export interface PagePair {
  title: string
  left: PlanPage | null
  right: PlanPage | null
}

/** Pages of two plans beside each other, by slug, else by title; in the order of the left plan, then what only the right has. */
export function comparePages(left: Plan | null, right: Plan | null): PagePair[] {
  const rest = new Set(right ? planPages(right) : [])
  const find = (page: PlanPage) =>
    [...rest].find(({ slug }) => slug === page.slug) ?? [...rest].find(({ title }) => title === page.title) ?? null
  const pairs = (left ? planPages(left) : []).map((page): PagePair => {
    const other = find(page)
    if (other) rest.delete(other)
    return { title: page.title, left: page, right: other }
  })
  return [...pairs, ...[...rest].map((page) => ({ title: page.title, left: null, right: page }))]
}

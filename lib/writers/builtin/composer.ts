import type { Facts } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'

/** How one kind of page is made: `select` takes exactly what the page uses, `compose` turns only that into Markdown. */
export interface Composer<Selected> {
  /** Plain data: the manifest of the page is made from it. Lines stand in ranges, or in numbers named `line`, and nowhere else. */
  select(facts: Facts, page: PlanPage, plan: Plan): Selected
  compose(selected: Selected): string
}

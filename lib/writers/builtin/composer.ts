import type { Facts } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'

/** How one kind of page is made: `select` takes exactly what the page uses, `compose` turns only that into Markdown. */
export interface Composer<Selected> {
  /** Plain JSON: its hash is the page's fingerprint. */
  select(facts: Facts, page: PlanPage, plan: Plan): Selected
  compose(selected: Selected): string
}

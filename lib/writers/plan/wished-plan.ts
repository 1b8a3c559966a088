import type { Facts } from '#lib/domain/facts.ts'
import { MAX_PAGES, type Plan, type PlanPage, planPages, uniqueSlug } from '#lib/domain/plan.ts'
import { type Steering, styleOf, type WantedPage } from '#lib/domain/steering.ts'
import { sourcePath } from './arrange.ts'

interface Wishes {
  steering: Steering
  facts: Facts
  /** Whether somebody can write a page that the built-in plan does not have. */
  mayAdd: boolean
}

/**
 * The plan with the pages that are asked for right behind its first one, in their order, under their titles; for a model with
 * the style that is asked for: the built-in writer takes its words from the repository. Tells what cannot be done. Pure.
 */
export function wishedPlan(plan: Plan, { steering, facts, mayAdd }: Wishes): { plan: Plan; notices: string[] } {
  const style = styleOf(steering)
  const styled = style && mayAdd ? { ...plan, style } : plan
  const notices: string[] = []
  const known = planPages(plan)
  const pinned = new Map<string, PlanPage>()
  const taken = new Set(known.flatMap(({ slug, parts = [] }) => [slug, ...parts.map((part) => part.slug)]))
  for (const wanted of steering.pages ?? []) {
    const found = pageFor(wanted, known)
    const made = found ?? (mayAdd && known.length + pinned.size < MAX_PAGES ? addedPage(wanted, facts, taken) : null)
    const other = made && pinned.get(made.slug)
    if (other) notices.push(`The page "${wanted.title}" that is asked for is "${other.title}" already`)
    else if (made) pinned.set(made.slug, withWish(made, wanted))
    else notices.push(`The page "${wanted.title}" that is asked for is not made: ${mayAdd ? NO_SOURCES : ONLY_MODELS}`)
  }
  return { plan: pinned.size > 0 ? withPinned(styled, pinned) : styled, notices }
}

const NO_SOURCES = 'the plan has no page of this name; name files of the repository that prove it, as "sources"'
const ONLY_MODELS = 'the built-in plan has no page of this name, and only a model can write another one'

/** Titles of pages that are asked for and that neither the plan nor their own sources give. */
export function missingTitles({ pages = [] }: Steering, plan: Plan): string[] {
  const missing = pages.filter((wanted) => !pageFor(wanted, planPages(plan)) && (wanted.sources ?? []).length === 0)
  return missing.map(({ title }) => title)
}

/** By the name or address that is given for it, else by its title, under which a model may have planned it. */
function pageFor({ title, page = title }: WantedPage, known: readonly PlanPage[]): PlanPage | null {
  const named = [page, title].map(folded).map((name) => {
    return known.find(({ slug }) => slug === name) ?? known.find((one) => folded(one.title) === name)
  })
  return named.find((found) => found !== undefined) ?? null
}

function addedPage({ title, about, sources = [] }: WantedPage, facts: Facts, taken: Set<string>): PlanPage | null {
  const paths = new Set(facts.files.map(({ path }) => path))
  const found = sources.filter((source) => paths.has(sourcePath(source)))
  if (found.length === 0) return null
  const purpose = about ?? title
  return {
    slug: uniqueSlug(title, taken),
    title,
    description: purpose.replace(/\s+/g, ' ').slice(0, 300),
    type: 'guide',
    kind: 'topic',
    purpose,
    sources: found,
  }
}

function withWish(page: PlanPage, { title, about }: WantedPage): PlanPage {
  return about === undefined ? { ...page, title } : { ...page, title, wish: about }
}

function withPinned(plan: Plan, pinned: ReadonlyMap<string, PlanPage>): Plan {
  const [first] = planPages(plan)
  const [start, ...others] = plan.navigation.map(({ group, pages }) => ({
    group,
    pages: pages.filter(({ slug }) => !pinned.has(slug)),
  }))
  if (!first || !start) return plan
  const top = pinned.get(first.slug) ?? first
  const rest = start.pages.filter(({ slug }) => slug !== first.slug)
  const asked = [...pinned.values()].filter(({ slug }) => slug !== first.slug)
  const navigation = [{ group: start.group, pages: [top, ...asked, ...rest] }, ...others]
  return { ...plan, navigation: navigation.filter(({ pages }) => pages.length > 0) }
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

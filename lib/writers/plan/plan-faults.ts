import type { Facts } from '#lib/domain/facts.ts'
import { MAX_PAGES, type Plan, planPages, SLUG_PATTERN } from '#lib/domain/plan.ts'
import { sourcePath } from './arrange.ts'
import {
  type AddedPage,
  type ArrangedPage,
  type Arrangement,
  isAdded,
  MOST_ADDED,
  type PlacedPage,
} from './arrangement.ts'

export interface PlanRules {
  /** The built-in plan. */
  plan: Plan
  facts: Facts
  /** Tokens of the built-in page of a slug, and how many a page with all that is told on it may have. */
  tokensOf: (slug: string) => number
  mostTokens: number
  /** Titles of pages that the owner asks for and the built-in plan does not have. */
  wanted?: readonly string[]
}

/** What is wrong with an arrangement whose shape holds, one sentence for each fault; none: `arrangedPlan` can follow it. */
export function planFaults({ groups }: Arrangement, rules: PlanRules): string[] {
  const pages = groups.flatMap((group) => group.pages)
  const missing = wantedFaults(pages, rules)
  if (groups.length === 0) return missing
  return [
    ...missing,
    ...groupFaults(groups),
    ...placeFaults(pages, rules.plan),
    ...pages.flatMap((page) => (isAdded(page) ? addedFaults(page, rules) : mergeFaults(page, rules))),
    ...numberFaults(pages),
    ...titleFaults(pages, rules.plan),
  ]
}

function wantedFaults(pages: ArrangedPage[], { wanted = [] }: PlanRules): string[] {
  const titles = new Set(pages.map(({ title = '' }) => folded(title)))
  return wanted
    .filter((title) => !titles.has(folded(title)))
    .map((title) => `the owner asks for a page with the title "${title}": give it to a page, or "add" one`)
}

function groupFaults(groups: Arrangement['groups']): string[] {
  const names = groups.map(({ group }) => group)
  return [
    ...twice(names.map(folded)).map((name) => `two groups have the name "${name}"`),
    ...names.flatMap((name) => textFaults(name, `the group "${name}"`)),
  ]
}

/** Every page of the built-in plan exactly once, by itself or told on another one; the overview first. */
function placeFaults(pages: ArrangedPage[], plan: Plan): string[] {
  const built = planPages(plan)
  const known = new Set(built.map(({ slug }) => slug))
  const placed = pages.flatMap((page) => (isAdded(page) ? [] : [page.page, ...(page.merge ?? [])]))
  const seen = new Set(placed)
  const [first] = built
  const [start] = pages
  return [
    ...[...seen].filter((slug) => !known.has(slug)).map((slug) => `there is no page "${slug}"; a new one is an "add"`),
    ...twice(placed).map((slug) => `the page "${slug}" stands in it more than once`),
    ...built.filter(({ slug }) => !seen.has(slug)).map(({ slug }) => `the page "${slug}" is missing`),
    ...(first && start && (isAdded(start) || start.page !== first.slug)
      ? [`"${first.slug}" has to be the first page`]
      : []),
  ]
}

function mergeFaults({ page, merge = [] }: PlacedPage, { tokensOf, mostTokens }: PlanRules): string[] {
  if (merge.length === 0) return []
  const tokens = [page, ...merge].reduce((sum, slug) => sum + tokensOf(slug), 0)
  return tokens > mostTokens
    ? [`"${page}" with what is merged into it is too long: about ${tokens} tokens, ${mostTokens} are the most`]
    : []
}

function addedFaults({ add, purpose, sources }: AddedPage, { plan, facts }: PlanRules): string[] {
  const what = `the added page "${add}"`
  const isTaken = planPages(plan).some(({ slug }) => slug === add)
  const lines = new Map(facts.files.map((file) => [file.path, file.lines]))
  return [
    ...(SLUG_PATTERN.test(add) && add !== 'index'
      ? []
      : [`"${add}" is no name of a page: small letters, digits and "-"`]),
    ...(isTaken ? [`${what} has the name of a page that exists`] : []),
    ...textFaults(purpose, `the purpose of ${what}`),
    ...sources.flatMap((source) => sourceFaults(source, { what, lines })),
  ]
}

function sourceFaults(source: string, { what, lines }: { what: string; lines: ReadonlyMap<string, number> }): string[] {
  const path = sourcePath(source)
  const all = lines.get(path)
  if (all === undefined) return [`${what}: there is no file "${path}" in the repository`]
  const [, start, end = start] = /:(\d+)(?:-(\d+))?$/.exec(source) ?? []
  if (start === undefined) return []
  const isInside = Number(start) > 0 && Number(start) <= Number(end) && Number(end) <= all
  return isInside ? [] : [`${what}: "${path}" has ${all} lines, not ${start}-${end}`]
}

function numberFaults(pages: ArrangedPage[]): string[] {
  const added = pages.filter(isAdded)
  return [
    ...(added.length > MOST_ADDED ? [`${added.length} pages are added, ${MOST_ADDED} are the most`] : []),
    ...(pages.length > MAX_PAGES ? [`it has ${pages.length} pages, ${MAX_PAGES} are the most`] : []),
    ...twice(added.map(({ add }) => add)).map((add) => `the page "${add}" is added twice`),
  ]
}

function titleFaults(pages: ArrangedPage[], plan: Plan): string[] {
  const built = new Map(planPages(plan).map((page) => [page.slug, page.title]))
  const titles = pages.map((page) => page.title ?? (isAdded(page) ? '' : (built.get(page.page) ?? '')))
  const own = new Set(pages.flatMap(({ title }) => (title === undefined ? [] : [folded(title)])))
  return [
    ...twice(titles.map(folded))
      .filter((title) => own.has(title))
      .map((title) => `two pages have the title "${title}"`),
    ...pages.flatMap(({ title = '', description = '' }) => [
      ...textFaults(title, `the title "${title}"`),
      ...textFaults(description, `the description "${description}"`),
    ]),
  ]
}

/** Names of pages and groups are plain words on one line: they stand in navigation, search and headings. */
function textFaults(text: string, what: string): string[] {
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) return [`${what} has line breaks or invisible characters`]
  if (/[`<>[\]\\|]/.test(text)) return [`${what} has one of \` < > [ ] \\ |, which plain words do not need`]
  if (/:\/\/|\bwww\./i.test(text)) return [`${what} has a web address`]
  return []
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

function twice(values: string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]
}

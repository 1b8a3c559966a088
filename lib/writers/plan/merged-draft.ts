import { anchorOf } from '#lib/domain/anchors.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import { type Draft, draftPage } from '#lib/writers/builtin/composers.ts'
import { fenceLines } from '#lib/writers/fence-lines.ts'

/**
 * The built-in page of a plan that a model arranged. What is told on another page stands there as a section, and links to it
 * lead to that page (on the page itself to the section); pages that the model added are known to none.
 */
export function mergedDraft(facts: Facts, page: PlanPage, plan: Plan): Draft {
  const { whole, hosts } = viewOf(plan)
  const own = draftPage(facts, page, whole)
  if (hosts.size === 0) return own
  const parts = (page.parts ?? []).map((part) => draftPage(facts, part, whole))
  const text = [own.markdown().trimEnd(), ...parts.map((part) => demoted(part.markdown()).trimEnd())].join('\n\n')
  const links = linksTo(hosts, text)
  if (parts.length === 0 && links.length === 0) return own
  const merged = { parts: parts.map(({ selected }) => selected), links }
  return {
    selected: isFields(own.selected) ? { ...own.selected, merged } : { page: own.selected, merged },
    markdown: () => `${relinked(text, hosts, page.slug)}\n`,
  }
}

interface View {
  /** Every built-in page by itself, as the built-in writer knows them. */
  whole: Plan
  /** Slug of a page that is told on another one → where. */
  hosts: ReadonlyMap<string, { slug: string; anchor: string }>
}

const views = new WeakMap<Plan, View>()

function viewOf(plan: Plan): View {
  const known = views.get(plan)
  if (known) return known
  const navigation = plan.navigation
    .map(({ group, pages }) => ({
      group,
      pages: pages.filter(({ kind }) => kind !== 'topic').flatMap((page) => [page, ...(page.parts ?? [])]),
    }))
    .filter(({ pages }) => pages.length > 0)
  const hosts = new Map(
    planPages(plan).flatMap(({ slug, parts = [] }) =>
      parts.map((part) => [part.slug, { slug, anchor: anchorOf(part.title) }] as const),
    ),
  )
  const view = { whole: { ...plan, navigation }, hosts }
  views.set(plan, view)
  return view
}

const PAGE_LINK = /\]\(([a-z0-9-]+)\.md(#[^)\s]*)?\)/g

function linksTo(hosts: View['hosts'], markdown: string): string[][] {
  const slugs = new Set([...markdown.matchAll(PAGE_LINK)].map(([, slug = '']) => slug))
  return [...slugs].flatMap((slug) => {
    const host = hosts.get(slug)
    return host ? [[slug, host.slug, host.anchor]] : []
  })
}

function relinked(markdown: string, hosts: View['hosts'], self: string): string {
  return markdown.replace(PAGE_LINK, (link, slug: string, anchor = '') => {
    const host = hosts.get(slug)
    if (!host) return link
    // Anchors of another page are only right until a model writes its headings anew.
    return host.slug === self ? `](${anchor || `#${host.anchor}`})` : `](${host.slug}.md)`
  })
}

/** Every heading a level lower; code stays. */
function demoted(markdown: string): string {
  const lines = markdown.split('\n')
  const fences = fenceLines(lines)
  return lines.map((line, at) => (!fences[at] && /^#{1,5} /.test(line) ? `#${line}` : line)).join('\n')
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

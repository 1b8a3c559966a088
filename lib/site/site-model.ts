import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { breakablePath } from '#lib/site/breakable-path.ts'
import type { Html } from '#lib/site/html.ts'
import { type SitePaths, sitePaths } from '#lib/site/site-paths.ts'

export interface SitePage {
  page: WrittenPage
  /** The title, ready to be shown on a narrow screen. */
  title: Html
  group: string
  /** File name without ending, at the root of the site. */
  file: string
  check: PageCheck | null
  /** The file of the repository that the page is about: one that has a page of its own. */
  about: string | null
}

export interface SiteGroup {
  name: string
  /** In the site, from 1 on. */
  number: number
  pages: SitePage[]
}

/** What every view of a site needs, worked out once. */
export interface SiteModel {
  input: SiteInput
  groups: SiteGroup[]
  /** Where the page of a slug stands: the index of its group, and its own there. */
  places: Map<string, { group: number; at: number }>
  /** All pages in reading order. */
  pages: SitePage[]
  paths: SitePaths
  /** Files of the pages that explain names, and so have a script with their signatures. */
  references: Set<string>
  shortCommit: string
  /** Query that changes when the assets change, so that no old copy is used: `?v=…`. */
  assetVersion: string
}

/** Orders the pages by the plan; pages the plan does not name come last, as a group of their own. */
export function siteModel(input: SiteInput, assetVersion: string): SiteModel {
  const bySlug = new Map(input.pages.map((page) => [page.slug, page]))
  const checks = new Map(input.checks.map((check) => [check.slug, check]))
  const paths = sitePaths(bySlug.keys(), input.sources.keys())
  const place = (group: string, page: WrittenPage, subject = ''): SitePage => ({
    page,
    title: breakablePath(page.title),
    group,
    file: paths.pages.get(page.slug) ?? '',
    check: checks.get(page.slug) ?? null,
    about: paths.sources.has(subject) ? subject : null,
  })
  const groups = input.plan.navigation.map(({ group, pages }) => ({
    name: group,
    pages: pages.flatMap(({ slug, subject }) => {
      const page = bySlug.get(slug)
      bySlug.delete(slug)
      return page ? [place(group, page, subject)] : []
    }),
  }))
  if (bySlug.size) groups.push({ name: 'More', pages: [...bySlug.values()].map((page) => place('More', page)) })
  const filled = groups.filter((group) => group.pages.length).map((group, index) => ({ ...group, number: index + 1 }))
  const places = new Map(
    filled.flatMap(({ pages }, group) => pages.map(({ page }, at) => [page.slug, { group, at }] as const)),
  )
  const pages = filled.flatMap((group) => group.pages)
  const references = new Set(pages.filter(({ page }) => page.type === 'reference').map(({ file }) => file))
  return {
    input,
    groups: filled,
    places,
    pages,
    paths,
    references,
    shortCommit: input.commit.slice(0, 7),
    assetVersion,
  }
}

import { citedFiles } from '#lib/domain/citations.ts'
import type { ImportFact } from '#lib/domain/facts.ts'
import type { WrittenPage } from '#lib/domain/page.ts'

const MOST_RELATED = 4

/**
 * Pages closest to each page in the code, nearest first, by slug: two pages are close when they cite the same files or
 * files that import each other. Files that a third of all pages cite tell nothing apart and do not count.
 */
export function relatedPages(
  pages: WrittenPage[],
  imports: ImportFact[],
  citedBy: (page: WrittenPage) => Iterable<string> = ({ markdown }) => citedFiles(markdown),
): Map<string, WrittenPage[]> {
  const pagesOfFile = filesToPages(pages, citedBy)
  const closeness = new Map<string, Map<string, number>>(pages.map(({ slug }) => [slug, new Map()]))
  const add = (from: string, to: string, weight: number) => {
    const row = closeness.get(from)
    if (row && from !== to) row.set(to, (row.get(to) ?? 0) + weight)
  }
  for (const slugs of pagesOfFile.values()) for (const a of slugs) for (const b of slugs) add(a, b, 1)
  for (const { from, to } of imports) {
    for (const a of pagesOfFile.get(from) ?? []) {
      for (const b of pagesOfFile.get(to ?? '') ?? []) {
        add(a, b, 0.5)
        add(b, a, 0.5)
      }
    }
  }
  return new Map(pages.map((page) => [page.slug, nearest(closeness.get(page.slug) ?? new Map(), pages)]))
}

function filesToPages(pages: WrittenPage[], citedBy: (page: WrittenPage) => Iterable<string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const page of pages) {
    for (const path of citedBy(page)) {
      const known = found.get(path)
      if (known) known.push(page.slug)
      else found.set(path, [page.slug])
    }
  }
  const most = Math.max(2, pages.length / 3)
  for (const [path, slugs] of found) if (slugs.length > most) found.delete(path)
  return found
}

function nearest(row: Map<string, number>, pages: WrittenPage[]): WrittenPage[] {
  return pages
    .filter(({ slug }) => row.has(slug))
    .map((page, order) => ({ page, order, weight: row.get(page.slug) ?? 0 }))
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, MOST_RELATED)
    .map(({ page }) => page)
}

import type { Planned, Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { planPages } from '#lib/domain/plan.ts'
import { breather } from '#lib/git/breather.ts'
import { nameLinker } from '#lib/links/link-names.ts'
import { relatedPages } from '#lib/links/related-pages.ts'

/**
 * Links names to where they are explained and ends each page with the pages closest to it in the code, but for those that
 * say themselves where to go next. Changes no statement.
 */
export async function crossLink(
  { signal }: Pick<Tools, 'signal'>,
  pages: WrittenPage[],
  { facts, plan }: Planned,
): Promise<WrittenPage[]> {
  const pause = breather(signal)
  const linkPage = nameLinker(pages)
  const linked: WrittenPage[] = []
  for (const page of pages) {
    await pause()
    linked.push(linkPage(page))
  }
  const related = relatedPages(pages, facts.imports)
  const guiding = new Set(
    planPages(plan)
      .filter(({ kind }) => kind === 'overview' || kind === 'getting_started')
      .map(({ slug }) => slug),
  )
  return linked.map((page) => {
    const list = guiding.has(page.slug) ? [] : (related.get(page.slug) ?? [])
    if (list.length === 0) return page
    const lines = list.map((other) => `- [${other.title}](${other.slug}.md)`)
    return { ...page, markdown: `${page.markdown.trimEnd()}\n\n## Related pages\n\n${lines.join('\n')}\n` }
  })
}

import type { Planned } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { linkNames } from '#lib/links/link-names.ts'
import { relatedPages } from '#lib/links/related-pages.ts'

/** Links names to where they are explained and ends each page with the pages closest to it in the code. Changes no statement. */
export async function crossLink(pages: WrittenPage[], { facts }: Planned): Promise<WrittenPage[]> {
  const linked = linkNames(pages)
  const related = relatedPages(pages, facts.imports)
  return linked.map((page) => {
    const list = related.get(page.slug) ?? []
    if (list.length === 0) return page
    const lines = list.map((other) => `- [${other.title}](${other.slug}.md)`)
    return { ...page, markdown: `${page.markdown.trimEnd()}\n\n## Related pages\n\n${lines.join('\n')}\n` }
  })
}

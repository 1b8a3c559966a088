import { join } from 'node:path'
import { breather } from '#lib/breather.ts'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { planPages } from '#lib/domain/plan.ts'
import { rememberedNames } from '#lib/links/link-memory.ts'
import { nameLinker } from '#lib/links/link-names.ts'
import { relatedPages } from '#lib/links/related-pages.ts'
import { log } from '#lib/log.ts'
import { codeVersion, leaveBytes, readBytes, sealed } from '#lib/update/memory-file.ts'

interface Pages {
  planned: Planned
  pages: WrittenPage[]
}

/**
 * Links names to where they are explained and ends each page with the pages closest to it in the code, but for those that
 * say themselves where to go next. Changes no statement.
 */
export async function crossLink(job: Job, { signal }: Pick<Tools, 'signal'>, { planned, pages }: Pages) {
  const { facts, plan } = planned
  const file = join(job.variantDir, 'linked.json')
  const version = codeVersion([join(import.meta.dirname, '..', 'links'), join(import.meta.dirname, '..', 'domain')])
  const { namesOf, toRemember } = rememberedNames(await readBytes(file, version))
  const pause = breather(signal)
  const linkPage = nameLinker(pages, namesOf)
  const linked: WrittenPage[] = []
  for (const page of pages) {
    await pause()
    linked.push(linkPage(page))
  }
  const left = leaveBytes(file, sealed(version, toRemember())).catch((error) =>
    log.warn('what the links of the pages need could not be remembered', { runId: job.runId, error }),
  )
  const related = relatedPages(pages, facts.imports, (page) => namesOf(page).cited)
  await left
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

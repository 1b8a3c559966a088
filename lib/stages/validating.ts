import type { Planned, Tools } from '#lib/domain/job.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { repairPage } from '#lib/links/repair-page.ts'
import { checkPages } from '#lib/score/check-pages.ts'

export interface Checked {
  pages: WrittenPage[]
  checks: PageCheck[]
}

export interface Pages {
  planned: Planned
  pages: WrittenPage[]
  snapshot: Snapshot
}

/** Checks every claim of every page against the commit; a link or citation that leads nowhere is taken out and marked. */
export async function validate(tools: Tools, { pages, snapshot }: Pages): Promise<Checked> {
  const checks = await checkPages({ pages, snapshot, signal: tools.signal })
  throwIfAborted(tools.signal)
  const bySlug = new Map(checks.map((check) => [check.slug, check]))
  const repaired = pages.map((page) => ({
    ...page,
    markdown: repairPage(page.markdown, bySlug.get(page.slug)?.misses ?? []),
  }))
  for (const check of checks.filter((each) => each.misses.length > 0)) {
    const [first] = check.misses
    const more = check.misses.length > 1 ? ` and ${check.misses.length - 1} more` : ''
    if (first) {
      const message = `${check.slug}.md:${first.line} ${first.claim}: ${first.found}${more}`
      tools.progress({ kind: 'warning', message, stage: 'validating' })
    }
  }
  return { pages: repaired, checks }
}

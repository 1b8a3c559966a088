import { parseCitation } from '#lib/domain/citations.ts'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import { planPages } from '#lib/domain/plan.ts'
import { forgeBlobBase } from '#lib/domain/repo-url.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { writeSite } from '#lib/site/write-site.ts'
import { packSummary } from '#lib/update/packed-summary.ts'
import { readRedirects, siteFolder, writeReady } from '#lib/variant-folder.ts'

export interface Finished {
  planned: Planned
  pages: WrittenPage[]
  checks: PageCheck[]
  snapshot: Snapshot
  warnings: string[]
}

interface Rendered {
  /** Folder of the site. */
  siteDir: string
  /** What the run knew, packed. */
  factsSummary: string
}

/** Renders the site into its own folder, renamed into place when whole, and records the success. */
export async function render(job: Job, tools: Tools, finished: Finished): Promise<Rendered> {
  const { planned, pages, checks, snapshot, warnings } = finished
  const { branch, commit, committedAt } = snapshot
  const { source } = job
  const files = await renderSite({
    plan: planned.plan,
    pages,
    checks,
    repository: source.kind === 'url' ? source.url : job.projectName,
    branch,
    commit,
    committedAt,
    forgeBase: source.kind === 'url' ? forgeBlobBase(source.url, commit) : null,
    sources: await citedSources(pages, snapshot, tools.signal),
    redirects: await readRedirects(job.variantDir),
  })
  throwIfAborted(tools.signal)
  const dir = siteFolder(job.variantDir, job.runId)
  await writeSite({ files, dir, signal: tools.signal })
  throwIfAborted(tools.signal)
  await writeReady(job.variantDir, {
    format: 1,
    commit,
    branch,
    run_id: job.runId,
    repo_type: planned.plan.repo_type,
    page_count: pages.length,
    total_pages: planPages(planned.plan).length,
    warnings,
  })
  return { siteDir: dir, factsSummary: await packSummary(planned.facts) }
}

async function citedSources(
  pages: WrittenPage[],
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const cited = new Set<string>()
  for (const page of pages) {
    for (const [, target] of page.markdown.matchAll(/\]\((source:[^)\s]+)\)/g)) {
      const range = parseCitation(target ?? '')
      if (range) cited.add(range.path)
    }
  }
  const sources = new Map<string, string>()
  for (const { path, oid } of snapshot.entries) {
    if (!cited.has(path)) continue
    throwIfAborted(signal)
    const bytes = await snapshot.readBlob(oid)
    if (bytes) sources.set(path, new TextDecoder().decode(bytes))
  }
  return sources
}

import pLimit from 'p-limit'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { linesOfSnapshot } from '#lib/links/lines-of.ts'
import { type LinesOf, ownCitations } from '#lib/links/own-citations.ts'
import { countPages, readPage, writePage } from '#lib/variant-folder.ts'

/**
 * Writes every page that has no standing text, at most `maxConcurrentPages` at once, and returns all pages in the order
 * of the plan. Each page is on disk, and counted there, before it is announced.
 */
export async function writePages(job: Job, tools: Tools, { planned, snapshot }: Pages): Promise<WrittenPage[]> {
  const pool = pLimit(job.limits.maxConcurrentPages)
  const pages = planPages(planned.plan)
  const linesOf = linesOfSnapshot(snapshot, tools.signal)
  try {
    return await Promise.all(pages.map((page) => pool(() => onePage({ job, tools, planned, page, linesOf }))))
  } finally {
    pool.clearQueue()
  }
}

interface Pages {
  planned: Planned
  snapshot: Snapshot
}

interface OnePage {
  job: Job
  tools: Tools
  planned: Planned
  page: PlanPage
  linesOf: LinesOf
}

async function onePage(work: OnePage): Promise<WrittenPage> {
  const { job, tools, planned, page } = work
  throwIfAborted(tools.signal)
  const { slug, title, description, type } = page
  const kept = planned.keep.has(slug)
  if (!kept) await write(work)
  const stored = await readPage(job.variantDir, slug)
  if (!stored) throw new DocsfyError('internal', `The page "${title}" could not be read back from the page cache`)
  throwIfAborted(tools.signal)
  tools.progress({ kind: 'page_written', slug, title, kept, page_count: await countPages(job.variantDir) })
  return { slug, title, description, type, markdown: stored.markdown, provenance: stored.provenance }
}

async function write({ job, tools, planned, page, linesOf }: OnePage): Promise<void> {
  const { facts, plan } = planned
  const markdown = await tools.writer.write({ facts, plan, page, signal: tools.signal })
  throwIfAborted(tools.signal)
  const manifest = tools.writer.manifest({ facts, plan, page })
  await writePage(job.variantDir, {
    ...manifest,
    slug: page.slug,
    markdown,
    own: await ownCitations(markdown, manifest.places, linesOf),
    provenance: { provider: job.provider, model: job.model, runId: job.runId, commit: facts.commit },
  })
}

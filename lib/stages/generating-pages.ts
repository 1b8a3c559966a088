import pLimit from 'p-limit'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PlanPage, planPages } from '#lib/domain/plan.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { countPages, readPage, writePage } from '#lib/variant-folder.ts'

/**
 * Writes every page that has no standing text, at most `maxConcurrentPages` at once, and returns all pages in the order
 * of the plan. Each page is on disk, and counted there, before it is announced.
 */
export async function writePages(job: Job, tools: Tools, planned: Planned): Promise<WrittenPage[]> {
  const pool = pLimit(job.limits.maxConcurrentPages)
  const pages = planPages(planned.plan)
  try {
    return await Promise.all(pages.map((page) => pool(() => onePage({ job, tools, planned, page }))))
  } finally {
    pool.clearQueue()
  }
}

interface OnePage {
  job: Job
  tools: Tools
  planned: Planned
  page: PlanPage
}

async function onePage({ job, tools, planned, page }: OnePage): Promise<WrittenPage> {
  throwIfAborted(tools.signal)
  const { slug, title, description, type } = page
  const kept = planned.keep.has(slug)
  if (!kept) await write({ job, tools, planned, page })
  const stored = await readPage(job.variantDir, slug)
  if (!stored) throw new DocsfyError('internal', `The page "${title}" could not be read back from the page cache`)
  throwIfAborted(tools.signal)
  tools.progress({ kind: 'page_written', slug, title, kept, page_count: await countPages(job.variantDir) })
  return { slug, title, description, type, markdown: stored.markdown, provenance: stored.provenance }
}

async function write({ job, tools, planned, page }: OnePage): Promise<void> {
  const { facts, plan } = planned
  const markdown = await tools.writer.write({ facts, plan, page, signal: tools.signal })
  throwIfAborted(tools.signal)
  await writePage(job.variantDir, {
    slug: page.slug,
    markdown,
    fingerprint: tools.writer.fingerprint({ facts, plan, page }),
    provenance: { provider: job.provider, model: job.model, runId: job.runId, commit: facts.commit },
  })
}

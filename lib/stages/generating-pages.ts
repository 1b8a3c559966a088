import pLimit from 'p-limit'
import type { AiUsage } from '#lib/domain/ai.ts'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PlanPage, planPages } from '#lib/domain/plan.ts'
import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Evidence } from '#lib/domain/writer.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { linesOfSnapshot } from '#lib/links/lines-of.ts'
import { ownCitations } from '#lib/links/own-citations.ts'
import { pageJudge } from '#lib/score/judge-page.ts'
import { countPages, readPage, writePage } from '#lib/variant-folder.ts'

/**
 * Writes every page that has no standing text, at most `maxConcurrentPages` at once, and returns all pages in the order
 * of the plan. Each page is on disk, and counted there, before it is announced. When one fails, the others are ended.
 */
export async function writePages(job: Job, tools: Tools, { planned, snapshot }: Pages): Promise<WrittenPage[]> {
  const pool = pLimit(job.limits.maxConcurrentPages)
  const pages = planPages(planned.plan)
  const failed = new AbortController()
  const signal = AbortSignal.any([tools.signal, failed.signal])
  const linesOf = linesOfSnapshot(snapshot, signal)
  const judge = pageJudge({ snapshot, facts: planned.facts, slugs: pages.map(({ slug }) => slug), signal })
  const evidence = { linesOf, judge }
  const work = { job, tools: { ...tools, signal }, planned, evidence }
  const writing = pages.map((page) => pool(() => onePage({ ...work, page })))
  try {
    return await Promise.all(writing)
  } catch (error) {
    // Calls of a model cost money until they are told to end; a page that is waiting ends as soon as it is let in.
    failed.abort()
    await Promise.allSettled(writing)
    throw error
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
  evidence: Evidence
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
  const page_count = await countPages(job.variantDir)
  tools.progress({ kind: 'page_written', slug, title, kept, page_count })
  return { slug, title, description, type, markdown: stored.markdown, provenance: stored.provenance }
}

async function write({ job, tools, planned, page, evidence }: OnePage): Promise<void> {
  const { facts, plan } = planned
  const { writer, signal } = tools
  const spent = (usage: AiUsage) => tools.progress({ kind: 'tokens_used', slug: page.slug, ...wireUsage(usage) })
  const { markdown, standIn } = await writer.write({ facts, plan, page, evidence, spent, signal })
  throwIfAborted(signal)
  const manifest = writer.manifest({ facts, plan, page })
  const author = authorOf(job, standIn)
  // A model describes what lines do, which no fact holds: when a cited line changes, the page is written again.
  const covered = author.provider === 'builtin' ? manifest.places : []
  await writePage(job.variantDir, {
    ...manifest,
    slug: page.slug,
    markdown,
    own: await ownCitations(markdown, covered, evidence.linesOf),
    provenance: { ...author, runId: job.runId, commit: facts.commit },
  })
  if (standIn !== null) {
    const message = `${page.title}: the built-in page stands in for the one of ${job.provider}: ${standIn}`
    tools.progress({ kind: 'warning', message, stage: 'generating_pages' })
  }
}

/** Text is never passed off as somebody else's. */
function authorOf({ provider, model }: Job, standIn: string | null) {
  return standIn === null ? { provider, model } : { provider: 'builtin', model: BUILTIN_MODEL }
}

function wireUsage({ inputTokens, outputTokens, reusedTokens, costUsd }: AiUsage) {
  const reused = reusedTokens === undefined ? {} : { reused_tokens: reusedTokens }
  return { input_tokens: inputTokens, output_tokens: outputTokens, ...reused, cost_usd: costUsd }
}

import pLimit from 'p-limit'
import type { AiUsage } from '#lib/domain/ai.ts'
import { isBudgetRefusal } from '#lib/domain/budget-refusal.ts'
import { budgetNotice } from '#lib/domain/budgets.ts'
import { type Job, type Planned, planReady, type Tools } from '#lib/domain/job.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PlanPage, planPages } from '#lib/domain/plan.ts'
import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import { tokensUsed } from '#lib/domain/run-events.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Evidence } from '#lib/domain/writer.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { linesOfSnapshot } from '#lib/links/lines-of.ts'
import { ownCitations } from '#lib/links/own-citations.ts'
import { pageJudge } from '#lib/score/judge-page.ts'
import { adoptPlan, countPages, readPage, writePage } from '#lib/variant-folder.ts'

/**
 * Writes every page that has no standing text, at most `maxConcurrentPages` at once, and returns all pages in the order
 * of the plan, from which those that nobody could write are gone. Each page is on disk, and counted there, before it is
 * announced. When one fails, the others are ended.
 */
export async function writePages(job: Job, tools: Tools, { planned, snapshot }: Pages): Promise<Whole> {
  const pool = pLimit(job.limits.maxConcurrentPages)
  const pages = planPages(planned.plan)
  const failed = new AbortController()
  const signal = AbortSignal.any([tools.signal, failed.signal])
  const linesOf = linesOfSnapshot(snapshot, signal)
  const judge = pageJudge({ snapshot, facts: planned.facts, slugs: pages.map(({ slug }) => slug), signal })
  const evidence = { linesOf, judge }
  const refused: string[] = []
  const work = { job, tools: { ...tools, signal }, planned, evidence, refused }
  const kept = await keptPages(job, tools, planned)
  const writing = pages.map((page) => kept.get(page.slug) ?? pool(() => onePage({ ...work, page })))
  try {
    const written = (await Promise.all(writing)).filter((page) => page !== null)
    tellRefused(job, tools, refused)
    return { pages: written, planned: await withoutUnwritten(job, tools, { planned, written }) }
  } catch (error) {
    // Calls of a model cost money until they are told to end; a page that is waiting ends as soon as it is let in.
    failed.abort()
    await Promise.allSettled(writing)
    throw error
  }
}

/** One notice for each budget that was reached, with how many pages that has cost. */
function tellRefused({ provider }: Job, { progress }: Tools, refused: string[]): void {
  for (const [reason, pages] of Map.groupBy(refused, (one) => one)) {
    const message = budgetNotice(reason, { pages: pages.length, provider })
    progress({ kind: 'warning', message, stage: 'generating_pages' })
  }
}

interface Pages {
  planned: Planned
  snapshot: Snapshot
}

interface Whole {
  pages: WrittenPage[]
  planned: Planned
}

/** No empty page is published: what could not be written leaves the plan, and readers of an earlier one are led on. */
async function withoutUnwritten(
  job: Job,
  { progress }: Tools,
  { planned, written }: { planned: Planned; written: WrittenPage[] },
): Promise<Planned> {
  const slugs = new Set(written.map(({ slug }) => slug))
  if (planPages(planned.plan).every(({ slug }) => slugs.has(slug))) return planned
  const navigation = planned.plan.navigation
    .map(({ group, pages }) => ({ group, pages: pages.filter(({ slug }) => slugs.has(slug)) }))
    .filter(({ pages }) => pages.length > 0)
  const leftOut = planPages(planned.plan).length - written.length
  const rest = { ...planned, leftOut, plan: { ...planned.plan, navigation } }
  await adoptPlan(job.variantDir, { plan: rest.plan, keep: slugs, former: [] })
  progress(planReady(rest))
  return rest
}

/** Pages that stand are announced first: all of them are on disk, so that one count holds for all. */
async function keptPages(
  job: Job,
  { progress }: Tools,
  { plan, standing }: Planned,
): Promise<Map<string, WrittenPage>> {
  const found = new Map<string, WrittenPage>()
  const page_count = await countPages(job.variantDir)
  for (const { slug, title, description, type } of planPages(plan)) {
    const page = standing?.get(slug)
    if (!page) continue
    progress({ kind: 'page_written', slug, title, kept: true, page_count })
    found.set(slug, { slug, title, description, type, markdown: page.markdown, provenance: page.provenance })
  }
  return found
}

interface OnePage {
  job: Job
  tools: Tools
  planned: Planned
  page: PlanPage
  evidence: Evidence
  /** Why budgets did not let pages be written; told once for all of them. */
  refused: string[]
}

async function onePage(work: OnePage): Promise<WrittenPage | null> {
  const { job, tools, page } = work
  throwIfAborted(tools.signal)
  const { slug, title, description, type } = page
  if (!(await write(work))) return null
  const stored = readPage(job.variantDir, slug)
  if (!stored) throw new DocsfyError('internal', `The page "${title}" could not be read back from the page cache`)
  throwIfAborted(tools.signal)
  const page_count = await countPages(job.variantDir)
  tools.progress({ kind: 'page_written', slug, title, kept: false, page_count })
  return { slug, title, description, type, markdown: stored.markdown, provenance: stored.provenance }
}

/** Whether there is a page now. */
async function write({ job, tools, planned, page, evidence, refused }: OnePage): Promise<boolean> {
  const { facts, plan } = planned
  const { writer, signal } = tools
  const revision = planned.revisions?.get(page.slug)
  const spent = (usage: AiUsage) => tools.progress(tokensUsed(page.slug, usage))
  const { markdown, standIn } = await writer.write({ facts, plan, page, evidence, revision, spent, signal })
  throwIfAborted(signal)
  const warn = (message: string) => tools.progress({ kind: 'warning', message, stage: 'generating_pages' })
  if (markdown === null) {
    warn(`${page.title}: the page is left out, because ${job.provider} could not write it: ${standIn}`)
    return false
  }
  const manifest = writer.manifest({ facts, plan, page })
  const author = authorOf(job, standIn)
  // A model describes what lines do, which no fact holds: when a cited line changes, the page is written again.
  const covered = author.provider === 'builtin' ? manifest.places : []
  await writePage(job.variantDir, {
    ...manifest,
    slug: page.slug,
    markdown,
    own: await ownCitations(markdown, covered, evidence.linesOf),
    provenance: { ...author, runId: job.runId, commit: facts.commit, ...(standIn === null ? {} : { standIn }) },
  })
  if (standIn !== null && isBudgetRefusal(standIn)) refused.push(standIn)
  else if (standIn !== null)
    warn(`${page.title}: the built-in page stands in for the one of ${job.provider}: ${standIn}`)
  return true
}

/** Text is never passed off as somebody else's. */
function authorOf({ provider, model }: Job, standIn: string | null) {
  return standIn === null ? { provider, model } : { provider: 'builtin', model: BUILTIN_MODEL }
}

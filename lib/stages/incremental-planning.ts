import type { Facts } from '#lib/domain/facts.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { type Job, type Planned, planReady, projectTitle, stageProgress, type Tools } from '#lib/domain/job.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { adoptPlan, readPage } from '#lib/variant-folder.ts'

/** Plans again at the new commit and keeps every cached page whose facts, and so whose fingerprint, did not change. */
export async function updatePlan(job: Job, tools: Tools, snapshot: Snapshot): Promise<Planned> {
  const { signal, progress, writer } = tools
  const facts = await extractFacts({
    snapshot,
    name: job.projectName,
    signal,
    cacheDir: factsFolder(job.storeDir),
    progress: stageProgress(tools, 'incremental_planning'),
  })
  const projectName = projectTitle(job, facts)
  const plan = await writer.plan({ facts, projectName, repoType: job.repoType ?? undefined })
  const keep = await unchangedPages({ job, tools, facts, plan })
  throwIfAborted(signal)
  await adoptPlan(job.variantDir, plan, keep)
  progress(planReady({ plan, keep }))
  return { facts, plan, keep }
}

async function unchangedPages(given: { job: Job; tools: Tools; facts: Facts; plan: Plan }): Promise<Set<string>> {
  const { job, tools, facts, plan } = given
  const keep = new Set<string>()
  for (const page of planPages(plan)) {
    throwIfAborted(tools.signal)
    const cached = await readPage(job.variantDir, page.slug)
    if (cached && cached.fingerprint === tools.writer.fingerprint({ facts, plan, page })) keep.add(page.slug)
  }
  return keep
}

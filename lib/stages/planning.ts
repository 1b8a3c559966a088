import { type Job, type Planned, projectTitle, stageProgress, type Tools } from '#lib/domain/job.ts'
import { planPages } from '#lib/domain/plan.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { clearReady, removePagesExcept, writePlan } from '#lib/variant-folder.ts'

/** Reads the facts at the commit and plans every page anew; the page cache starts empty. */
export async function makePlan(job: Job, tools: Tools, snapshot: Snapshot): Promise<Planned> {
  const { signal, progress, writer } = tools
  const facts = await extractFacts({
    snapshot,
    name: job.projectName,
    signal,
    progress: stageProgress(tools, 'planning'),
  })
  const projectName = projectTitle(job, facts)
  const plan = await writer.plan({ facts, projectName, repoType: job.repoType ?? undefined })
  throwIfAborted(signal)
  const keep = new Set<string>()
  await clearReady(job.variantDir)
  await removePagesExcept(job.variantDir, keep)
  await writePlan(job.variantDir, plan)
  progress({
    kind: 'plan_ready',
    plan_json: JSON.stringify(plan),
    total_pages: planPages(plan).length,
    kept_pages: 0,
  })
  return { facts, plan, keep }
}

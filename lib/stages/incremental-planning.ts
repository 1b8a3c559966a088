import { type Job, type Planned, planReady, type Tools } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { decideUpdate, type Earlier } from '#lib/update/decide-update.ts'
import { settlePlan } from '#lib/update/settle-plan.ts'
import { steerRun } from '#lib/update/steer-run.ts'
import { adoptPlan, writePages } from '#lib/variant-folder.ts'
import { readFacts } from './read-facts.ts'

interface Found {
  snapshot: Snapshot
  earlier: Earlier
}

/**
 * Plans again at the new commit, tells what will change and why, and keeps every cached page whose facts did not change:
 * its text stands, its citations go to where their lines are now.
 */
export async function updatePlan(job: Job, tools: Tools, { snapshot, earlier }: Found): Promise<Planned> {
  const { signal, progress, writer } = tools
  const about = await steerRun(job, tools, { snapshot, stage: 'incremental_planning' })
  const facts = await readFacts(job, tools, { snapshot: about.snapshot, stage: 'incremental_planning' })
  const { plan, isStandIn } = await settlePlan(job, tools, {
    facts,
    steering: about.steering,
    stage: 'incremental_planning',
  })
  const { variantDir } = job
  const { standing, touched, former, revisions, update } = await decideUpdate({
    variantDir,
    writer,
    facts,
    plan,
    earlier,
    snapshot,
    signal,
  })
  const keep = new Set(standing.keys())
  throwIfAborted(signal)
  await adoptPlan(variantDir, { plan, keep, former })
  // Not before: whoever hears of the plan counts the pages on disk.
  progress(planReady({ plan, keep, update }))
  await writePages(
    variantDir,
    [...standing.values()].filter(({ slug }) => touched.has(slug)),
  )
  return { facts, plan, isStandIn, keep, standing, update, revisions }
}

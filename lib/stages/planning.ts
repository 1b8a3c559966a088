import { type Job, type Planned, planReady, type Tools } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { decideUpdate, type Earlier } from '#lib/update/decide-update.ts'
import { settlePlan } from '#lib/update/settle-plan.ts'
import { steerRun } from '#lib/update/steer-run.ts'
import { adoptPlan, clearFormerPages } from '#lib/variant-folder.ts'
import { readFacts } from './read-facts.ts'

interface Found {
  snapshot: Snapshot
  earlier: Earlier
}

/** Reads the facts at the commit and plans every page anew; the page cache starts empty. */
export async function makePlan(job: Job, tools: Tools, { snapshot, earlier }: Found): Promise<Planned> {
  const { signal, progress, writer } = tools
  const about = await steerRun(job, tools, { snapshot, stage: 'planning' })
  const facts = await readFacts(job, tools, { snapshot: about.snapshot, stage: 'planning' })
  const { plan, isStandIn } = await settlePlan(job, tools, { facts, steering: about.steering, stage: 'planning' })
  throwIfAborted(signal)
  const keep = new Set<string>()
  const { update } = await decideUpdate({ variantDir: job.variantDir, writer, facts, plan, earlier, snapshot, signal })
  throwIfAborted(signal)
  await clearFormerPages(job.variantDir)
  await adoptPlan(job.variantDir, { plan, keep, former: [] })
  // Not before: whoever hears of the plan counts the pages on disk.
  progress(planReady({ plan, keep, update }))
  return { facts, plan, isStandIn, keep, update }
}
